"""The two pools of access tokens, which know nothing of one another."""

import secrets
from dataclasses import dataclass
from datetime import date

from sandbox.days import day
from sandbox.errors import Json, RefusalError
from sandbox.options import Options

LIFE = 7200
OVERLAP = 300
FORCE_EVERY = 30
FORCE_A_DAY = 20
SHORTEST = 64


@dataclass
class Token:
    """One token: how long it lives, and how long it is accepted."""

    value: str
    expires_at: float
    valid_until: float


class Pool:
    """The tokens of one kind; the last issued is the one that counts."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.issued: dict[str, Token] = {}
        self.current: Token | None = None

    def issue(self, overlap: float) -> Token:
        """Issue a token; the former one is accepted for the overlap only."""
        now = self.options.now()
        if self.current:
            self.current.valid_until = min(self.current.expires_at, now + overlap)
        expires_at = now + self.options.paced(LIFE)
        self.current = Token(f"50_{secrets.token_urlsafe(90)}", expires_at, expires_at)
        self.issued[self.current.value] = self.current
        return self.current


class Tokens:
    """Both pools, and the check that every call passes."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.legacy = Pool(options)
        self.stable = Pool(options)
        self.forced_at = float("-inf")
        self.forced: tuple[date, int] = (day(options), 0)

    def fetch_legacy(self) -> Json:
        """Issue a legacy token; the former lives on for five minutes."""
        return self._answer(self.legacy.issue(self.options.paced(OVERLAP)))

    def fetch_stable(self, *, force: bool) -> Json:
        """Return the stable token, renewed shortly before its end or when forced."""
        if force and self._may_force():
            return self._answer(self.stable.issue(0))
        token, overlap = self.stable.current, self.options.paced(OVERLAP)
        if token is None or token.expires_at - self.options.now() < overlap:
            token = self.stable.issue(overlap)
        return self._answer(token)

    def steal(self, pool: str) -> None:
        """Refresh as a stranger with the same secret would: what we hold is void at once."""
        (self.legacy if pool == "legacy" else self.stable).issue(0)

    def check(self, value: str) -> None:
        """Refuse a token that is missing, malformed, superseded or too old."""
        if not value:
            raise RefusalError(41001)
        token = self.stable.issued.get(value) or self.legacy.issued.get(value)
        if token is None:
            raise RefusalError(40001 if len(value) >= SHORTEST else 40014)
        now = self.options.now()
        if now >= token.expires_at:
            raise RefusalError(42001)
        if now >= token.valid_until:
            raise RefusalError(40001)

    def _may_force(self) -> bool:
        now, today = self.options.now(), day(self.options)
        if now - self.forced_at < self.options.paced(FORCE_EVERY):
            return False
        used = self.forced[1] if self.forced[0] == today else 0
        if used >= FORCE_A_DAY:
            raise RefusalError(45009)
        self.forced_at, self.forced = now, (today, used + 1)
        return True

    def _answer(self, token: Token) -> Json:
        left = round(token.expires_at - self.options.now())
        return {"access_token": token.value, "expires_in": left}
