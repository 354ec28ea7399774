"""Removing messages to many at WeChat, one call after the other."""

from functools import partial

from core.campaigning import removing
from core.db import Writing
from messages.mass_calls import Counter
from messages.wechat import mass
from messages.wechat.client import CreditWeChat
from messages.wechat.endpoints import REMOVAL
from messages.wechat.errcodes import Action
from messages.wechat.errors import SPENT, RefusedError, SpentError, WeChatError

_REFUSING = frozenset({Action.FAULT, Action.NEVER, Action.GONE, Action.NOTHING})
_RESTING = frozenset({Action.REST, Action.SETUP})


def step(wechat: CreditWeChat, calls: Counter) -> bool:
    """Remove the next message; say whether there was one."""
    with Writing() as session:
        one = removing.lease(session, now=calls.clock(), pace=calls.pace)
    if one is None:
        return False
    try:
        calls.make(REMOVAL, partial(mass.delete, wechat, one.msg_id))
    except WeChatError as error:
        _refused(one, error, calls)
        return True
    with Writing() as session:
        removing.settle(session, one, None)
    return True


def _refused(one: removing.Unwanted, error: WeChatError, calls: Counter) -> None:
    reason = str(error.errcode) if isinstance(error, RefusedError) else "unreachable"
    with Writing() as session:
        if isinstance(error, SpentError):
            removing.later(session, str(SPENT), error.until)
        elif error.action in _REFUSING:
            removing.settle(session, one, reason)
        else:
            rests = error.action in _RESTING
            wait = calls.pace.quota_wait if rests else calls.pace.mass_wait
            removing.later(session, reason, calls.clock() + wait)
