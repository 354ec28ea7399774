"""Reports of oneself: what they tell, that each telling is a look, that operations follow them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from core import accounts, operating
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.operations import Operation, OperationKind, OperationState
from core.pace import Pace
from core.records import RecordState, Visibility
from core.reports import ledger, making, personal, proof, telling
from core.reports.errors import ReportInTheMakingError, ReportRecalledError
from core.reports.ledger import MOST_TRIES, Purpose, Report
from tests.core.department_files import VAULT
from tests.core.given import record, subject
from tests.fixtures.persons import CITIZEN_ID, NAME

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def held(on_record):
    return on_record(VAULT, NOW)


@pytest.fixture
def person(held):
    return held.person()


@pytest.fixture
def account(database):
    with Writing() as session:
        return accounts.open_one(session, now=NOW)


def ask(person, account, purpose=Purpose.SELF_CHECK, *, now=NOW):
    with Writing() as session:
        given = {"purpose": purpose, "account_id": account}
        return ledger.request_own(session, VAULT, person, **given, now=now)


def tell(report, *, now=NOW):
    with Writing() as session:
        return telling.snapshot(session, VAULT, report.id, valid_days=30, now=now)


def make(report, told, *, now=NOW):
    with Writing() as session:
        facts = {"snapshot_hash": told.hash, "pdf_hash": f"{report.id:064}", "size": 9}
        return making.made(session, report.id, **facts, now=now)


def looks(person):
    with Reading() as session:
        return session.scalars(sa.select(Entry).where(Entry.subject_id == person)).all()


def operation(report):
    with Reading() as session:
        return ledger.operation(session, session.get_one(Report, report.id))


def test_it_tells_the_name_and_only_the_end_of_the_number(person, account):
    told = tell(ask(person, account))

    assert (told.name, told.id_number, told.uscc) == (NAME, "*" * 14 + CITIZEN_ID[-4:], None)
    assert told.records == ()


def test_it_tells_what_whoever_the_person_authorised_may_see(person, account, held):
    shown = held.record(person)
    held.record(person, visibility=Visibility.SUBJECT)
    held.record(person, visibility=Visibility.INTERNAL)
    for state in (RecordState.REPAIRED, RecordState.HELD, RecordState.QUARANTINED):
        held.record(person, state=state)

    (one,) = tell(ask(person, account)).records

    assert (one.id, one.basis) == (shown.id, f"{NAME}违反的规定")


def test_a_term_ends_at_midnight_in_kunming(person, account, held):
    held.record(person, ends_on=date(2026, 11, 24))
    report = ask(person, account)
    midnight = datetime(2026, 11, 24, 16, tzinfo=UTC)

    assert len(tell(report, now=midnight - timedelta(seconds=1)).records) == 1
    assert tell(report, now=midnight).records == ()


def test_each_telling_is_a_look_by_the_person(person, account):
    report = ask(person, account)
    assert looks(person) == []
    tell(report)

    (look,) = looks(person)

    assert (look.actor, look.role, look.purpose) == (f"account:{account}", "self", "own_report")
    with Writing() as session:
        assert personal.is_personal(session, report)
        personal.note(session, report, now=NOW)
    assert len(looks(person)) == 2


def test_of_an_entity_no_look_is_written(account):
    one = subject()
    record(one.id)
    with Writing() as session:
        report = ledger.request(session, one.uscc, Purpose.OTHER, account_id=account, now=NOW)
        assert not personal.is_personal(session, report)

    assert tell(report).name == one.name
    assert looks(one.id) == []


def test_whoever_verifies_it_learns_no_name(person, account):
    report = ask(person, account)
    make(report, tell(report))

    with Reading() as session:
        code = report.report_no, report.verify_code
        verdict = proof.verify(session, *code, today=date(2026, 11, 23))

    assert verdict.standing is proof.Standing.VALID
    assert (verdict.name, verdict.uscc) == (None, None)


def test_the_operation_goes_with_the_report(person, account):
    report = ask(person, account)
    with Writing() as session:
        assert operating.lease(session, list(OperationKind), now=NOW, pace=Pace()) is None
    assert operation(report).state is OperationState.WAITING

    with Writing() as session:
        assert ledger.lease(session, now=NOW, pace=Pace()) == report.id
    assert operation(report).state is OperationState.RUNNING

    make(report, tell(report))
    done = operation(report)
    assert (done.state, done.result) == (OperationState.DONE, {"report_no": report.report_no})


def test_a_report_that_is_given_up_fails_its_operation(person, account):
    report, now = ask(person, account), NOW
    for _ in range(MOST_TRIES + 1):
        with Writing() as session:
            ledger.lease(session, now=now, pace=Pace())
        now += Pace().lease

    failed = operation(report)

    assert (failed.state, failed.error) == (OperationState.FAILED, "operation_failed")


def test_asked_twice_it_is_one_report_and_one_operation(person, account):
    first, again = ask(person, account), ask(person, account)

    assert (first.id, first.operation_id) == (again.id, again.operation_id)
    with pytest.raises(ReportInTheMakingError):
        ask(person, account, Purpose.FINANCING)
    with Reading() as session:
        assert session.scalar(sa.select(sa.func.count(Operation.id))) == 1


def test_a_report_asked_for_before_there_were_operations_gets_one(person, account):
    report = ask(person, account)
    with Writing() as session:
        session.get_one(Report, report.id).operation_id = None

    assert ask(person, account).operation_id is not None


def test_nobodys_report_has_no_operation(account):
    one = subject()
    with Writing() as session:
        report = ledger.request(session, one.uscc, Purpose.OTHER, now=NOW)
        assert report.operation_id is None
        assert ledger.lease(session, now=NOW, pace=Pace()) == report.id


def test_the_file_has_a_secret_that_only_the_vault_opens(person, account):
    report, again = ask(person, account), ask(person, account)

    with Reading() as session:
        secret = personal.secret(session, VAULT, report)
    assert len(secret) == 32
    assert secret.hex() not in report.secret
    assert again.secret == report.secret


def test_who_leaves_takes_the_reports_of_oneself_along(person, account):
    report = ask(person, account)
    make(report, tell(report))
    one = subject()
    with Writing() as session:
        other = ledger.request(session, one.uscc, Purpose.OTHER, account_id=account, now=NOW)

    with Writing() as session:
        personal.forget(session, account, now=NOW)

    with Reading() as session:
        gone, kept = session.get_one(Report, report.id), session.get_one(Report, other.id)
        assert (gone.state, gone.secret) == (ledger.ReportState.RECALLED, None)
        with pytest.raises(ReportRecalledError):  # it must neither open nor lie in clear
            personal.secret(session, VAULT, gone)
        assert kept.state is ledger.ReportState.REQUESTED
