"""Reports made by workers: the rows are the truth, and each row gets one file."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from config import jobs, reports, ticker
from core import leaving
from core.db import Reading, Writing
from core.pace import Pace
from core.records import Record, RecordState
from core.reports import ledger, making
from core.reports.ledger import Purpose, Report, ReportState
from messages.report.shelf import digest
from tests.config.programs import GOOD, let_go, surroundings
from tests.core.department_files import VAULT
from tests.core.given import account, record, subject
from tests.fixtures.persons import CITIZEN_ID, NAME


@pytest.fixture
def desk(database, valkey_url, redis, tmp_path, monkeypatch):
    """The environment of a worker."""
    given = GOOD | {
        "DATABASE_URL": database.url,
        "REDIS_URL": valkey_url,
        "VAR_DIR": str(tmp_path),
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    for built in (jobs.tools, jobs.printing):
        built.cache_clear()
    yield given
    for built in (jobs.tools, jobs.printing):
        built.cache_clear()
    let_go(database)


def files(printer):
    return sorted(path.name for path in printer.folder.iterdir()) if printer.folder.exists() else []


def test_a_made_report_has_the_one_file_that_was_hashed(printer, poppler):
    entity = subject()
    record(entity.id, document_no="昆人社〔2026〕7号")

    made = printer.make(entity.uscc)

    pdf = printer.file(made)
    assert (digest(pdf), len(pdf)) == (made.pdf_hash, made.size)
    assert files(printer) == [f"{made.file_key}.pdf"]
    text = poppler.text(pdf)
    assert made.report_no in text
    assert "昆人社〔2026〕7号" in text
    assert reports.make(printer.parts, made.id) is False


def test_who_lost_the_race_leaves_no_file(printer, monkeypatch):
    entity = subject()
    report_id = printer.ask(entity.uscc)
    press = printer.parts.press

    class Slow:
        def pdf(self, told):
            monkeypatch.setattr(Slow, "pdf", lambda _, told: press.pdf(told))
            printer.now += timedelta(seconds=1)
            assert reports.make(printer.parts, report_id)
            return press.pdf(told)

    slow = reports.Printing(Slow(), printer.parts.shelf, 30, VAULT, printer.parts.clock)

    assert reports.make(slow, report_id) is False
    assert files(printer) == [f"{printer.report(report_id).file_key}.pdf"]
    printer.file(printer.report(report_id))


def test_what_was_withdrawn_while_it_was_set_is_not_told(printer, poppler):
    entity = subject()
    withdrawn = record(entity.id, document_no="昆人社〔2026〕8号")
    report_id = printer.ask(entity.uscc)
    press = printer.parts.press

    class Interrupted:
        def pdf(self, told):
            with Writing() as session:
                session.get_one(Record, withdrawn.id).state = RecordState.WITHDRAWN
                session.flush()
                making.recall_for_records(session, [withdrawn.id], now=printer.now)
            return press.pdf(told)

    slow = reports.Printing(Interrupted(), printer.parts.shelf, 30, VAULT, printer.parts.clock)
    assert reports.make(slow, report_id) is False
    assert files(printer) == []

    assert reports.make(printer.parts, report_id)
    assert "〔2026〕8号" not in poppler.text(printer.file(printer.report(report_id)))


def test_the_job_makes_what_was_asked_for(desk, printer):
    ids = [printer.ask(subject().uscc, to=account()) for _ in range(3)]

    jobs.make_reports()
    jobs.make_reports()

    assert {printer.report(each).state for each in ids} == {ReportState.VALID}
    assert len(files(printer)) == 3


def states():
    with Reading() as session:
        return session.scalars(sa.select(Report.state).order_by(Report.id)).all()


def cut_off(printer):
    """Ask for a report whose worker took it, wrote half a file, and was killed."""
    killed = printer.ask(subject().uscc, to=account())
    with Writing() as session:
        session.get_one(Report, killed).tries = 1
    printer.parts.shelf.draft(printer.report(killed).file_key, b"half")
    return killed


def test_a_worker_makes_what_the_ticker_enqueues_and_a_killed_one_loses_nothing(
    desk, redis, printer, tmp_path
):
    killed = cut_off(printer)
    printer.ask(subject().uscc, to=account())
    errors = (tmp_path / "said").open("w+")
    command = [sys.executable, "-m", "config.worker", "default"]
    worker = subprocess.Popen(command, env=surroundings(desk), stdout=errors, stderr=errors)
    try:
        watched = [one for one in ticker.entries(Pace()) if one.job is jobs.make_reports]
        ticker.tick(redis, watched, now=datetime.now(UTC))
        end = time.monotonic() + 40
        while set(states()) != {ReportState.VALID} and time.monotonic() < end:
            time.sleep(0.1)
    finally:
        os.kill(worker.pid, signal.SIGTERM)
        code = worker.wait(20)
    errors.seek(0)
    said = errors.read()
    errors.close()

    assert (states(), code) == ([ReportState.VALID] * 2, 0), said
    assert len(files(printer)) == 2
    assert printer.file(printer.report(killed)).startswith(b"%PDF")


def test_nothing_is_enqueued_when_no_report_waits(database, redis):
    watched = [one for one in ticker.entries(Pace()) if one.job is jobs.make_reports]

    ticker.tick(redis, watched, now=datetime.now(UTC))

    assert redis.llen("rq:queue:default") == 0


@pytest.fixture
def own(printer, on_record):
    """A report of a natural person's own, made."""
    person = on_record(printer.parts.vault, printer.now)
    subject_id = person.person()
    person.record(subject_id, document_no="昆人社〔2026〕77号")
    who = account()
    with Writing() as session:
        given = {"purpose": Purpose.SELF_CHECK, "account_id": who, "now": printer.now}
        asked = ledger.request_own(session, printer.parts.vault, subject_id, **given)
    assert reports.make(printer.parts, asked.id)
    return printer.report(asked.id)


def test_a_report_of_oneself_names_the_person_and_hides_the_number(own, printer, poppler):
    text = poppler.text(printer.file(own))

    assert NAME in text
    assert CITIZEN_ID not in text
    assert CITIZEN_ID[-4:] in text
    assert "昆人社〔2026〕77号" in text
    assert "身份证号码" in text
    assert "统一社会信用代码" not in text


def test_a_report_of_oneself_lies_on_the_shelf_encrypted(own, printer):
    (name,) = files(printer)
    kept = (printer.folder / name).read_bytes()

    assert name == f"{own.file_key}.pdf"
    assert not kept.startswith(b"%PDF")
    assert NAME.encode() not in kept
    assert digest(printer.file(own)) == own.pdf_hash


def test_no_report_is_made_of_who_has_left_meanwhile(printer, on_record):
    person = on_record(printer.parts.vault, printer.now)
    subject_id, who = person.person(), account()
    with Writing() as session:
        given = {"purpose": Purpose.SELF_CHECK, "account_id": who, "now": printer.now}
        asked = ledger.request_own(session, printer.parts.vault, subject_id, **given)
    press = printer.parts.press

    class Slow:
        def pdf(self, told):
            with Writing() as session:
                leaving.leave(session, who, now=printer.now)
            return press.pdf(told)

    shelf, vault = printer.parts.shelf, printer.parts.vault
    slow = reports.Printing(Slow(), shelf, 30, vault, printer.parts.clock)

    assert not reports.make(slow, asked.id)
    assert files(printer) == []
    assert printer.report(asked.id).state is ReportState.RECALLED
