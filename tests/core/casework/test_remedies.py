"""What is decided becomes of the record at once, and only who was told of it hears so."""

from datetime import timedelta

import pytest

from core import applying, cases, certificates, objection, watch
from core.cases import CaseState
from core.complaint import Matter, Target
from core.db import Reading, Writing
from core.objection import Grounds
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.proposals import Remedy
from core.records import Record, RecordKind, RecordState
from core.staff.errors import (
    RemedyError,
)
from tests.core.given import NOW, expanded, followers, leased
from tests.core.given_cases import (
    OFFICE,
    complain,
    object_to,
    read,
    repair_,
    withdraw,
)
from tests.core.given_casework import (
    do,
    on_the_desk,
    propose,
    record_state,
    told_of,
)

S = CaseState


def decided(office, case, outcome, **given):
    """Bring a case to its decision."""
    handler = on_the_desk(case, office.us, office.them)
    propose(handler, case, outcome, **given)
    do("confirm", _reviewer(office, handler), case)
    return handler


def _reviewer(office, handler):
    return office.their_reviewer if handler is office.them else office.our_reviewer


def recalls():
    with Reading() as session:
        found = session.query(Event).filter(Event.kind == EventKind.RECALLED).all()
        return [one.facts["became"] for one in found]


def alerted(office):
    """Let somebody have been told of the record."""
    followers(office.entity.id, 1)
    with Writing() as session:
        watch.alert(session, [office.record.id], now=NOW, max_age=timedelta(days=30))
    expanded()
    leased()


def not_mine(office, *grounds):
    form = applying.Form("这不是我们", (Grounds.NOT_MINE, *grounds))
    with Writing() as session:
        who, one = office.by, office.record.id
        return objection.file(session, who, one, form=form, office=OFFICE, now=NOW)


def test_a_granted_repair_ends_publication_at_once_and_recalls_what_was_told(office):
    alerted(office)
    case = repair_(office.entity, office.record, by=office.by)

    decided(office, case, S.UPHELD)

    assert read(case).state is S.APPLIED
    assert record_state(office.record) is RecordState.REPAIRED
    assert recalls() == ["repaired"]
    assert told_of(case) == [S.FORWARDED, S.ACCEPTED, S.APPLIED]
    with Reading() as session:
        states = [one.state for one in cases.steps(session, case.id)]
        certificate = certificates.of_case(session, case.id)
        promise = session.query(Record).filter(Record.kind == RecordKind.PROMISE).one()
    assert states[-2:] == [S.UPHELD, S.APPLIED]
    assert (certificate.record_id, certificate.state) == (office.record.id, "valid")
    assert (promise.document_no, promise.state) == (certificate.number, RecordState.PUBLISHED)


@pytest.mark.parametrize("state", [RecordState.EXPIRED, RecordState.WITHDRAWN])
def test_a_record_that_is_shown_no_longer_stays_what_it_is(office, state):
    case = repair_(office.entity, office.record, by=office.by)
    with Writing() as session:
        session.merge(office.record).state = state

    decided(office, case, S.UPHELD)

    assert (read(case).state, record_state(office.record)) == (S.APPLIED, state)


@pytest.mark.parametrize(
    ("remedy", "became"),
    [
        (Remedy.WITHDRAW, RecordState.WITHDRAWN),
        (Remedy.HOLD, RecordState.HELD),
    ],
)
def test_an_upheld_objection_is_remedied_and_its_mark_is_gone(office, remedy, became):
    alerted(office)
    case = object_to(office.entity, office.record, by=office.by)

    decided(office, case, S.UPHELD, remedy=remedy)

    assert (read(case).state, record_state(office.record)) == (S.APPLIED, became)
    assert recalls() == [became]


@pytest.mark.parametrize("before", [RecordState.PUBLISHED, RecordState.CORRECTED])
def test_a_refused_objection_leaves_the_record_as_it_was_and_nobody_is_told(office, before):
    alerted(office)
    with Writing() as session:
        session.merge(office.record).state = before
    case = object_to(office.entity, office.record, by=office.by)

    decided(office, case, S.REFUSED)

    assert (read(case).state, record_state(office.record)) == (S.REFUSED, before)
    assert recalls() == []


@pytest.mark.parametrize(
    ("outcome", "remedy", "becomes"),
    [
        (S.REFUSED, None, RecordState.PUBLISHED),
        (S.UPHELD, Remedy.WITHDRAW, RecordState.WITHDRAWN),
    ],
)
def test_this_is_not_me_freezes_display_until_it_is_decided(office, outcome, remedy, becomes):
    alerted(office)
    case = not_mine(office)
    handler = on_the_desk(case, office.us, office.them)
    assert record_state(office.record) is RecordState.SHIELDED
    assert recalls() == ["shielded"]

    propose(handler, case, outcome, remedy=remedy)
    do("confirm", office.their_reviewer, case)

    assert record_state(office.record) is becomes


def test_this_is_not_me_taken_back_brings_the_record_back(office):
    case = not_mine(office)
    do("annotate", office.us, case)

    withdraw(case)

    assert record_state(office.record) is RecordState.PUBLISHED


def test_what_was_frozen_for_another_cause_stays_frozen(office):
    case = not_mine(office)
    with Writing() as session:
        session.merge(office.record).state = RecordState.SHIELDED
    do("annotate", office.us, case)

    withdraw(case)

    assert record_state(office.record) is RecordState.SHIELDED


@pytest.mark.parametrize("remedy", [Remedy.HOLD, Remedy.CORRECT])
def test_what_is_not_ones_own_is_taken_down_and_nothing_else(office, remedy):
    case = not_mine(office)
    handler = on_the_desk(case, office.us, office.them)

    with pytest.raises(RemedyError):
        propose(handler, case, S.UPHELD, remedy=remedy)


def test_a_complaint_leaves_the_record_alone(office):
    case = complain(office.by, Target(Matter.RECORD_HANDLING, office.record.id))

    decided(office, case, S.UPHELD)

    assert (read(case).state, record_state(office.record)) == (S.UPHELD, RecordState.PUBLISHED)
    assert told_of(case) == [S.ACCEPTED, S.UPHELD]
