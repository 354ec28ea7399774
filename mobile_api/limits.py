"""Rate limits: how often one address, device, account or key may ask; all budgets in one table."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, request
from limits import RateLimitItem, parse

from core import privacy
from messages.limiting import addresses
from messages.limiting.standings import Count, Standing
from mobile_api import asking, callers
from mobile_api.problems import DoorError

# A mobile network shows thousands of phones behind one address: that budget must be wide.
BUDGETS = {
    "address": parse("1200/minute"),
    "device": parse("240/minute"),
    "account": parse("240/minute"),
    "key": parse("600/minute"),
    "institution": parse("1200/minute"),
}
# For whoever looks something up by a code that one may try to guess.
GUESSES = "60/minute"
# For what makes us ask somebody else, who is slow and counts too.
ASKS_ELSEWHERE = "20/minute"
# The budgets of single views, as they write them.
OF_VIEWS: dict[str, RateLimitItem] = {}
DEVICE = "X-Installation-Id"
_DEVICE = re.compile(r"[A-Za-z0-9_-]{8,64}")

_View = Callable[..., Any]


def admit() -> None:
    """Count the request in hand against its address and its device. Raises DoorError."""
    counts = [_count("address", BUDGETS["address"], _address())]
    if device := request.headers.get(DEVICE):
        if not _DEVICE.fullmatch(device):
            raise DoorError("bad_header", faults=[(DEVICE, "id")])
        counts.append(_count("device", BUDGETS["device"], device))
    _take(counts)


def count(whose: object) -> None:
    """Count the request in hand against every budget of whoever asks. Raises DoorError."""
    _take([_count(per, BUDGETS[per], whose) for per, whose in callers.counted(whose)])


def at_most(budget: str, *, per: str) -> Callable[[_View], _View]:
    """Give a view a budget of its own ("10/minute"), per address, device or account.

    Per account it stands right below what says who asks.
    """
    OF_VIEWS[budget] = parse(budget)

    def limited(view: _View) -> _View:
        @wraps(view)
        def counted(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
            whose = _whose(per, arguments[0] if arguments else None)
            _take([_count(per, OF_VIEWS[budget], f"{request.endpoint} {whose}")])
            return view(*arguments, **named)

        return counted

    return limited


def tell(response: Response) -> None:
    """Say how much is left of the budget that is nearest its end (draft RateLimit fields)."""
    held: Standing | None = g.get("standing")
    if held is not None:
        response.headers["RateLimit-Policy"] = f'"{held.per}";q={held.amount};w={held.seconds}'
        response.headers["RateLimit"] = f'"{held.per}";r={held.left};t={held.reset}'


def _take(counts: list[Count]) -> None:
    windows = asking.current().parts.windows
    if windows is None:
        return
    standings = windows.count(counts)
    held = g.get("standing")
    g.standing = min([held, *standings] if held else standings, key=lambda one: one.left)
    over = [one for one in standings if one.is_over]
    if over:
        g.standing = max(over, key=lambda one: one.reset)
        raise DoorError("too_many_requests", {"Retry-After": str(g.standing.reset)})


def _count(per: str, item: RateLimitItem, whose: str) -> Count:
    # Redis keeps no address and no device: only what we alone can derive from one.
    return Count(per, item, privacy.proof(asking.current().parts.cursor_key, "limits", per, whose))


def _whose(per: str, caller: object) -> str:
    if per == "account":
        return callers.name(caller)
    return (per == "device" and request.headers.get(DEVICE)) or _address()


def _address() -> str:
    return addresses.counted(request.remote_addr)
