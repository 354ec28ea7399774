"""What each request brings: its instant, its language, its type size, and who asks."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import g, request

from bot.h5.errors import SignedOutError
from bot.h5.parts import Parts
from bot.h5.sessions import Kept
from core.preferences.looks import Look


@dataclass(frozen=True)
class Caller:
    """Who asks: an account in WeChat, and whom it was verified to be and to represent.

    `is_known` says that somebody, a person or an organisation, was verified.
    """

    account_id: int
    sign_in_id: int
    subject_id: int | None
    organisation: str | None
    fresh: bool
    is_known: bool


@dataclass
class Asking:
    """One request to these pages. `browser` ties forms and sign-ins to the one that began them.

    `unsure` is a session's id while nobody can say whose it is.
    """

    parts: Parts
    now: datetime
    request_id: str
    language: str
    is_large: bool
    browser: str | None
    is_browser_new: bool = False
    token: str | None = None
    kept: Kept | None = None
    who: Caller | None = None
    unsure: str | None = None

    def look(self, held: Look | None) -> None:
        """Set the page as its reader has said they read, where the address does not say it."""
        if held is not None and not is_look_asked():
            self.language, self.is_large = held.language.value, held.is_large

    @property
    def caller(self) -> Caller:
        """Return who asks. Raises SignedOutError."""
        if self.who is None:
            raise SignedOutError
        return self.who

    def browser_id(self) -> str:
        """Return the id of this browser, made when it is first asked for."""
        if self.browser is None:
            self.browser, self.is_browser_new = secrets.token_urlsafe(32), True
        return self.browser

    def proof(self) -> str:
        """Return the proof that a form of this page must carry."""
        return proof_of(self.token or self.unsure or self.browser_id())


def proof_of(secret: str) -> str:
    """Return the proof that only whoever knows a secret of a browser can make."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def is_look_asked() -> bool:
    """Say whether the address in hand says how somebody likes to read."""
    return bool(request.args.keys() & {"type", "language"})


def begin(asking: Asking) -> None:
    """Hold what a request brought for as long as it is answered."""
    g.at_h5 = asking


def current() -> Asking:
    """Return what the request in hand brought."""
    return cast("Asking", g.at_h5)
