"""Standings: what is counted against a budget, and how somebody stands with it."""

from dataclasses import dataclass

from limits import RateLimitItem


@dataclass(frozen=True)
class Standing:
    """Where somebody stands: of how many requests in how many seconds, how many are left.

    `reset` is in how many seconds there will be more.
    """

    per: str
    amount: int
    seconds: int
    left: int
    reset: int
    is_over: bool


@dataclass(frozen=True)
class Count:
    """One request to count: against which budget of whom."""

    per: str
    item: RateLimitItem
    whose: str
