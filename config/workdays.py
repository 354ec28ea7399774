"""Read the table of working days, and refuse one that contradicts itself."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict

from core.workdays import Holiday, OfficialYear, WorkCalendar

DECEMBER = 12
WEEK = range(1, 8)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")
    calendar: WorkCalendar


def calendar(table: Any) -> WorkCalendar:  # noqa: ANN401 - the types of core say what it must be
    """Return the calendar. Raises ValueError that names every wrong row."""
    found = _Table(calendar=table).calendar
    faults = [*_of_rules(found), *_of_each_year(found), *_of_all_years(found.years)]
    if faults:
        raise ValueError("workdays.yaml: " + "; ".join(faults))
    return found


def _of_rules(found: WorkCalendar) -> Iterator[str]:
    rest = set(found.weekly_rest.days)
    if not rest < set(WEEK):
        yield f"weekly_rest: {sorted(rest)} are not some days of the week, 1 to 7"
    for rule in found.statutory:
        for day in rule.days:
            if not _is_month_and_day(day):
                yield f"{rule.name}: {day} is not a month and a day like 05-01"


def _is_month_and_day(text: str) -> bool:
    try:
        return f"{date.fromisoformat(f'2000-{text}'):%m-%d}" == text
    except ValueError:
        return False


def _of_each_year(found: WorkCalendar) -> Iterator[str]:
    for one in found.years:
        for holiday in one.holidays:
            yield from _of_holiday(one, holiday)
        for day in one.makeup_workdays:
            if not _told_by(one, day):
                yield f"make-up day {day} is not in {one.year}"
            if day.isoweekday() not in found.weekly_rest.days:
                yield f"{one.year}: make-up day {day} is not on a weekend"


def _of_holiday(one: OfficialYear, holiday: Holiday) -> Iterator[str]:
    if holiday.last < holiday.first:
        yield f"{_named(holiday)} ends before it begins"
    if holiday.last.year != one.year or not _told_by(one, holiday.first):
        yield f"{_named(holiday)} is not in {one.year}"


def _told_by(one: OfficialYear, day: date) -> bool:
    """Say whether a year's notice can tell of a day: 元旦 may reach into the December before."""
    return day.year == one.year or (day.year == one.year - 1 and day.month == DECEMBER)


def _of_all_years(years: tuple[OfficialYear, ...]) -> Iterator[str]:
    """Look at all years together, since a notice may tell of the December before."""
    for one, other in pairwise(sorted(each.year for each in years)):
        if one == other:
            yield f"the year {one} stands there twice"
    holidays = sorted((each for one in years for each in one.holidays), key=lambda each: each.first)
    for earlier, later in pairwise(holidays):
        if later.first <= earlier.last:
            yield f"{_named(earlier)} and {_named(later)} overlap"
    days = [day for one in years for day in one.makeup_workdays]
    yield from (
        f"make-up day {day} is in {_named(each)}"
        for each in holidays
        for day in days
        if each.first <= day <= each.last
    )


def _named(holiday: Holiday) -> str:
    return f"{holiday.name} {holiday.first} to {holiday.last}"
