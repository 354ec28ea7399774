"""Working days: the official year, the days that are certain without one, and deadlines."""

import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import rulebook
from core.workdays import Deadline, Holiday, OfficialYear

CALENDAR = rulebook.load().workdays
GIVEN = json.loads(Path("tests/data/workcalendar_2026.json").read_text(encoding="utf-8"))
CASES = [
    (case["start"], int(days), expected)
    for case in GIVEN["cases"]
    for days, expected in case["plus"].items()
]
MADE_UP = OfficialYear(
    2027,
    (
        Holiday("元旦", date(2026, 12, 31), date(2027, 1, 1)),
        Holiday("春节", date(2027, 2, 5), date(2027, 2, 11)),
    ),
    (date(2026, 12, 27), date(2027, 1, 2)),
    "made up for a test",
    "unverified",
)
NEXT_YEAR_KNOWN = dataclasses.replace(CALENDAR, years=(*CALENDAR.years, MADE_UP))


def on(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(("start", "days", "expected"), CASES)
def test_a_deadline_falls_where_the_official_calendar_puts_it(start, days, expected):
    found = CALENDAR.deadline(on(start), days)

    if expected == "NEEDS 2027 CALENDAR":
        assert found.provisional
        assert found.day.year == 2027
    else:
        assert found == Deadline(on(expected), provisional=False)


def test_the_table_holds_the_whole_notice():
    (year,) = CALENDAR.years

    ranges = [[str(each.first), str(each.last)] for each in year.holidays]
    assert ranges == GIVEN["holiday_ranges"]
    assert [str(day) for day in year.makeup_workdays] == GIVEN["makeup_workdays"]


def _worked_by_hand():
    """Walk two years with nothing but the notice's own lists and the fixed days of 2027."""
    off = {"2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03"}
    worked = []
    for number in range(730):
        day = date(2026, 1, 1) + timedelta(days=number)
        text = str(day)
        holiday = any(first <= text <= last for first, last in GIVEN["holiday_ranges"])
        rest = day.strftime("%a") in {"Sat", "Sun"} or holiday or text in off
        if text in GIVEN["makeup_workdays"] or not rest:
            worked.append(day)
    return worked


WORKED = _worked_by_hand()


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 60))
def test_a_deadline_is_the_nth_worked_day_after_the_start(start, days):
    expected = [day for day in WORKED if day > start][days - 1]

    found = CALENDAR.deadline(start, days)

    assert found == Deadline(expected, provisional=expected.year == 2027)
    assert CALENDAR.working_days_between(start, found.day) == days
    assert CALENDAR.moved(found.day).day == found.day


@given(st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_a_day_moves_to_the_first_worked_day(day):
    expected = next(each for each in WORKED if each >= day)

    assert CALENDAR.moved(day) == Deadline(expected, provisional=expected.year == 2027)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-04", True),  # a made-up Sunday
        ("2026-02-28", True),  # a made-up Saturday, last of its month
        ("2026-02-22", False),
        ("2026-01-31", False),
        ("2026-03-31", True),
        ("2026-10-07", False),
        ("2027-05-03", True),  # a Monday that only a notice could free
        ("2027-10-01", False),
        ("2025-05-02", False),  # since the revision in force from 2025
        ("2024-05-02", True),  # before it: nothing but weekends is certain
    ],
)
def test_a_day_is_worked_as_far_as_the_law_says_it(day, expected):
    assert CALENDAR.is_workday(on(day)) is expected


def test_a_statutory_rule_ends():
    (rule,) = CALENDAR.statutory
    ended = dataclasses.replace(rule, effective_to=date(2027, 12, 31))
    calendar = dataclasses.replace(CALENDAR, statutory=(ended,))

    assert not calendar.is_workday(date(2027, 10, 1))
    assert calendar.is_workday(date(2029, 10, 1))


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-02-20", 1, "2026-02-24"),  # in a holiday
        ("2026-05-09", 1, "2026-05-11"),  # on a make-up Saturday
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-01-30", 1, "2026-02-02"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-10-31", 1, "2026-11-02"),
        ("2025-12-31", 1, "2026-01-04"),  # the start is not counted, so its year is not asked
    ],
)
def test_a_deadline_counts_from_the_day_after(start, days, expected):
    assert CALENDAR.deadline(on(start), days) == Deadline(on(expected), provisional=False)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [("2026-12-31", 1, "2027-01-04"), ("2025-12-30", 1, "2025-12-31"), ("2025-12-30", 2, None)],
)
def test_a_deadline_that_counts_a_year_without_calendar_is_provisional(start, days, expected):
    found = CALENDAR.deadline(on(start), days)

    assert found == Deadline(on(expected or "2026-01-04"), provisional=True)


def test_a_provisional_deadline_becomes_definite_with_its_calendar():
    start = date(2026, 12, 29)

    assert CALENDAR.deadline(start, 3) == Deadline(date(2027, 1, 4), provisional=True)
    assert NEXT_YEAR_KNOWN.deadline(start, 3) == Deadline(date(2027, 1, 4), provisional=False)
    assert NEXT_YEAR_KNOWN.deadline(start, 2) == Deadline(date(2027, 1, 2), provisional=False)
    assert NEXT_YEAR_KNOWN.deadline(start, 250).provisional is False
    assert NEXT_YEAR_KNOWN.deadline(start, 280).provisional is True


def test_a_notice_tells_of_the_december_before():
    last, sunday = date(2026, 12, 31), date(2026, 12, 27)

    assert (CALENDAR.is_workday(last), NEXT_YEAR_KNOWN.is_workday(last)) == (True, False)
    assert (CALENDAR.is_workday(sunday), NEXT_YEAR_KNOWN.is_workday(sunday)) == (False, True)


@pytest.mark.parametrize("days", [0, -1])
def test_a_deadline_of_no_days_is_refused(days):
    with pytest.raises(ValueError, match=f"not {days}"):
        CALENDAR.deadline(date(2026, 3, 2), days)


@pytest.mark.parametrize(
    ("day", "expected", "provisional"),
    [
        ("2026-03-31", "2026-03-31", False),
        ("2026-02-28", "2026-02-28", False),
        ("2026-02-15", "2026-02-24", False),
        ("2026-01-31", "2026-02-02", False),
        ("2026-12-31", "2026-12-31", False),
        ("2027-01-01", "2027-01-04", True),
        ("2027-03-01", "2027-03-01", True),
    ],
)
def test_a_last_day_that_is_not_worked_moves(day, expected, provisional):
    assert CALENDAR.moved(on(day)) == Deadline(on(expected), provisional)


def test_a_last_day_that_moves_into_the_next_year_asks_for_its_calendar():
    (year,) = CALENDAR.years
    longer = (*year.holidays, Holiday("年末", date(2026, 12, 31), date(2026, 12, 31)))
    changed = dataclasses.replace(year, holidays=longer)
    calendar = dataclasses.replace(CALENDAR, years=(changed,))

    assert calendar.moved(date(2026, 12, 31)) == Deadline(date(2027, 1, 4), provisional=True)


def test_working_days_leave_out_the_start_and_count_the_end():
    count = CALENDAR.working_days_between

    assert count(date(2026, 9, 24), date(2026, 9, 24)) == 0
    assert count(date(2026, 9, 24), date(2026, 9, 27)) == 0
    assert count(date(2026, 9, 24), date(2026, 10, 10)) == 6
    with pytest.raises(ValueError, match="is before"):
        count(date(2026, 9, 24), date(2026, 9, 23))


def test_days_are_provisional_in_a_year_without_calendar():
    assert not CALENDAR.is_provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2025, 12, 31), date(2026, 1, 1))
    assert CALENDAR.is_provisional(date(2026, 12, 31), date(2027, 1, 1))
    assert not NEXT_YEAR_KNOWN.is_provisional(date(2026, 12, 31), date(2027, 1, 1))
