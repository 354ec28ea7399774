"""`./xinyong report`."""

import subprocess
import sys

import pytest
import sqlalchemy as sa

from config import reports
from core import db
from core.audit.trail import Entry
from core.reports.ledger import Report, ReportState
from messages.report.shelf import digest
from tests.config.programs import GOOD, surroundings
from tests.core.given import record, subject


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


def only(database):
    db.bind(database.engine)
    with db.Reading() as session:
        return session.scalars(sa.select(Report)).one()


def test_a_report_is_written_and_said_how_to_verify(typed, database, tmp_path):
    entity = subject()
    record(entity.id)

    code, said, _ = typed("report", entity.uscc, "-o", "report.pdf", "--purpose", "bidding")

    held = only(database)
    pdf = (tmp_path / "report.pdf").read_bytes()
    assert code == 0
    assert (held.state, held.pdf_hash) == (ReportState.VALID, digest(pdf))
    assert held.report_no in said
    assert f"/wechat/reports/{held.report_no}/{held.verify_code}" in said
    with db.Reading() as session:
        act = session.scalars(sa.select(Entry)).one()
    assert (act.actor, act.action, act.object) == ("cli", "report", f"report:{held.id}")


def test_a_process_of_its_own_has_all_that_it_needs(database, tmp_path):
    given = GOOD | {"DATABASE_URL": database.url, "VAR_DIR": str(tmp_path)}
    uscc = subject().uscc
    command = [sys.executable, "-m", "config.cli", "report", uscc, "-o", tmp_path / "report.pdf"]

    done = subprocess.run(command, check=False, env=surroundings(given), capture_output=True)

    assert done.returncode == 0, done.stderr.decode()
    assert digest((tmp_path / "report.pdf").read_bytes()) == only(database).pdf_hash


def test_whom_we_do_not_know_is_said(typed, database):
    code, said, complaint = typed("report", "91530100MA00000000", "-o", "report.pdf")

    assert (code, said) == (2, "")
    assert "没有查到这个主体" in complaint


def test_what_always_changes_is_given_up_in_words(typed, database, monkeypatch):
    monkeypatch.setattr(reports, "make", lambda _parts, _report_id: False)

    code, _, complaint = typed("report", subject().uscc, "-o", "report.pdf")

    assert code == 2
    assert "正在变动" in complaint


def test_a_purpose_is_one_of_those_on_the_list(typed, database):
    code, _, complaint = typed("report", subject().uscc, "-o", "r.pdf", "--purpose", "fun")

    assert code == 2
    assert "没有 fun" in complaint
