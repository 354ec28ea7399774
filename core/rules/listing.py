"""Listing: which rules are in force on a day, not yet verified, or about to expire."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.rules.book import Rulebook, RuleKind
from core.rules.dated import Rule


class RuleState(StrEnum):
    """Which of the rules in force on a day are wanted."""

    IN_FORCE = "in_force"
    UNVERIFIED = "unverified"
    EXPIRING = "expiring"


@dataclass(frozen=True)
class Listed:
    """One rule in force on a day."""

    kind: RuleKind
    rule: Rule
    is_unverified: bool
    is_expiring: bool

    def is_in(self, state: RuleState) -> bool:
        """Say whether it is one of those wanted."""
        if state is RuleState.UNVERIFIED:
            return self.is_unverified
        return self.is_expiring or state is RuleState.IN_FORCE


def on(
    rules: Rulebook,
    day: date,
    *,
    kind: RuleKind | None = None,
    state: RuleState = RuleState.IN_FORCE,
) -> Sequence[Listed]:
    """List rules in force on a day, table by table, in the order of their tables."""
    held = (
        Listed(of, rule, rule.source_status == "unverified", rule.is_expiring(day))
        for of, rule in rules.every()
        if rule.in_force(day) and kind in (None, of)
    )
    return [one for one in held if one.is_in(state)]


def official_years(rules: Rulebook) -> Sequence[int]:
    """Return the years whose official calendar is known; deadlines in others are provisional."""
    return sorted(one.year for one in rules.workdays.years)
