"""Authorisations: nobody checks a person but whom the person lets, and each look is seen."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core import dossier, institutions, persons
from core.audit.trail import Entry
from core.checks.ledger import Check
from core.db import Reading, Writing
from core.institutions import InstitutionState, Scope
from core.persons import Given
from core.records import RecordKind, RecordState, Visibility
from tests.core.department_files import CITIZEN_ID
from tests.mobile_api.conftest import NOW, VAULT

GRANT = {"purpose": "approval", "scope": "records", "until": "2026-12-31"}
ORDER = {"purpose": "approval", "legal_basis": "《行政许可法》第三十四条"}
LISTED = {
    "kind": RecordKind.JUDGMENT_DEFAULTER,
    "list_kind": "JUDGMENT_DEFAULTER",
    "title": "失信被执行人",
    "severity": None,
    "visibility": Visibility.AUTHORISED,
}


@pytest.fixture
def held(register):
    return register(NOW)


@pytest.fixture
def person(database):
    """A natural person whom we know."""
    with Writing() as session:
        given = Given(CITIZEN_ID, "示例某")
        return persons.known(session, VAULT, [given], now=NOW)[CITIZEN_ID]


@pytest.fixture
def me(sign_in, person):
    return sign_in(person=person, fresh=True)


@pytest.fixture
def institution(held):
    return held.enrol()


@pytest.fixture
def key(held, institution):
    return {"X-Api-Key": held.issue(institution)[1]}


@pytest.fixture
def grant(client, me, institution):
    def grant(headers=me, **changed):
        form = {"institution": institution} | GRANT | changed
        return client.post("/api/v1/me/authorisations", json=form, headers=headers)

    return grant


@pytest.fixture
def look(client, key):
    def look(code, headers=key, **changed):
        form = {"authorisation": code} | ORDER | changed
        return client.post("/api/v1/person-checks", json=form, headers=headers)

    return look


@pytest.fixture
def mine(client, me):
    return lambda: client.get("/api/v1/me/authorisations", headers=me).json["items"]


@pytest.fixture
def revoke(client, me):
    def revoke(code, headers=me):
        return client.delete(f"/api/v1/me/authorisations/{code}", headers=headers)

    return revoke


def rows(table):
    with Reading() as session:
        return session.scalars(select(table)).all()


def looks(person):
    with Reading() as session:
        return dossier.looks(session, person)


def test_a_person_grants_sees_and_revokes(grant, mine, revoke, institution):
    made = grant()

    assert made.status_code == 201
    assert made.json["institution_uscc"] == institution
    assert (made.json["state_label"], made.json["purpose_label"]) == ("有效", "行政审批")
    assert mine() == [made.json]
    assert revoke(made.json["code"]).status_code == 204
    assert [one["state"] for one in mine()] == ["revoked"]
    assert revoke(made.json["code"]).status_code == 204


def test_whom_it_was_granted_looks_and_the_person_sees_it(grant, look, person, add_record):
    listed = add_record(subject_id=person, **LISTED)

    reply = look(grant().json["code"])

    assert reply.status_code == 201
    assert (reply.json["name"], reply.json["serious_dishonesty"]) == ("示例某", True)
    assert [one["id"] for one in reply.json["records"]] == [str(listed.id)]
    assert CITIZEN_ID[:6] not in reply.text
    (seen,) = looks(person)
    assert (seen.role, seen.purpose, seen.legal_basis) == (
        "institution",
        "approval",
        ORDER["legal_basis"],
    )
    assert seen.fields == ["name", "dishonesty", "records"]


def test_of_a_person_nothing_is_kept_but_number_and_hash(grant, look, client, key):
    told = look(grant().json["code"]).json

    (kept,) = rows(Check)
    assert (kept.told, kept.uscc) == ({}, None)
    form = {"check_no": told["check_no"], "sha256": told["sha256"]}
    assert client.post("/api/v1/check-verifications", json=form).json["genuine"] is True
    again = client.get(f"/api/v1/checks/{told['check_no']}", headers=key)
    assert again.json["code"] == "check_not_found"


def test_a_narrow_authorisation_answers_one_question(grant, look, person, add_record):
    add_record(subject_id=person, **LISTED)

    reply = look(grant(scope="dishonesty").json["code"])

    assert (reply.json["serious_dishonesty"], reply.json["records"]) == (True, [])
    assert looks(person)[0].fields == ["name", "dishonesty"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": Visibility.SUBJECT},
        {"visibility": Visibility.INTERNAL},
        {"state": RecordState.REPAIRED},
        {"state": RecordState.HELD},
        {"ends_on": date(2026, 11, 22)},
    ],
    ids=str,
)
def test_what_consent_does_not_open_stays_shut(grant, look, person, add_record, hidden):
    add_record(subject_id=person, **LISTED | hidden)

    told = look(grant().json["code"]).json

    assert (told["serious_dishonesty"], told["records"]) == (False, [])


def test_every_missing_authorisation_looks_alike(grant, look, revoke, held, world):
    held_elsewhere = held.key()
    ended, other = (grant().json["code"] for _ in range(2))
    revoke(ended)
    replies = [
        look("0000-0000-0000-0000"),
        look(ended),
        look(other, headers=held_elsewhere),
        look(other, purpose="financing"),
    ]
    world.now = NOW + timedelta(days=39)  # the first of January in Kunming
    replies.append(look(other))

    said = [reply.json | {"instance": ""} for reply in replies]
    assert said == [said[0]] * 5
    assert (said[0]["status"], said[0]["code"]) == (404, "authorisation_not_found")
    assert (rows(Check), rows(Entry)) == ([], [])


def test_an_authorisation_holds_through_its_last_day(grant, look, world):
    code = grant().json["code"]
    world.now = NOW + timedelta(days=38, hours=14)  # half past ten in the evening of its last day

    assert look(code.lower().replace("-", "")).status_code == 201


def test_an_institution_that_is_suspended_gets_none_and_looks_at_none(
    grant, look, institution, held
):
    code = grant().json["code"]
    with Writing() as session:
        institutions.set_state(session, institution, InstitutionState.SUSPENDED)

    assert look(code).status_code == 401
    assert grant().json["code"] == "institution_not_found"


TERMS = {"2026-11-22": 422, "2026-11-23": 201, "2027-11-23": 201, "2027-11-24": 422}


@pytest.mark.parametrize("until", TERMS)
def test_an_authorisation_lasts_from_today_to_a_year_at_most(grant, until):
    assert grant(until=until).status_code == TERMS[until]


def test_whoever_is_not_verified_or_not_fresh_grants_nothing(grant, sign_in, me, client):
    stale = sign_in(me.account_id, device="tablet")
    nobody = sign_in(fresh=True)

    assert grant(headers=stale).json["code"] == "step_up_required"
    assert grant(headers=nobody).json["code"] == "real_name_required"
    assert grant(headers={}).json["code"] == "unauthorised"
    told = client.get("/api/v1/me/authorisations", headers=nobody)
    assert told.json["code"] == "real_name_required"


def test_what_others_granted_is_not_there(grant, revoke, look, sign_in, database):
    with Writing() as session:
        given = Given("530102199003071234", "另一人")
        other = persons.known(session, VAULT, [given], now=NOW)[given.number]
    stranger = sign_in(person=other, fresh=True)
    code = grant().json["code"]

    refused = revoke(code, headers=stranger)

    assert (refused.status_code, refused.json["code"]) == (404, "authorisation_not_found")
    assert look(code).status_code == 201


def test_no_more_than_a_hundred_hold_at_once(grant, revoke, mine):
    codes = [grant().json["code"] for _ in range(100)]

    assert grant().json["code"] == "too_many_authorisations"
    revoke(codes[0])
    assert grant().status_code == 201
    assert [one["state"] for one in mine()].count("active") == 100


def test_a_key_without_the_scope_looks_at_nobody(grant, look, held, institution, person):
    narrow = {"X-Api-Key": held.issue(institution, Scope.CHECK_ENTITIES)[1]}

    assert look(grant().json["code"], headers=narrow).json["code"] == "scope_missing"
    assert looks(person) == []
