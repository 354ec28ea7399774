"""Credit reports: asked for once, told at one instant, made once, recalled when a record is."""

import re
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.db import Reading, Writing
from core.errors import (
    CitizenIdRefusedError,
    EntityNotFoundError,
    ReportInTheMakingError,
    ReportNotFoundError,
    TooManyReportsError,
)
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordState
from core.reports import ledger, making, proof, telling
from core.reports.ledger import MOST_A_DAY, MOST_TRIES, Purpose, Report, ReportRecord, ReportState
from core.reports.proof import Standing
from tests.core.given import NOW, PACE, TODAY, account, at_once, record, subject

pytestmark = pytest.mark.usefixtures("database")
MINUTE = timedelta(minutes=1)


def asked(entity, *, to=None, purpose=Purpose.BIDDING, now=NOW):
    with Writing() as session:
        return ledger.request(session, entity.uscc, purpose, account_id=to, now=now).id


def told(report_id, *, now=NOW):
    with Writing() as session:
        return telling.snapshot(session, report_id, valid_days=30, now=now)


def made(report_id, snapshot=None, *, now=NOW, pdf_hash=None):
    snapshot = snapshot or told(report_id, now=now)
    with Writing() as session:
        return making.made(
            session,
            report_id,
            snapshot_hash=snapshot.hash,
            pdf_hash=pdf_hash or f"{report_id:064}",
            size=9,
            now=now,
        )


def recall(*records, now=NOW, state=RecordState.WITHDRAWN):
    with Writing() as session:
        for one in records:
            session.get_one(Record, one.id).state = state
        session.flush()
        making.recall_for_records(session, [one.id for one in records], now=now)


def report(report_id):
    with Reading() as session:
        return session.get_one(Report, report_id)


def notices(kind):
    with Reading() as session:
        found = select(Event).where(Event.kind == kind).order_by(Event.id)
        return [(one.audience_id, one.facts["report_id"]) for one in session.scalars(found)]


def verdict(report_id, *, today=TODAY):
    held = report(report_id)
    with Reading() as session:
        return proof.verify(session, held.report_no, held.verify_code, today=today)


def test_a_report_has_a_number_a_code_and_a_name_for_its_file():
    held = report(asked(subject()))

    assert re.fullmatch(r"20260520120000[0-9A-HJKMNP-TV-Z]{8}", held.report_no)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{16}", held.verify_code)
    assert re.fullmatch(r"[0-9a-f]{32}", held.file_key)


def test_whom_we_do_not_know_there_is_no_report_of():
    with pytest.raises(EntityNotFoundError), Writing() as session:
        ledger.request(session, "91530100MA00000000", Purpose.OTHER, now=NOW)
    with pytest.raises(CitizenIdRefusedError), Writing() as session:
        ledger.request(session, "11010519491231002X", Purpose.OTHER, now=NOW)


def test_asked_twice_while_in_the_making_it_is_the_same_one():
    entity, one = subject(), account()

    ids = at_once(4, lambda: asked(entity, to=one))

    assert len(set(ids)) == 1
    with pytest.raises(ReportInTheMakingError):
        asked(entity, to=one, purpose=Purpose.AWARDS)
    assert asked(entity, to=account()) not in ids
    made(ids[0])
    assert asked(entity, to=one) not in ids


def test_one_account_cannot_ask_without_end(monkeypatch):
    monkeypatch.setattr(ledger, "MOST_A_DAY", 2)
    one = account()
    for _ in range(2):
        asked(subject(), to=one)

    with pytest.raises(TooManyReportsError):
        asked(subject(), to=one)
    asked(subject(), to=account())
    asked(subject(), to=one, now=NOW + timedelta(days=1, seconds=1))
    assert MOST_A_DAY > 2


def test_only_the_asker_is_given_a_report():
    one = account()
    held = report(asked(subject(), to=one))

    with Reading() as session:
        assert ledger.of_account(session, held.report_no.lower(), one).id == held.id
        for stranger in (one + 1, None):
            with pytest.raises(ReportNotFoundError):
                ledger.of_account(session, held.report_no, stranger)


def test_all_public_records_are_told_and_no_other():
    entity = subject()
    public = {record(entity.id).id for _ in range(60)}
    record(entity.id, state=RecordState.HELD)
    record(entity.id, state=RecordState.WITHDRAWN)
    record(entity.id, ends_on=TODAY - timedelta(days=1))
    record(subject("昆明另一家有限公司").id)
    report_id = asked(entity)

    snapshot = told(report_id)

    assert {one.id for one in snapshot.records} == public
    with Reading() as session:
        noted = select(ReportRecord.record_id).where(ReportRecord.report_id == report_id)
        assert set(session.scalars(noted)) == public
    assert report(report_id).as_of == NOW
    assert report(report_id).valid_until == date(2026, 6, 19)


def test_a_record_is_told_with_its_dates_its_source_and_its_law():
    entity = subject()
    record(entity.id, facts={"legal_basis": "《劳动法》第五十条"}, rule="令45 拖欠农民工工资")
    record(entity.id, facts={"legal_basis": " "}, published_at=None, event_date=date(2026, 1, 1))

    first, second = told(asked(entity)).records

    assert (first.event_date, first.published_on) == (TODAY, TODAY)
    assert (first.repairable_from, first.ends_on) == (date(2026, 11, 20), date(2029, 5, 20))
    assert first.department == "昆明市人力资源和社会保障局"
    assert (first.basis, first.rule) == ("《劳动法》第五十条", "令45 拖欠农民工工资")
    assert (second.basis, second.published_on) == (None, None)


def test_the_last_day_of_a_term_is_still_told_half_an_hour_before_midnight():
    entity = subject()
    record(entity.id, ends_on=TODAY)
    late = NOW.replace(hour=15, minute=30)  # 23:30 in Kunming

    assert len(told(asked(entity), now=late).records) == 1
    assert len(told(asked(entity), now=late + 60 * MINUTE).records) == 0


def test_a_hash_changes_with_what_is_told():
    entity = subject()
    report_id = asked(entity)
    before = told(report_id)
    assert told(report_id).hash == before.hash

    record(entity.id)

    assert told(report_id).hash != before.hash


def test_a_report_is_made_once():
    report_id = asked(subject(), to=account())
    snapshot = told(report_id)

    results = at_once(3, lambda: made(report_id, snapshot))

    assert sorted(results) == [False, False, True]
    assert told(report_id) is None
    held = report(report_id)
    assert (held.state, held.size, held.pdf_hash) == (ReportState.VALID, 9, f"{report_id:064}")
    assert notices(EventKind.REPORT_READY) == [(held.account_id, report_id)]


def test_a_slow_worker_does_not_pass_off_an_older_telling():
    report_id = asked(subject())
    slow = told(report_id)
    told(report_id, now=NOW + MINUTE)

    assert made(report_id, slow) is False
    assert report(report_id).state is ReportState.REQUESTED


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
        making.recall_for_record(session, taken.id, now=NOW)

    assert verdict(report_id).standing is Standing.RECALLED


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


def test_what_a_report_is_worth_depends_on_the_day():
    report_id = asked(subject(), to=account())
    assert verdict(report_id) == proof.UNKNOWN
    made(report_id)

    assert verdict(report_id, today=date(2026, 6, 19)).standing is Standing.VALID
    assert verdict(report_id, today=date(2026, 6, 20)).standing is Standing.EXPIRED


def test_a_code_is_forgiven_its_form_and_nothing_else():
    entity = subject()
    report_id = asked(entity)
    made(report_id)
    held = report(report_id)
    typed = "-".join(held.verify_code[at : at + 4] for at in range(0, 16, 4)).lower()
    other = "1" if held.verify_code[-1] != "1" else "2"

    with Reading() as session:
        good = proof.verify(session, f" {held.report_no.lower()} ", typed, today=TODAY)
        for number, code in (
            (held.report_no, held.verify_code[:-1] + other),
            (held.report_no, ""),
            (held.report_no[:-1], held.verify_code),
        ):
            assert proof.verify(session, number, code, today=TODAY) == proof.UNKNOWN

    assert (good.standing, good.name, good.uscc) == (Standing.VALID, entity.name, entity.uscc)
    assert (good.as_of, good.valid_until) == (NOW, date(2026, 6, 19))


def test_a_file_is_known_by_its_hash():
    report_id = asked(subject())
    made(report_id, pdf_hash="ab" * 32)

    with Reading() as session:
        assert proof.of_file(session, "AB" * 32, today=TODAY).report_no
        assert proof.of_file(session, "ac" * 32, today=TODAY) == proof.UNKNOWN


def lease(now=NOW):
    with Writing() as session:
        return ledger.lease(session, now=now, pace=PACE)


def is_due(now=NOW):
    with Reading() as session:
        return ledger.is_due(session, now=now)


def test_the_oldest_is_taken_first_and_falls_due_again_if_its_worker_dies():
    assert (lease(), is_due()) == (None, False)
    ids = [asked(subject(), now=NOW + timedelta(seconds=number)) for number in range(2)]
    now = NOW + MINUTE

    assert sorted(at_once(2, lambda: lease(now))) == ids
    assert (lease(now), is_due(now)) == (None, False)

    made(ids[1])
    assert is_due(now + PACE.lease)
    assert lease(now + PACE.lease) == ids[0]


def test_what_cannot_be_made_is_given_up_and_stops_nobody():
    report_id = asked(subject(), to=account())
    now = NOW
    for _ in range(MOST_TRIES):
        assert lease(now) == report_id
        now += PACE.lease
    next_one = asked(subject(), now=now)

    assert lease(now) == next_one

    assert report(report_id).state is ReportState.FAILED
    assert verdict(report_id) == proof.UNKNOWN
