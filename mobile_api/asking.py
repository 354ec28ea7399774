"""What each request brings: an id to ask about, its instant, the language of its answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import g

from mobile_api.parts import Parts


@dataclass(frozen=True)
class Asking:
    """One request to this door."""

    parts: Parts
    now: datetime
    request_id: str
    language: str


def begin(asking: Asking) -> None:
    """Hold what a request brought for as long as it is answered."""
    g.asking = asking
    g.request_id = asking.request_id  # the log of every door names a request by it


def has_begun() -> bool:
    """Say whether the request in hand came to this door."""
    return "asking" in g


def current() -> Asking:
    """Return what the request in hand brought."""
    return cast("Asking", g.asking)
