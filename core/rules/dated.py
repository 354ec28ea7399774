"""Dated rules (有时效的规则): what each row of law has, whatever it rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar, TypeVar

from core.workdays import SourceStatus

_REMEMBERED = 8192
_A_DAY = timedelta(days=1)
SOON = timedelta(days=90)  # how long before its end a rule is shown as about to expire


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row: its name, from when to when it is in force (both days included), who says so.

    `source_status` says whether the text itself was read, only a page about it, or nothing yet.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    name: str
    effective_from: date
    effective_to: date | None = None
    citation: str
    source_status: SourceStatus

    def in_force(self, on: date) -> bool:
        """Say whether this row is in force on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def is_expiring(self, on: date) -> bool:
        """Say whether this row is in force on a day and soon no longer."""
        return self.in_force(on) and self.effective_to is not None and self.effective_to - on < SOON


@dataclass(frozen=True, kw_only=True)
class Scoped(Rule):
    """A row for some authorities (by a part of their names), or for what a decision is about.

    One of the words is enough. Without any, the row is general, and a specific one beats it.
    """

    authorities: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    def fit(self, authority: str, about: str) -> tuple[int, int] | None:
        """Say how closely this row fits, by the longest word found; None if it does not."""
        if not self.authorities and not self.about:
            return 0, 0
        found = (
            _longest(self.authorities, authority) if self.authorities else 0,
            _longest(self.about, about) if self.about else 0,
        )
        return found if any(found) else None


@lru_cache(_REMEMBERED)  # a file's rows say the same names and words again and again
def _longest(words: tuple[str, ...], text: str) -> int:
    return max((len(word) for word in words if word in text), default=0)


AnyRule = TypeVar("AnyRule", bound=Rule)


def turns(rules: Iterable[Rule]) -> tuple[date, ...]:
    """Return the days, in order, on which a row comes into force or has just ended."""
    rows = list(rules)
    ended = {row.effective_to + _A_DAY for row in rows if row.effective_to}
    return tuple(sorted(ended | {row.effective_from for row in rows}))


def since(rule: Rule) -> date:
    """Return the first day on which a row is in force."""
    return rule.effective_from


def in_force(rules: Iterable[AnyRule], on: date) -> AnyRule | None:
    """Return the first row in force on a day."""
    return next((rule for rule in rules if rule.in_force(on)), None)
