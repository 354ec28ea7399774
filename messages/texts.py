"""Text messages (短信): the gateway that sends them, and the sending of codes that wait."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import requests
import structlog

from core import codes
from core.codes import LIFE, Text
from core.db import Writing
from core.vault import Vault
from messages import wording

log = structlog.get_logger()

BATCH = 20
# Well inside the life of a code, and longer than the gateway may take to answer.
_LEASE = timedelta(seconds=20)
_REFUSED = frozenset({400, 422})


class TextRefusedError(Exception):
    """The gateway will never send this; the text is its reason, a code."""


class GatewayAwayError(Exception):
    """The gateway did not answer, or cannot send now; the text names no number."""


@dataclass(frozen=True)
class Gateway:
    """One provider of text messages: a POST for each, told apart by a key of ours.

    A provider with another protocol gets another class with this method.
    """

    base: str
    key: str = field(repr=False)
    timeout: tuple[float, float] = (3.05, 5.0)
    http: requests.Session = field(default_factory=requests.Session)

    def send(self, key: str, number: str, text: str) -> None:
        """Have a message sent, once whatever happens. Raises TextRefusedError, GatewayAwayError."""
        body = {"id": key, "to": f"+86{number}", "text": text}
        bearer = {"Authorization": f"Bearer {self.key}"}
        address = f"{self.base}/messages"
        try:
            reply = self.http.post(address, json=body, headers=bearer, timeout=self.timeout)
        except requests.RequestException as error:
            raise GatewayAwayError(type(error).__name__) from None
        if reply.status_code in _REFUSED:
            raise TextRefusedError(f"HTTP {reply.status_code}")
        if not reply.ok:
            raise GatewayAwayError(f"HTTP {reply.status_code}")


@dataclass(frozen=True)
class Texting:
    """What sending needs."""

    gateway: Gateway
    vault: Vault
    clock: Callable[[], datetime]


def send_codes(texting: Texting, *, until: datetime) -> None:
    """Send the codes that wait, until none does, the gateway is away, or the time is over."""
    while texting.clock() < until:
        with Writing() as session:
            waiting = codes.lease(
                session, texting.vault, limit=BATCH, now=texting.clock(), lease=_LEASE
            )
        if not waiting or not all(_send(texting, text) for text in waiting):
            return


def _send(texting: Texting, text: Text) -> bool:
    try:
        texting.gateway.send(text.key, text.number, _worded(text))
    except GatewayAwayError as error:
        log.warning("sms_gateway_away", reason=str(error))
        return False  # what was not sent falls due again
    except TextRefusedError as error:
        log.warning("sms_refused", code_id=text.id, reason=str(error))
    with Writing() as session:
        codes.sent(session, text.id)
    return True


def _worded(text: Text) -> str:
    words: dict[str, str] = wording.SMS[text.language].CODES
    minutes = int(LIFE.total_seconds() // 60)
    return words[text.purpose].format(code=text.code, minutes=minutes)
