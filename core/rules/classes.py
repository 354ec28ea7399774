"""Classes (失信程度): what makes a penalty 轻微, 一般 or 严重."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.records import Severity
from core.rules.dated import Scoped


class Sum(StrEnum):
    """Which sum of money of a penalty a row looks at."""

    FINE = "fine"
    CONFISCATED = "confiscated"


@dataclass(frozen=True, kw_only=True)
class PenaltyClass(Scoped):
    """The class of some types of penalty; a row with a sum holds between its bounds in 万元."""

    types: tuple[str, ...]
    severity: Severity
    sum: Sum | None = None
    at_least_wan: Decimal | None = None
    below_wan: Decimal | None = None

    def holds(self, sums: Mapping[Sum, Decimal]) -> bool:
        """Say whether the sum lies within the bounds; an unknown sum lies nowhere."""
        if self.sum is None:
            return True
        given = sums.get(self.sum)
        if given is None or (self.at_least_wan is not None and given < self.at_least_wan):
            return False
        return self.below_wan is None or given < self.below_wan


@dataclass(frozen=True)
class Penalty:
    """What is asked of the rows: types and sums of a penalty, who decided, what about, when."""

    types: tuple[str, ...]
    sums: tuple[tuple[Sum, Decimal], ...]
    authority: str
    about: str
    on: date


def gravest(rows: Iterable[PenaltyClass], penalty: Penalty) -> PenaltyClass | None:
    """Return the row of the gravest type; None if some type has no class on that day."""
    known = [row for row in rows if row.in_force(penalty.on)]
    found = [_of_type(known, penalty, one) for one in penalty.types]
    classed = [row for row in found if row is not None]
    if not classed or len(classed) < len(found):
        return None
    order = list(Severity)
    return max(classed, key=lambda row: order.index(row.severity))


def _of_type(rows: Iterable[PenaltyClass], penalty: Penalty, type_: str) -> PenaltyClass | None:
    """Look at the rows that fit most closely; a more general one never stands in for them."""
    fitting = [
        (fit, row)
        for row in rows
        if type_ in row.types and (fit := row.fit(penalty.authority, penalty.about)) is not None
    ]
    closest = max((fit for fit, _ in fitting), default=None)
    held = (row for fit, row in fitting if fit == closest and row.holds(dict(penalty.sums)))
    return next(held, None)
