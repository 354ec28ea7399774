"""Subscribing (订阅通知): WeChat's own tag on a page, which works only where its JS-SDK does."""

import secrets
from collections.abc import Collection

from flask import request

from bot.h5 import asking
from core import accounts, subscriptions
from core.db import Writing
from messages.wechat.jssdk import signature


def offered() -> dict[str, str] | None:
    """Return what the page in hand needs for the tag; None where it cannot be offered."""
    here = asking.current()
    given = here.parts.subscribing
    ticket = given.ticket() if given and given.templates else None
    if given is None or ticket is None:
        return None
    nonce, timestamp = secrets.token_hex(8), int(here.now.timestamp())
    url = f"{here.parts.public_url}{request.full_path.removesuffix('?')}"
    return {
        "appid": given.appid,
        "templates": ",".join(given.templates),
        "sdk": given.sdk,
        "nonce": nonce,
        "timestamp": str(timestamp),
        "signature": signature(ticket, nonce=nonce, timestamp=timestamp, url=url),
    }


def hint(account_id: int, agreed: Collection[str]) -> None:
    """Note what a page says somebody agreed to: WeChat tells of it only the first time."""
    here = asking.current()
    offers = here.parts.subscribing.templates if here.parts.subscribing else ()
    with Writing() as session:
        openid = accounts.openid_of(session, account_id)
        for template in offers if openid else ():
            if openid and template in agreed:
                subscriptions.hint(session, openid, template, now=here.now)
