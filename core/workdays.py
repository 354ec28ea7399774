"""Working days of the law: which days are worked, and on which day a deadline falls."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

SourceStatus = Literal["read", "secondary", "unverified"]


@dataclass(frozen=True)
class Deadline:
    """The last day of a period; provisional while a year it counts has no official calendar."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class Holiday:
    """A holiday with the days off around it, both ends included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class OfficialYear:
    """What the State Council's notice says of one year."""

    year: int
    holidays: tuple[Holiday, ...]
    makeup_workdays: tuple[date, ...]
    citation: str
    source_status: SourceStatus


@dataclass(frozen=True)
class WeeklyRest:
    """The days of rest of every week, counted from Monday as 1."""

    days: tuple[int, ...]
    effective_from: date
    citation: str
    source_status: SourceStatus


@dataclass(frozen=True)
class StatutoryDays:
    """Holidays that fall on the same day of every year ("05-01"), known without a notice."""

    name: str
    days: tuple[str, ...]
    effective_from: date
    citation: str
    source_status: SourceStatus
    effective_to: date | None = None

    def include(self, day: date) -> bool:
        """Say whether a day is such a holiday under this rule."""
        in_force = self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )
        return in_force and f"{day:%m-%d}" in self.days


@dataclass(frozen=True)
class WorkCalendar:
    """The days on which the offices work, as far as the law has said it."""

    weekly_rest: WeeklyRest
    statutory: tuple[StatutoryDays, ...]
    years: tuple[OfficialYear, ...]

    def is_workday(self, day: date) -> bool:
        """Say whether a day is worked; without an official calendar, as far as is certain."""
        if day in self._made_up:
            return True
        if day in self._off or day.isoweekday() in self.weekly_rest.days:
            return False
        return day.year in self._official or not any(rule.include(day) for rule in self.statutory)

    def is_provisional(self, first: date, last: date) -> bool:
        """Say whether some day from first to last lies in a year without an official calendar."""
        return not self._official.issuperset(range(first.year, last.year + 1))

    def deadline(self, start: date, days: int) -> Deadline:
        """Return the N-th working day after the start, which is not counted (民法典 201)."""
        if days < 1:
            raise ValueError(f"a deadline is at least one working day away, not {days}")
        first = last = start + timedelta(days=1)
        left = days - self.is_workday(last)
        while left:
            last += timedelta(days=1)
            left -= self.is_workday(last)
        return Deadline(last, self.is_provisional(first, last))

    def moved(self, day: date) -> Deadline:
        """Return the day itself if it is worked, else the next working day (民法典 203)."""
        last = day
        while not self.is_workday(last):
            last += timedelta(days=1)
        return Deadline(last, self.is_provisional(day, last))

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days have passed: the start is not counted, the end is."""
        if end < start:
            raise ValueError(f"{end} is before {start}")
        return sum(map(self.is_workday, _days(start + timedelta(days=1), end)))

    @cached_property
    def _official(self) -> frozenset[int]:
        return frozenset(one.year for one in self.years)

    @cached_property
    def _made_up(self) -> frozenset[date]:
        return frozenset(day for one in self.years for day in one.makeup_workdays)

    @cached_property
    def _off(self) -> frozenset[date]:
        ranges = [each for one in self.years for each in one.holidays]
        return frozenset(day for each in ranges for day in _days(each.first, each.last))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
