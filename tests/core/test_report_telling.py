"""What a report tells: all that the public may see at one instant, and what that is worth later."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.db import Reading
from core.records import RecordState
from core.reports import proof
from core.reports.ledger import ReportRecord
from core.reports.proof import Standing
from tests.core.given import NOW, TODAY, account, record, subject
from tests.core.given_reports import MINUTE, asked, made, report, told, verdict

pytestmark = pytest.mark.usefixtures("database")


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
