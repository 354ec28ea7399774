"""Recounting: provisional deadlines, once the calendar of their year is there."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
import yaml
from sqlalchemy import select, update

from config import workdays
from core.audit.trail import Entry
from core.cases import Case, Holder
from core.casework import recounting
from core.db import Reading, Writing
from core.rules import Clock
from tests.core.clock_oracle import RULES as TABLES
from tests.core.clock_oracle import Days
from tests.core.department_files import RULES
from tests.core.given import at_once
from tests.core.given_cases import moved, object_to, read
from tests.core.test_clock_oracle import NEXT_YEAR

TABLE = yaml.safe_load((TABLES / "workdays.yaml").read_text())
WITH_2027 = TABLE | {"years": [*TABLE["years"], NEXT_YEAR]}
KNOWN = dataclasses.replace(RULES, workdays=workdays.calendar(WITH_2027))
FILED = datetime(2026, 12, 29, 4, tzinfo=UTC)


def recount(now=FILED, rules=KNOWN):
    with Writing() as session:
        return recounting.recount(session, rules, now=now)


def is_due(now=FILED, rules=KNOWN):
    with Reading() as session:
        return recounting.is_due(session, rules, now=now)


@pytest.fixture
def case(office):
    """An objection whose department has until Wednesday 2027-01-06, as far as anybody knows."""
    one = object_to(office.entity, office.record, by=office.by, now=FILED)
    return moved(one, "annotated", "forwarded", now=FILED)


def test_the_calendar_sets_the_deadline_that_it_gives(case):
    assert (str(case.due_on), case.due_provisional) == ("2027-01-06", True)
    assert not is_due(rules=RULES)
    assert is_due()

    assert recount() == 1

    # 12-31 and 01-01 are off: walked over day by day.
    expected, provisional = Days(WITH_2027).last(date(2026, 12, 29), 5)
    now = read(case)
    assert (now.due_on, now.due_provisional) == (expected, provisional)
    assert expected > case.due_on
    assert now.version == case.version + 1
    assert not is_due()
    assert recount() == 0


def test_it_is_in_the_trail_once_however_many_tickers(case):
    assert sum(at_once(2, recount)) == 1

    with Reading() as session:
        acts = session.scalars(select(Entry).where(Entry.action == "recount_deadlines")).all()
    assert [(one.actor, one.facts) for one in acts] == [("ticker", {"cases": 1})]


def shown(case, due_on, *, holder=Holder.DEPARTMENT, clock=Clock.OBJECTION_DECIDE):
    with Writing() as session:
        one = update(Case).where(Case.id == case.id)
        session.execute(one.values(due_on=due_on, holder=holder, clock=clock))


JANUARY = [datetime(2027, 1, number, 4, tzinfo=UTC) for number in range(1, 20)]


def test_nobody_becomes_late_by_a_calendar_that_comes_late(case):
    shown(case, date(2027, 1, 14))

    recount(JANUARY[11])

    assert str(read(case).due_on) == "2027-01-12"


def test_who_was_late_stays_late(case):
    shown(case, date(2027, 1, 4))

    recount(JANUARY[17])

    assert str(read(case).due_on) == "2027-01-07"


def test_an_applicant_keeps_the_day_that_was_said(case):
    shown(case, date(2027, 1, 29), holder=Holder.APPLICANT, clock=Clock.SUPPLEMENT)

    recount()

    now = read(case)
    assert (str(now.due_on), now.due_provisional) == ("2027-01-29", False)


def test_without_a_calendar_nothing_changes(case):
    assert recount(rules=RULES) == 0
    assert read(case).version == case.version
