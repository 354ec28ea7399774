"""A newer report supersedes an older one, and a record that falls recalls whoever was told."""

import threading

import pytest
from sqlalchemy import select

from core import standing
from core.db import Reading, Writing
from core.outbox.deliveries import EventKind
from core.records import Record, RecordState
from core.reports import making
from core.reports.ledger import ReportRecord
from core.reports.proof import Standing
from core.standing import Step
from tests.core.given import NOW, account, record, subject
from tests.core.given_reports import MINUTE, asked, made, notices, recall, report, told, verdict

pytestmark = pytest.mark.usefixtures("database")


def test_a_newer_report_supersedes_those_of_the_same_asker_and_entity():
    entity, one = subject(), account()
    first = asked(entity, to=one)
    made(first)
    of_other_entity, of_stranger = asked(subject(), to=one), asked(entity, to=account())
    of_nobody = [asked(entity), asked(entity)]
    for each in (of_other_entity, of_stranger, *of_nobody):
        made(each)

    made(asked(entity, to=one))

    assert verdict(first).standing is Standing.SUPERSEDED
    for each in (of_other_entity, of_stranger, *of_nobody):
        assert verdict(each).standing is Standing.VALID


def test_a_withdrawal_reaches_every_report_that_told_of_the_record():
    entity, one, other = subject(), account(), account()
    taken, kept = record(entity.id), record(entity.id)
    ids = [asked(entity, to=to) for to in (one, other, None)]
    for each in ids:
        made(each)
    untouched = asked(subject(), to=one)
    made(untouched)

    recall(taken)
    recall(taken)

    assert [verdict(each).standing for each in ids] == [Standing.RECALLED] * 3
    assert verdict(untouched).standing is Standing.VALID
    assert report(ids[0]).ended_at == NOW
    assert notices(EventKind.REPORT_RECALLED) == [(one, ids[0]), (other, ids[1])]
    made(asked(entity, to=one))
    assert kept.id


def test_an_asker_hears_once_however_many_reports_are_recalled():
    entity, one = subject(), account()
    taken = [record(entity.id), record(entity.id)]
    first = asked(entity, to=one)
    made(first)
    second = asked(entity, to=one, now=NOW + MINUTE)
    made(second)

    recall(*taken)

    assert [verdict(each).standing for each in (first, second)] == [Standing.RECALLED] * 2
    assert notices(EventKind.REPORT_RECALLED) == [(one, second)]


def test_one_record_can_be_named_alone():
    entity = subject()
    taken = record(entity.id)
    report_id = asked(entity)
    made(report_id)

    with Writing() as session:
        making.recall_for_records(session, [taken.id], now=NOW)

    assert verdict(report_id).standing is Standing.RECALLED


@pytest.mark.parametrize(
    ("after", "becomes"),
    [
        (RecordState.WITHDRAWN, Standing.RECALLED),
        (RecordState.REPAIRED, Standing.RECALLED),
        (RecordState.CORRECTED, Standing.RECALLED),
        (RecordState.SHIELDED, Standing.RECALLED),
        (RecordState.DISPUTED, Standing.VALID),
        (RecordState.EXPIRED, Standing.VALID),
    ],
)
def test_each_step_of_a_record_recalls_what_it_makes_wrong(after, becomes):
    entity = subject()
    one = record(entity.id)
    report_id = asked(entity, to=account())
    made(report_id)

    with Writing() as session:
        standing.move(session, one.id, Step(after, "test", "测试"), now=NOW)

    assert verdict(report_id).standing is becomes
    assert len(notices(EventKind.REPORT_RECALLED)) == (becomes is Standing.RECALLED)


def test_a_report_in_the_making_begins_anew():
    entity = subject()
    taken = record(entity.id)
    report_id = asked(entity, to=account())
    snapshot = told(report_id)

    recall(taken)

    assert made(report_id, snapshot) is False
    assert made(report_id) is True
    assert verdict(report_id).standing is Standing.VALID
    assert notices(EventKind.REPORT_RECALLED) == []
    with Reading() as session:
        assert session.scalars(select(ReportRecord.record_id)).all() == []


def test_who_withdraws_while_we_read_is_not_missed():
    entity = subject()
    taken = record(entity.id)
    report_id = asked(entity)
    seen = []
    with Writing() as session:
        held = session.scalars(select(Record).where(Record.id == taken.id).with_for_update()).one()
        held.state = RecordState.WITHDRAWN
        session.flush()
        reading = threading.Thread(target=lambda: seen.append(told(report_id)))
        reading.start()
        reading.join(0.3)
        assert seen == []
        making.recall_for_records(session, [taken.id], now=NOW)
    reading.join(10)

    assert seen[0].records == ()
