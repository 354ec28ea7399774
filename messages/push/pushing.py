"""Pushing: one hint sent, and what its outcome means for the delivery."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from core import installations
from core.db import Writing
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from core.vault import Vault
from messages.push.errors import Doing, PushError
from messages.push.jpush import Hint, JPush

log = structlog.get_logger()


@dataclass(frozen=True)
class Pushing:
    """What pushes need: the provider, and what opens the tokens of devices."""

    jpush: JPush
    vault: Vault


def send(push: Pushing | None, hint: Hint, *, pace: Pace, clock: Callable[[], datetime]) -> Outcome:
    """Send a hint and say what came of it. The provider sends no receipts."""
    if push is None:
        return Outcome(Verdict.NEVER, reason="no_provider")
    try:
        return Outcome(Verdict.DELIVERED, msgid=f"jpush:{push.jpush.send(hint)}")
    except PushError as error:
        log.warning("push_refused", error=str(error), doing=error.doing.name)
        return _after(hint, error, pace=pace, now=clock())


def _after(hint: Hint, error: PushError, *, pace: Pace, now: datetime) -> Outcome:
    reason = f"push {error}"
    waits: dict[Doing, timedelta] = {Doing.PAUSE: pace.outage_wait, Doing.SETUP: pace.quota_wait}
    if error.doing in waits:
        return Outcome(Verdict.NOT_SENT, reason=reason, again_at=now + waits[error.doing])
    if error.doing is Doing.UNSURE:
        return Outcome(Verdict.MAYBE_SENT, reason=reason)
    if error.doing is Doing.REFUSED:
        return Outcome(Verdict.NEVER, reason=reason)
    with Writing() as session:
        installations.gone(session, [one.id for one in hint.devices if one.token in error.tokens])
    return Outcome(Verdict.NOT_SENT, reason=reason)
