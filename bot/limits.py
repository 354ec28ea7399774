"""Rate limits of the pages: how often one address, browser or account may ask; all in one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from limits import RateLimitItem, parse

from core import privacy
from messages.limiting import addresses
from messages.limiting.standings import Count
from messages.limiting.windows import Windows


class Budget(StrEnum):
    """What is asked for; each has budgets of its own."""

    PAGE = "page"
    SEARCH = "search"
    CODE = "code"
    SIGN_IN = "sign_in"
    WRITE = "write"
    IDENTITY = "identity"


# A mobile network shows thousands of phones behind one address: those budgets must be wide, but
# for codes that one may try to guess. Who keeps no cookie is counted by address alone.
BUDGETS: dict[Budget, dict[str, RateLimitItem]] = {
    Budget.PAGE: {"address": parse("1200/minute"), "account": parse("240/minute")},
    Budget.SEARCH: {"address": parse("600/minute"), "browser": parse("60/minute")},
    Budget.CODE: {"address": parse("60/minute")},
    Budget.SIGN_IN: {"address": parse("240/minute"), "browser": parse("20/minute")},
    Budget.WRITE: {"account": parse("30/minute")},
    Budget.IDENTITY: {"account": parse("20/minute")},
}


class TooOftenError(Exception):
    """Somebody asks too often; `wait` says in how many seconds there will be more."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass(frozen=True)
class Limits:
    """What counts. `key` hides from Redis who asked."""

    windows: Windows | None
    key: bytes

    @property
    def is_away(self) -> bool:
        """Say whether Redis is away, so that this process counts by itself."""
        return self.windows is not None and self.windows.is_away

    def take(self, what: Budget, whose: Mapping[str, object]) -> None:
        """Count a request against the budgets of what it asks for. Raises TooOftenError.

        `whose` names an address, a browser, an account: those that are known.
        """
        counts = [
            Count(f"h5:{what}:{per}", item, self._hidden(what, per, whose[per]))
            for per, item in BUDGETS[what].items()
            if whose.get(per)
        ]
        if self.windows is None or not counts:
            return
        over = [one.reset for one in self.windows.count(counts) if one.is_over]
        if over:
            raise TooOftenError(max(over))

    def _hidden(self, what: Budget, per: str, whose: object) -> str:
        known = addresses.counted(str(whose)) if per == "address" else whose
        return privacy.proof(self.key, "h5", what, per, known)


UNLIMITED = Limits(None, b"")
