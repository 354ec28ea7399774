"""An office with all ways, somebody whom all of them reach, and what came out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from core import phones, subscriptions
from core.db import Writing
from core.outbox.deliveries import Way
from core.preferences import choices
from core.preferences.choices import Preferences
from core.preferences.kinds import NoticeKind, Outlet
from messages.ledger import Ledger
from messages.notes import Noting
from messages.texts import Gateway
from messages.wechat.endpoints import CUSTOM, SUBSCRIBE, TEMPLATE
from messages.windows import Windows
from sandbox.options import Options
from tests.fixtures.pushes import VAULT
from tests.messages.conftest import STATIONERY

NUMBER = "13800138000"
SUB_ALERT = "credit-sub-alert"
LIMITS = {TEMPLATE: 100, CUSTOM: 100, SUBSCRIBE: 100, "sms": 100}


@pytest.fixture
def full(pushing, sandbox, valkey_url):
    """An office with all ways: five, the cheapest first."""
    redis, post = Redis.from_url(valkey_url), pushing.post
    gateway = Gateway(f"{sandbox.url}/sms", Options().sms_key)
    pushing.post = replace(
        post,
        stationery=replace(STATIONERY, subscriptions={"alert": SUB_ALERT}),
        noting=Noting(gateway, VAULT),
        windows=Windows(redis, post.pace),
        ledger=Ledger(redis, LIMITS, post.pace, lambda: pushing.now),
    )
    return pushing


@pytest.fixture
def reachable(tell, install, full, referee):
    """Somebody whom all ways reach, and who has asked for text messages; an alert is owed."""

    def reachable(openid="oA", **wishes):
        _, key = tell(openid)
        install(key[1], f"token-{key[1]}", device=f"phone-{key[1]:04}")
        referee.order("say", openid=openid, text="在吗")
        referee.order("subscribe", openid=openid, templates=[SUB_ALERT], push=False)
        full.post.windows.opened(openid)
        with Writing() as session:
            subscriptions.accept(session, openid, SUB_ALERT, now=full.now)
            number = f"{NUMBER[:-3]}{key[1]:03}"
            session.add(
                phones.Phone(
                    **phones._row(VAULT, number) | {"account_id": key[1], "since": full.now}
                )
            )
        wish(full, key[1], **wishes)
        return key

    return reachable


def wish(office, account_id, *, off=(), sms=True, kind=NoticeKind.ALERT, **others):
    said = {(kind, outlet): False for outlet in off} | {(NoticeKind.ALERT, Outlet.SMS): sms}
    with Writing() as session:
        choices.change(session, account_id, Preferences(choices=said, **others), now=office.now)


def done(office, times=8):
    """Work until nothing more happens, with the waits of a refusal in between."""
    for _ in range(times):
        office.work()
        office.later(timedelta(minutes=1))


def outside(referee, openid="oA"):
    """What came out of us, whatever brought it."""
    got = [
        one["kind"]
        for one in referee.got(openid)
        if one.get("kind") in ("template", "subscription")
    ]
    got += ["service" for one in referee.got(openid) if one.get("custom")]
    return (
        got
        + ["push"] * len(referee.read("hints")["hints"])
        + ["sms"] * len(referee.read("texts")["texts"])
    )


REFUSE = {
    Way.SUBSCRIPTION: (SUBSCRIBE, 43101),
    Way.WECHAT: (TEMPLATE, 43101),
    Way.SERVICE: (CUSTOM, 45015),
}


def refuse(referee, *ways):
    for way in ways:
        endpoint, code = REFUSE[way]
        referee.order("faults", kind="errcode", errcode=code, path=f"/cgi-bin/{endpoint}", count=99)


def begin_a_day(office):
    """Go to the first moment of a day: in the last minutes of one, what is done takes two."""
    office.now = office.post.pace.quota_turns(office.now)
