"""What WeChat tells us of a citizen's rights over what it gave us (个人信息保护法 15, 47).

Of WeChat's own data about a person we hold the openid alone, and what hangs on it.
"""

from datetime import datetime

import structlog

from bot.envelope import Push
from core import accounts, leaving, sessions
from core.account_errors import OpenCasesError
from core.accounts import Channel
from core.audit import trail
from core.audit.trail import Act
from core.db import Writing
from core.preferences import looks
from core.preferences.looks import Look
from core.sign_ins import Ending, Platform

log = structlog.get_logger()


def whose(push: Push) -> str:
    """Return the openid that such an event is about: it has a field of its own."""
    fields = push.fields
    return fields.get("OpenID") or fields.get("openid") or push.sender


def cancelled(openid: str, *, now: datetime) -> None:
    """Delete the account of whoever deleted theirs at WeChat.

    While a case is open its owner is needed for it (no deletion while the law has us keep it):
    then nothing is sent to WeChat any more, and the case goes on in the app.
    """
    try:
        with Writing() as session:
            if account := accounts.known_at(session, Channel.WECHAT, openid):
                leaving.leave(session, account, now=now)
    except OpenCasesError:
        log.info("leaving_waits_for_cases")
        with Writing() as session:
            accounts.reachable(session, Channel.WECHAT, openid, active=False, now=now)


def revoked(openid: str, *, now: datetime) -> None:
    """Note in the trail that what WeChat gave us was taken back, or changed.

    Whoever is signed in to our pages by WeChat's word is so no longer; how they read is forgotten.
    """
    with Writing() as session:
        if account := accounts.known_at(session, Channel.WECHAT, openid):
            named = f"account:{account}"
            trail.note(session, Act(named, "self", "revoke", named), now=now)
            sessions.end_on(session, account, Platform.WECHAT, why=Ending.REVOKED, now=now)
            looks.say(session, account, **Look()._asdict(), now=now)
