"""Checks that are asked for again: what may have changed since is judged anew."""

from datetime import timedelta

from sqlalchemy import select, update

from core import institutions
from core.audit.trail import Entry
from core.checks.ledger import Check
from core.db import Writing
from core.idempotency import KeptAnswer
from core.institutions import InstitutionState
from core.records import Record, RecordState

from .conftest import NOW
from .test_authorisations import grant, held, institution, key, look, me, person, revoke, rows
from .test_checks import LISTED, check

__all__ = ["check", "grant", "held", "institution", "key", "look", "me", "person", "revoke"]


def test_another_record_of_the_same_kind_does_not_stand_for_the_one_that_went(
    check, client, key, add_record
):
    gone = add_record()
    reply = check()
    with Writing() as session:
        session.get_one(Record, gone.id).state = RecordState.REPAIRED
    add_record()

    again = client.get(reply.headers["Location"], headers=key).json

    assert (again["still_holds"], again["counts"]) == (False, {"penalty": 0})


def test_serious_dishonesty_is_as_answered_then_or_has_changed(check, client, key, add_record):
    clean = check().headers["Location"]
    listed = add_record(**LISTED)
    serious = check().headers["Location"]

    def told(address):
        return client.get(address, headers=key).json["serious_dishonesty"]

    assert (told(clean), told(serious)) == (False, True)
    with Writing() as session:
        session.get_one(Record, listed.id).state = RecordState.REPAIRED
    assert (told(clean), told(serious)) == (False, None)


def test_an_answer_kept_without_the_ids_of_its_records_is_to_be_asked_anew(
    check, client, key, add_record
):
    add_record()
    reply = check()
    with Writing() as session:
        kept = session.scalars(select(Check)).one()
        kept.told = {name: held for name, held in kept.told.items() if name != "ids"}

    again = client.get(reply.headers["Location"], headers=key).json

    assert (again["still_holds"], again["counts"]) == (False, {})


def test_a_look_is_told_again_only_while_it_is_allowed(client, grant, look, revoke, key, world):
    codes = [grant().json["code"] for _ in range(2)]
    client.keyed = False

    def again(code):
        return look(code, headers=key | {"Idempotency-Key": f"look-{code}"})

    first = [again(code) for code in codes]
    same = [again(code) for code in codes]

    assert [one.data for one in same] == [one.data for one in first]
    assert {one.headers["Idempotency-Replayed"] for one in same} == {"true"}
    assert (len(rows(Entry)), len(rows(Check))) == (4, 2)  # the person sees each look
    revoke(codes[0])
    revoked = again(codes[0])
    world.now = NOW + timedelta(days=39)
    with Writing() as session:  # as it would be within a day of the check
        session.execute(update(KeptAnswer).values(asked_at=world.now))
    ended = again(codes[1])
    for refused in (revoked, ended):
        assert (refused.status_code, refused.json["code"]) == (404, "authorisation_not_found")
        assert "示例某" not in refused.text


def test_an_institution_suspended_since_is_told_nothing_again(
    client, grant, look, institution, key
):
    code = grant().json["code"]
    client.keyed = False
    asked = key | {"Idempotency-Key": "look-once"}
    assert look(code, headers=asked).status_code == 201
    with Writing() as session:
        institutions.set_state(session, institution, InstitutionState.SUSPENDED)

    assert look(code, headers=asked).status_code == 401
