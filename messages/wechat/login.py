"""Signing in with WeChat: who somebody is to our app or account, by the code that WeChat gave.

The call is made while the citizen waits and a web thread with them: it is short, and while WeChat
does not answer it is not made at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from messages.wechat.errors import RefusedError, UnreachableError
from messages.wechat.tokens import Credentials
from messages.wechat.wire import OFFICIAL, Wire

log = structlog.get_logger()

TIMEOUT = (1.0, 2.0)
_ADDRESS = f"{OFFICIAL}/sns/oauth2/access_token"
# The code is unknown, used, or missing: the citizen's app has to ask WeChat for another.
BAD_CODE = frozenset({40029, 40163, 41008})


class LoginRefusedError(Exception):
    """WeChat does not know this code, or not any more."""


class LoginAwayError(Exception):
    """WeChat cannot be asked now."""


@dataclass
class Breaker:
    """Lets nothing through for `rest` seconds after `most` failures in a row, then tries again."""

    clock: Callable[[], float]
    most: int = 3
    rest: float = 10.0
    failures: int = 0
    rests_until: float = float("-inf")

    def is_open(self) -> bool:
        """Say whether calls are to be spared just now."""
        return self.clock() < self.rests_until

    def failed(self) -> None:
        """Note a failure; from `most` on, each begins a rest."""
        self.failures += 1
        if self.failures >= self.most:
            self.rests_until = self.clock() + self.rest

    def succeeded(self) -> None:
        """Note that WeChat answers."""
        self.failures = 0


@dataclass(frozen=True)
class Named:
    """Whom WeChat names. One who reads a snapshot of a page has an openid that is nobody's."""

    openid: str
    is_snapshot: bool = False


@dataclass(frozen=True)
class Login:
    """One app on WeChat's open platform, or one official account."""

    app: Credentials = field(repr=False)
    wire: Wire
    breaker: Breaker = field(repr=False)

    def openid(self, code: str) -> str:
        """Return the openid behind a code. Raises LoginRefusedError, LoginAwayError."""
        return self.named(code).openid

    def named(self, code: str) -> Named:
        """Return whom a code names. Raises LoginRefusedError, LoginAwayError."""
        if self.breaker.is_open():
            raise LoginAwayError
        try:
            answer = self._ask(code)
        except RefusedError as error:
            self._judge(error)
            raise LoginRefusedError from None
        except UnreachableError as error:
            self._note(str(error))
            raise LoginAwayError from None
        if not isinstance(openid := answer.get("openid"), str) or not openid:
            self._note("no openid")
            raise LoginAwayError
        self.breaker.succeeded()
        return Named(openid, is_snapshot=answer.get("is_snapshotuser") == 1)

    def _ask(self, code: str) -> dict[str, object]:
        who = {"appid": self.app.appid, "secret": self.app.secret}
        asked = who | {"code": code, "grant_type": "authorization_code"}
        return self.wire.call("GET", _ADDRESS, params=asked)

    def _judge(self, error: RefusedError) -> None:
        if error.errcode not in BAD_CODE:
            self._note(f"errcode {error.errcode}")
            raise LoginAwayError from None
        self.breaker.succeeded()

    def _note(self, reason: str) -> None:
        # WeChat's own words might repeat the code; a number and the kind of failure do not.
        self.breaker.failed()
        log.warning("wechat_login_away", reason=reason)
