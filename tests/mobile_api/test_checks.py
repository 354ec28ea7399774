"""Checks: what an institution is told of an entity, kept, and verified by anybody."""

from datetime import date

import pytest
from sqlalchemy import select

from core.audit.trail import Entry
from core.checks.ledger import Check
from core.db import Reading, Writing
from core.institutions import Scope
from core.records import Record, RecordKind, RecordState, Visibility
from tests.mobile_api.conftest import NOW, USCC

ORDER = {
    "purpose": "procurement",
    "legal_basis": "《政府采购法》第二十二条",
    "reference": "KMZC-2026-015",
}
LISTED = {
    "kind": RecordKind.BLACK_LIST,
    "list_kind": "WAGE_ARREARS",
    "title": "拖欠农民工工资失信联合惩戒对象",
    "severity": None,
    "ends_on": date(2029, 5, 8),
}


@pytest.fixture
def key(register):
    return register(NOW).key()


@pytest.fixture
def check(client, key, subject):
    def check(code=USCC, headers=None, **changed):
        form = {"subject": code} | ORDER | changed
        return client.post("/api/v1/checks", json=form, headers=headers or key)

    return check


@pytest.fixture
def verify(client):
    def verify(check_no, sha256):
        form = {"check_no": check_no, "sha256": sha256}
        return client.post("/api/v1/check-verifications", json=form)

    return verify


def rows(table):
    with Reading() as session:
        return session.scalars(select(table)).all()


def test_an_entity_is_told_as_registered_with_its_lists_and_counts(check, add_record):
    add_record()
    listed = add_record(**LISTED)
    praised = add_record(kind=RecordKind.RED_LIST, list_kind="TAXPAYER_A", title="A级纳税人")

    reply = check()

    told = reply.json
    assert reply.status_code == 201
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert told["found"] is True
    assert told["subject"]["name"] == "昆明示例商贸有限公司"
    assert (told["subject"]["state"], told["serious_dishonesty"]) == ("unknown", True)
    assert [one["id"] for one in told["serious"]] == [str(listed.id)]
    assert [one["id"] for one in told["red"]] == [str(praised.id)]
    assert told["others"] == []
    assert told["counts"] == {"penalty": 1, "black_list": 1, "red_list": 1}
    assert told["as_of"] == "2026-11-23T09:00:00+08:00"
    assert told["purpose_label"] == "政府采购"
    assert told["reference"] == "KMZC-2026-015"
    assert told["limits"]


def test_a_code_that_nobody_bears_is_an_answer_with_a_number(check, client, key):
    reply = check("91530100MA6K3Q5R99")

    assert (reply.status_code, reply.json["found"], reply.json["subject"]) == (201, False, None)
    assert reply.json["serious_dishonesty"] is False
    assert client.get(reply.headers["Location"], headers=key).json == reply.json


@pytest.mark.parametrize(
    ("list_kind", "where"),
    [("COMMERCE", "serious"), ("COMMERCE_CONCERN", "others"), ("NEVER_HEARD_OF", "serious")],
)
def test_only_a_list_of_grave_misconduct_is_serious(check, add_record, list_kind, where):
    add_record(**LISTED | {"list_kind": list_kind})

    told = check().json

    assert [name for name in ("serious", "others", "red") if told[name]] == [where]
    assert told["serious_dishonesty"] is (where == "serious")


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        (RecordKind.JUDGMENT_DEFAULTER, "serious"),
        (RecordKind.ABNORMAL_OPERATION, "others"),
    ],
)
def test_other_lists_stand_where_they_belong(check, add_record, kind, where):
    add_record(**LISTED | {"kind": kind, "list_kind": None})

    assert len(check().json[where]) == 1


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": RecordState.REPAIRED},
        {"state": RecordState.WITHDRAWN},
        {"visibility": Visibility.AUTHORISED},
        {"visibility": Visibility.SUBJECT},
        {"ends_on": date(2026, 11, 22)},
    ],
    ids=str,
)
def test_what_the_public_may_not_see_is_not_told(check, add_record, hidden):
    add_record(**LISTED | hidden)

    told = check().json

    assert (told["serious_dishonesty"], told["serious"], told["counts"]) == (False, [], {})


def test_no_more_listings_of_a_kind_than_fifty_are_told_and_counts_are_whole(check, add_record):
    for _ in range(52):
        add_record(**LISTED)

    told = check().json

    assert (len(told["serious"]), told["counts"]) == (50, {"black_list": 52})


def test_a_check_leaves_a_row_and_a_line_of_the_trail(check, subject, register):
    told = check().json

    (kept,), (entry,) = rows(Check), rows(Entry)
    assert (kept.check_no, kept.subject_id, kept.sha256) == (
        told["check_no"],
        subject.id,
        told["sha256"],
    )
    assert entry.actor == f"institution:{kept.institution_id}"
    assert (entry.role, entry.purpose) == ("institution", "procurement")
    assert (entry.legal_basis, entry.subject_id) == (ORDER["legal_basis"], subject.id)
    assert entry.facts == {"fields": ["registration", "counts", "lists"]}


def test_a_check_is_shown_to_its_institution_alone(check, client, key, register):
    address = check().headers["Location"]
    strangers = register(NOW).key()

    assert client.get(address, headers=key).status_code == 200
    theirs = client.get(address, headers=strangers)
    missing = client.get("/api/v1/checks/C00000000000000AAAAAAAA", headers=strangers)
    assert theirs.json | {"instance": ""} == missing.json | {"instance": ""}
    assert (theirs.status_code, theirs.json["code"]) == (404, "check_not_found")


def test_another_key_of_the_same_institution_may_look(check, client, register):
    held = register(NOW)
    uscc = held.enrol()
    first, second = ({"X-Api-Key": held.issue(uscc)[1]} for _ in range(2))

    address = check(headers=first).headers["Location"]

    assert client.get(address, headers=second).status_code == 200


def test_a_penalty_that_was_repaired_since_is_counted_no_longer(check, client, key, add_record):
    gone, _ = add_record(), add_record()
    reply = check()
    with Writing() as session:
        session.get_one(Record, gone.id).state = RecordState.REPAIRED

    again = client.get(reply.headers["Location"], headers=key).json

    assert (reply.json["counts"]["penalty"], again["counts"]["penalty"]) == (2, 1)
    assert (reply.json["still_holds"], again["still_holds"]) == (True, False)
    assert again["sha256"] == reply.json["sha256"]


def test_what_is_no_longer_public_is_not_shown_again(check, client, key, add_record):
    gone, stays = add_record(**LISTED), add_record(**LISTED)
    reply = check()
    with Writing() as session:
        session.get_one(Record, gone.id).state = RecordState.REPAIRED

    again = client.get(reply.headers["Location"], headers=key).json

    assert reply.json["still_holds"] is True
    assert again["still_holds"] is False
    assert [one["id"] for one in again["serious"]] == [str(stays.id)]
    assert again["sha256"] == reply.json["sha256"]


def test_number_and_hash_are_verified_by_anybody(check, verify):
    told = check().json

    good = verify(told["check_no"].lower(), told["sha256"].upper())

    assert good.json == {
        "genuine": True,
        "as_of": told["as_of"],
        "verified_at": "2026-11-23T09:00:00+08:00",
    }


def test_a_wrong_hash_and_a_wrong_number_look_alike(check, verify):
    told = check().json
    replies = [
        verify(told["check_no"], "0" * 64).json,
        verify("C00000000000000AAAAAAAA", told["sha256"]).json,
    ]

    assert replies[0] == replies[1]
    assert (replies[0]["genuine"], replies[0]["as_of"]) == (False, None)


def test_two_checks_of_the_same_have_their_own_numbers_and_hashes(check):
    first, second = check().json, check().json

    assert first["check_no"] != second["check_no"]
    assert first["sha256"] != second["sha256"]


def test_english_is_told_in_english(check, client, key):
    reply = check(headers=key | {"Accept-Language": "en"})

    assert reply.json["purpose_label"] == "government procurement"
    assert all(sentence.endswith(".") for sentence in reply.json["limits"])


def test_a_key_for_batches_alone_does_not_check_one(client, register):
    headers = register(NOW).key(Scope.CHECK_BATCHES)

    assert client.get("/api/v1/checks/C1", headers=headers).json["code"] == "scope_missing"
