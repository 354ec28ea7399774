"""Notes (短信提醒): a notice as a text message: neutral, signed, only to who asked for it."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from core.outbox.deliveries import Way
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from core.vault import Vault
from messages import wording
from messages.letters import Draft
from messages.texts import Gateway, GatewayAwayError, TextDelayedError, TextRefusedError

log = structlog.get_logger()


@dataclass(frozen=True)
class Noting:
    """What text messages need: the gateway, and what opens numbers."""

    gateway: Gateway
    vault: Vault


@dataclass(frozen=True)
class Note:
    """A text message ready to go; `key` tells the gateway a repeated try."""

    number: str
    text: str
    key: str
    way: Way = Way.SMS


def write(drafted: Draft, key: tuple[int, int], number: str) -> Note:
    """Put a draft into a text message."""
    return Note(number, worded(drafted.title, drafted.stamp, drafted.language), _key(key))


def worded(title: str, stamp: str, language: str) -> str:
    """Say in a text message that there is something to read."""
    words = wording.NOTICES[language]
    said: str = words.SIGNED.format(text=words.TEXT.format(title=title, code=stamp))
    return said


def send(noting: Noting | None, note: Note, *, now: datetime, pace: Pace) -> Outcome:
    """Send a text message and say what came of it. The gateway sends no receipts."""
    if noting is None:
        return Outcome(Verdict.NEVER, reason="no_gateway")
    try:
        noting.gateway.send(note.key, note.number, note.text)
    except TextRefusedError as error:
        return Outcome(Verdict.NEVER, reason=f"sms {error}")
    except TextDelayedError as error:
        return Outcome(Verdict.NOT_SENT, reason=f"sms {error}")
    except GatewayAwayError as error:
        log.warning("sms_gateway_away", reason=str(error))
        # Without an answer it may have been sent; what is unsure is never told another way.
        if error.never_sent:
            again = now + pace.outage_wait
            return Outcome(Verdict.NOT_SENT, reason=f"sms {error}", again_at=again)
        return Outcome(Verdict.MAYBE_SENT, reason=f"sms {error}")
    return Outcome(Verdict.DELIVERED, msgid=f"sms:{note.key}")


def _key(key: tuple[int, int]) -> str:
    return f"notice-{key[0]}-{key[1]}"
