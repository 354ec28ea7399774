"""Purses: part of a wide budget, counted in Redis ahead and then spent in this process.

What is in a purse has been counted already, so all processes together let pass no more than was
counted; they ask Redis once in many requests. As it may be spent a little later than it is counted,
a minute may see one purse of each process more than the budget, a fortieth of it, and never more. A
purse is filled only while more than half of a budget is left, and what is not spent soon is lost:
towards its end every budget is counted one by one. Narrow budgets always are.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from limits import RateLimitItem

from messages.limiting.standings import Count, Standing

_SHARE = 40  # of a budget, the part that one purse holds
_LASTS = 4  # of a window, the part after which a purse is empty
_MOST = 10_000  # purses: an attacker's many addresses must not fill our memory


@dataclass
class _Purse:
    held: int
    standing: Standing
    filled: float


class Purses:
    """The purses of a process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._purses: dict[tuple[str, int, str], _Purse] = {}

    def spend(self, one: Count) -> Standing | None:
        """Pay for a request; None says that it must be counted in Redis."""
        now = self._clock()
        with self._lock:
            purse = self._purses.get(_key(one))
            if purse is None or purse.held == 0 or now >= purse.filled + _lasts(one.item):
                return None
            purse.held -= 1
            left = purse.standing.left + purse.held
            reset = max(1, ceil(purse.standing.reset - (now - purse.filled)))
            return replace(purse.standing, left=left, reset=reset)

    def wants(self, one: Count) -> int:
        """Say how much to count at once: for whoever has much left, some requests ahead."""
        with self._lock:
            purse = self._purses.get(_key(one))
            is_rich = purse is not None and purse.standing.left > one.item.amount / 2
            is_old = purse is None or self._clock() >= purse.filled + one.item.get_expiry()
            return max(1, one.item.amount // _SHARE) if is_rich and not is_old else 1

    def fill(self, one: Count, counted: int, standing: Standing) -> Standing:
        """Keep what was counted ahead of the request in hand; return where its asker stands."""
        held = 0 if standing.is_over else counted - 1
        if one.item.amount >= 2 * _SHARE:
            with self._lock:
                if len(self._purses) >= _MOST:
                    self._purses.clear()
                self._purses[_key(one)] = _Purse(held, standing, self._clock())
        return replace(standing, left=standing.left + held)


def _key(one: Count) -> tuple[str, int, str]:
    return one.per, one.item.amount, one.whose


def _lasts(item: RateLimitItem) -> float:
    return item.get_expiry() / _LASTS
