"""What each request brings: its instant, its id, and who of the staff asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import g

from console.pages import Page
from console.parts import Parts
from console.sessions import Kept
from core.staff.members import Staff


@dataclass
class Asking:
    """One request to this door; `staff`, `kept` and `token` are there once the guard let it in."""

    parts: Parts
    now: datetime
    request_id: str
    pages: tuple[Page, ...] = ()
    staff: Staff | None = None
    kept: Kept | None = None
    token: str | None = None


def begin(asking: Asking) -> None:
    """Hold what a request brought for as long as it is answered."""
    g.at_console = asking


def has_begun() -> bool:
    """Say whether the request in hand came to this door."""
    return "at_console" in g


def current() -> Asking:
    """Return what the request in hand brought."""
    return cast("Asking", g.at_console)
