"""The clock of a case beside an oracle that walks over every day: never earlier, never later."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from config import workdays
from core import case_clock, progress
from core.calendar import day
from core.case_clock import Track
from core.cases import OPEN, Case, CaseKind, CaseState
from tests.core.clock_oracle import RULES as TABLES
from tests.core.clock_oracle import Days, Oracle
from tests.core.department_files import RULES

S = CaseState
TABLE = yaml.safe_load((TABLES / "workdays.yaml").read_text())
NEXT_YEAR = {
    "year": 2027,
    "citation": "made up for a test",
    "source_status": "unverified",
    "holidays": [
        {"name": "元旦", "first": date(2026, 12, 31), "last": date(2027, 1, 3)},
        {"name": "春节", "first": date(2027, 2, 5), "last": date(2027, 2, 12)},
    ],
    "makeup_workdays": [date(2026, 12, 27), date(2027, 1, 30), date(2027, 2, 20)],
}
# No year is known, this one, this one and the next.
CALENDARS = [
    TABLE | {"years": years} for years in ([], TABLE["years"], [*TABLE["years"], NEXT_YEAR])
]
STEP = st.tuples(st.integers(0, 999), st.integers(0, 12))
FILED = st.dates(date(2025, 12, 1), date(2027, 2, 28))


def filed_on(track, filed):
    """Return a case as if it had been filed on a day, without a database."""
    kind = CaseKind.OBJECTION if track is Track.REVIEW else CaseKind(track.value)
    return Case(
        kind=kind,
        review_of_id=1 if track is Track.REVIEW else None,
        opened_at=datetime(filed.year, filed.month, filed.day, 4, tzinfo=UTC),
        state=S.SUBMITTED,
        paused_days=0,
    )


def take(case, to, *, rules, today):
    """Let a case take a step as core.progress does."""
    before = case.state
    if to is S.SUPPLEMENT_WANTED:
        case_clock.pause(case, rules=rules, today=today)
    case.state = to
    goes_on = before is S.SUPPLEMENT_WANTED and to in OPEN
    (case_clock.resume if goes_on else case_clock.start)(case, rules=rules, today=today)


def shown(case):
    return case.due_on, case.due_provisional, case.clock


@pytest.mark.parametrize("table", CALENDARS, ids=("no year", "2026", "2026 and 2027"))
@pytest.mark.parametrize("track", Track)
@settings(max_examples=30, deadline=None)
@given(filed=FILED, steps=st.lists(STEP, max_size=12))
def test_a_deadline_is_never_earlier_or_later_than_the_laws(track, table, filed, steps):
    rules = dataclasses.replace(RULES, workdays=workdays.calendar(table))
    case, oracle, today = filed_on(track, filed), Oracle(track, filed, Days(table)), filed
    case_clock.start(case, rules=rules, today=today)
    assert shown(case) == (oracle.due, oracle.provisional, oracle.clock)
    for choice, days in steps:
        legal = [to for to in CaseState if progress.may(case, to)]
        onward = [to for to in legal if to in OPEN] if choice % 4 else legal
        if not onward:
            return
        before, to = case.state, onward[choice // 4 % len(onward)]
        today += timedelta(days=days)
        take(case, to, rules=rules, today=today)
        oracle.step(before, to, today)
        assert shown(case) == (oracle.due, oracle.provisional, oracle.clock)


@given(start=FILED, number=st.integers(1, 30))
def test_a_term_ends_where_walking_day_by_day_ends(start, number):
    found = RULES.workdays.deadline(start, number)

    assert (found.day, found.provisional) == Days().last(start, number)


def paused(*, filed, forwarded, asked, answered):
    """Return a repair that was forwarded, waited for a supplement, and goes on."""
    case = filed_on(Track.REPAIR, filed)
    case_clock.start(case, rules=RULES, today=filed)
    steps = (S.FORWARDED, forwarded), (S.SUPPLEMENT_WANTED, asked), (S.FORWARDED, answered)
    for to, today in steps:
        take(case, to, rules=RULES, today=today)
    return case


# Ten working days from Monday 11-02 end on 11-16.
def test_the_overall_term_binds_after_a_pause_too():
    case = paused(
        filed=date(2026, 11, 2),
        forwarded=date(2026, 11, 12),
        asked=date(2026, 11, 13),
        answered=date(2026, 11, 18),
    )

    # One working day was left of it, and three more of acceptance.
    assert (str(case.due_on), case.clock) == ("2026-11-19", "repair_finish")


def test_asking_for_a_supplement_heals_no_lateness_in_the_overall_term():
    case = paused(
        filed=date(2026, 11, 2),
        forwarded=date(2026, 11, 13),
        asked=date(2026, 11, 17),
        answered=date(2026, 11, 19),
    )

    assert (str(case.due_on), case.clock) == ("2026-11-18", "repair_finish")
    assert case.due_on < day(datetime(2026, 11, 19, 4, tzinfo=UTC))
