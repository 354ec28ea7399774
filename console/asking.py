"""What each request brings: its instant, its id, and who of the staff asks."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import g

from console.errors import SignedOutError
from console.pages import Page
from console.parts import Parts
from console.sessions import Kept
from core.staff.members import Staff


@dataclass(frozen=True)
class Held:
    """A session that is good: whose it is, what is kept of it, and the id that opens it."""

    staff: Staff
    kept: Kept
    token: str


@dataclass
class Asking:
    """One request to this door; `held` is there once the guard let it in.

    `form` ties the forms of somebody who is not signed in to their browser.
    """

    parts: Parts
    now: datetime
    request_id: str
    pages: tuple[Page, ...] = ()
    held: Held | None = None
    form: str | None = None
    is_form_new: bool = False

    @property
    def session(self) -> Held:
        """Return the session in hand. Raises SignedOutError."""
        if self.held is None:
            raise SignedOutError
        return self.held

    @property
    def staff(self) -> Staff | None:
        """Return who asks, if that is known."""
        return self.held.staff if self.held else None

    def form_proof(self) -> str:
        """Return the proof of a form without a session, made when it is first asked for."""
        if self.form is None:
            self.form, self.is_form_new = secrets.token_urlsafe(32), True
        return self.form


def begin(asking: Asking) -> None:
    """Hold what a request brought for as long as it is answered."""
    g.at_console = asking


def has_begun() -> bool:
    """Say whether the request in hand came to this door."""
    return "at_console" in g


def current() -> Asking:
    """Return what the request in hand brought."""
    return cast("Asking", g.at_console)
