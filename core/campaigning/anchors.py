"""Anchors: the days of the year that campaigns are planned around; config brings them, dated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.workdays import SourceStatus


@dataclass(frozen=True)
class Anchor:
    """One day or month of the year, since when it is one, and who said so."""

    code: str
    name: str
    month: int
    day: int
    days: int
    effective_from: date
    citation: str
    source_status: SourceStatus
    effective_to: date | None = None

    def next(self, today: date) -> date | None:
        """Return when it begins next, if it still will."""
        for year in (today.year, today.year + 1):
            begins = date(year, self.month, self.day)
            is_in_force = self.effective_to is None or begins <= self.effective_to
            if begins >= max(today, self.effective_from) and is_in_force:
                return begins
        return None


def coming(anchors: Iterable[Anchor], today: date) -> list[tuple[date, Anchor]]:
    """List the anchors by when they begin next."""
    dated = [(begins, one) for one in anchors if (begins := one.next(today))]
    return sorted(dated, key=lambda each: (each[0], each[1].code))
