"""The walk over followers (user/get): ten thousand a page, within the calls of the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from core import followers
from core.db import Writing
from messages.wechat.client import CreditWeChat
from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError

log = structlog.get_logger()


@dataclass(frozen=True)
class Walked:
    """How far a walk came: followers seen and taken in since it began, and whether it is over."""

    seen: int
    added: int
    is_whole: bool


def walk(
    account: CreditWeChat,
    *,
    clock: Callable[[], datetime],
    most: int = followers.CALLS_A_DAY,
) -> Walked:
    """Walk on where the last walk stopped, until the end or until the day has had its calls.

    Raises WeChatError; what was walked until then is kept.
    """
    while (walked := _page(account, clock(), most)) is None:
        pass
    return walked


def _page(account: CreditWeChat, now: datetime, most: int) -> Walked | None:
    # One transaction a page; the row of the walk keeps a second walker waiting.
    with Writing() as session:
        one = followers.going_on(session, now=now)
        if not followers.may_call(session, one, now=now, most=most):
            return Walked(one.seen, one.added, is_whole=False)
        page = _asked(account, one.place)
        if page is None:
            return Walked(one.seen, one.added, is_whole=False)
        if openids := page.get("data", {}).get("openid", []):
            followers.take_in(session, one, openids, now=now)
            return None
        followers.end(one, now=now)
        return Walked(one.seen, one.added, is_whole=True)


def _asked(account: CreditWeChat, place: str) -> dict[str, Any] | None:
    """Ask for the page after a place; None if WeChat has had enough of us today."""
    try:
        page: dict[str, Any] = account.user.get_followers(place or None)
    except WeChatError as error:
        if error.action is Action.REST:
            log.warning("followers_quota")
            return None
        raise
    return page
