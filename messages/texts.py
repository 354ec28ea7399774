"""Text messages (短信): the gateway that sends them, and the sending of codes that wait."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import requests
import structlog

from core import codes
from core.codes import LIFE, Text
from core.db import Writing
from core.vault import Vault
from messages import wording
from messages.wechat.wire import was_never_sent

log = structlog.get_logger()

BATCH = 20
# Well inside the life of a code, and longer than the gateway may take to answer.
_LEASE = timedelta(seconds=20)
_REFUSED = frozenset({400, 422})
_BUSY = frozenset({408, 425, 429})
_BROKEN = 500


class TextRefusedError(Exception):
    """The gateway will never send this; the text is its reason, a code."""


class GatewayAwayError(Exception):
    """The gateway did not answer, or answers us no more; the text names no number."""

    def __init__(self, reason: str, *, never_sent: bool = False) -> None:
        super().__init__(reason)
        self.never_sent = never_sent


class TextDelayedError(Exception):
    """The gateway answered that it cannot send this now; the text names no number."""


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
        """Have a message sent, once whatever happens.

        Raises TextRefusedError, TextDelayedError, GatewayAwayError.
        """
        body = {"id": key, "to": f"+86{number}", "text": text}
        bearer = {"Authorization": f"Bearer {self.key}"}
        address = f"{self.base}/messages"
        try:
            reply = self.http.post(address, json=body, headers=bearer, timeout=self.timeout)
        except requests.RequestException as error:
            kept = was_never_sent(error)
            raise GatewayAwayError(type(error).__name__, never_sent=kept) from None
        if reply.status_code in _REFUSED:
            raise TextRefusedError(f"HTTP {reply.status_code}")
        if reply.status_code in _BUSY or reply.status_code >= _BROKEN:
            raise TextDelayedError(f"HTTP {reply.status_code}")
        if not reply.ok:  # it knows us no more: that holds for every message
            raise GatewayAwayError(f"HTTP {reply.status_code}", never_sent=True)


@dataclass(frozen=True)
class Texting:
    """What sending needs."""

    gateway: Gateway
    vault: Vault
    clock: Callable[[], datetime]


def send_codes(texting: Texting, *, until: datetime) -> None:
    """Send the codes that wait, until none does, the gateway is away, or the time is over.

    What the gateway cannot send now keeps nobody else waiting: it falls due again.
    """
    went_well = True
    while went_well and texting.clock() < until:
        now = texting.clock()
        with Writing() as session:
            waiting = codes.lease(session, texting.vault, limit=BATCH, now=now, lease=_LEASE)
        went_well = bool(waiting) and _send_each(texting, waiting, until=now + _LEASE)


def _send_each(texting: Texting, waiting: Sequence[Text], *, until: datetime) -> bool:
    """Send what is leased while the lease lasts; say whether all went."""
    went = 0
    for text in waiting:
        if texting.clock() >= until:
            break
        try:
            went += _send(texting, text)
        except GatewayAwayError as error:
            log.warning("sms_gateway_away", reason=str(error))
            break
    return went == len(waiting)


def _send(texting: Texting, text: Text) -> bool:
    try:
        texting.gateway.send(text.key, text.number, _worded(text))
    except TextDelayedError as error:
        log.warning("sms_delayed", code_id=text.id, reason=str(error))
        return False
    except TextRefusedError as error:
        log.warning("sms_refused", code_id=text.id, reason=str(error))
    with Writing() as session:
        codes.sent(session, text.id)
    return True


def _worded(text: Text) -> str:
    words: dict[str, str] = wording.SMS[text.language].CODES
    minutes = int(LIFE.total_seconds() // 60)
    return words[text.purpose].format(code=text.code, minutes=minutes)
