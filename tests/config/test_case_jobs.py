"""The ticker sees what deadlines owe, and the worker writes it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from config import case_jobs, jobs, ticker
from core.calendar import day
from core.cases import Case, CaseState
from core.casework.staff_notices import StaffNotice
from core.db import Reading, Writing
from core.pace import Pace
from tests.config.programs import environ, let_go
from tests.core.given import TODAY, record, subject
from tests.core.given_cases import moved, read, repair_

JOBS = (case_jobs.remind_of_cases, case_jobs.lapse_cases, case_jobs.recount_deadlines)


@pytest.fixture
def desk(database, valkey_url, monkeypatch):
    """The environment of a worker."""
    for name, value in environ(database.url, valkey_url, "http://localhost:1").items():
        monkeypatch.setenv(name, value)
    jobs.tools.cache_clear()
    yield
    jobs.tools.cache_clear()
    let_go(database)


def watched(now):
    """Return which of the jobs of cases have something to do."""
    mine = [one for one in ticker.entries(Pace()) if one.job in JOBS]
    with Reading() as session:
        return [one.job for one in mine if one.is_due(session, now)]


@pytest.fixture
def case(desk):
    entity = subject()
    one = repair_(entity, record(entity.id, repairable_from=TODAY))
    return moved(one, "forwarded")


def change(case, **values):
    with Writing() as session:
        session.execute(update(Case).where(Case.id == case.id).values(values))


def test_a_late_case_is_said_to_be_late(case):
    now = datetime.now(UTC)
    change(case, due_on=day(now) - timedelta(days=2))
    assert watched(now) == [case_jobs.remind_of_cases]

    case_jobs.remind_of_cases()

    assert watched(now) == []
    with Reading() as session:
        assert session.scalar(select(func.count()).select_from(StaffNotice)) >= 1


def test_departments_that_owe_nothing_are_not_urged(case):
    case_jobs.urge_departments()

    with Reading() as session:
        assert session.scalar(select(func.count()).select_from(StaffNotice)) == 0


def test_a_supplement_that_was_missed_ends_the_case(case):
    now = datetime.now(UTC)
    moved(case, "supplement_wanted")
    change(case, due_on=day(now) - timedelta(days=2))
    assert watched(now) == [case_jobs.lapse_cases]

    case_jobs.lapse_cases()

    assert read(case).state is CaseState.NOT_ACCEPTED
    assert watched(now) == []


def test_a_provisional_deadline_is_counted_again(case):
    now = datetime.now(UTC)
    later = day(now) + timedelta(days=200)
    change(case, due_on=later, due_provisional=True)
    assert watched(now) == [case_jobs.recount_deadlines]

    case_jobs.recount_deadlines()

    assert read(case).due_on < later
    assert case_jobs.recount_deadlines not in watched(now)
