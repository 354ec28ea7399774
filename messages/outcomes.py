"""Outcomes: what WeChat's answer to one letter means for its delivery, and for the others."""

from datetime import datetime

import structlog

from core import accounts
from core.accounts import Channel
from core.db import Writing
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from messages import writing
from messages.letters import Letter
from messages.wechat.errcodes import Action
from messages.wechat.errors import RefusedError, WeChatError
from messages.writing import Begun, Desk

log = structlog.get_logger()

# After these WeChat refuses everybody alike: go on later, and tell the operator.
STOPPING = frozenset({Action.REST, Action.TEMPLATE, Action.SETUP})
# After these nobody can be told just now, and it is nobody's own fault: no try is counted.
PAUSING = frozenset({Action.PAUSE, Action.RENEW})
_PLAIN = {
    Action.DONE: Verdict.ACCEPTED,
    Action.BUSY: Verdict.MAYBE_SENT,
    Action.LATER: Verdict.NOT_SENT,
}


def of_error(desk: Desk, one: Begun, *, error: WeChatError, pace: Pace, now: datetime) -> Outcome:
    """Say what a refusal or a failure means. Who has left is noted; it asks the database."""
    log.warning("wechat_refused", error=str(error), action=error.action)
    reason = str(error.errcode) if isinstance(error, RefusedError) else str(error)
    if error.action in _PLAIN:
        return Outcome(_PLAIN[error.action], reason=reason)
    if error.action in STOPPING | PAUSING:
        wait = pace.quota_wait if error.action in STOPPING else pace.outage_wait
        return Outcome(Verdict.NOT_SENT, reason=reason, again_at=now + wait)
    if error.action is Action.GONE and _left(desk, one, now=now):
        return Outcome(Verdict.NOT_SENT, reason=reason)  # the next try finds the app
    return Outcome(Verdict.NEVER, reason=reason)


def _left(desk: Desk, one: Begun, *, now: datetime) -> bool:
    """Note that somebody left the account; say whether they can be reached in the app."""
    if isinstance(one.made, Letter):
        gone = Channel.WECHAT, one.made.openid
        with Writing() as session:
            accounts.reachable(session, *gone, active=False, now=now)
    return bool(writing.devices_of(desk, one.delivery, now=now))
