"""Where somebody may be sent: a page of ours, and nowhere else; and where a list goes on."""

import re
from collections.abc import Iterable
from datetime import date

from flask import request

PREFIX = "/h5"
HOME = f"{PREFIX}/"
# A path of ours: no other host (//), no backslash, no control character, no query but a district.
_LOCAL = re.compile(r"(?!.*(?://|\.\.))/h5/[A-Za-z0-9/_.~-]{0,200}(?:\?district=[0-9]{6})?")
_AFTER = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([1-9][0-9]{0,17})")
_EVIDENCE = re.compile(r"[0-9a-f]{32}")
_ID = re.compile(r"[1-9][0-9]{0,17}")


def local(place: str | None, other: str = HOME) -> str:
    """Return the place if it is a page of ours, else another."""
    return place if place and _LOCAL.fullmatch(place) else other


def read_after() -> tuple[date, int] | None:
    """Return where a list ordered by day goes on, as the address in hand says."""
    found = _AFTER.fullmatch(request.args.get("after", ""))
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1]), int(found[2])
    except ValueError:
        return None


def written(place: tuple[date, int] | None) -> str | None:
    """Write where a list goes on."""
    return f"{place[0].isoformat()}.{place[1]}" if place else None


def read_id(text: str | None) -> int | None:
    """Return the number of a row, or None for what is none."""
    return int(text) if text and _ID.fullmatch(text) else None


def read_evidence(ids: Iterable[str]) -> tuple[str, ...]:
    """Return what can be the ids of files, each once."""
    return tuple(dict.fromkeys(one for one in ids if _EVIDENCE.fullmatch(one)))
