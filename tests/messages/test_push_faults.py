"""A push provider that refuses, rests or does not answer: nobody is told twice for it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import accounts, installations
from core.accounts import Channel
from core.db import Reading, Writing
from core.installations import Installation
from core.outbox import settle
from messages.push.jpush import JPush
from tests.core.given import row, state
from tests.fixtures.pushes import VAULT, let_push

PATH = "/v3/push"


@pytest.fixture
def left(tell, pushing, referee):
    """An alert owed to somebody who does not follow the official account any more."""
    openid, key = tell()
    leave(openid, pushing)
    return key


def leave(openid, office):
    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, openid, active=False, now=office.now)


def hints(referee):
    return referee.read("hints")["hints"]


def tokens_kept():
    with Reading() as session:
        held = session.scalars(select(Installation.token_sealed))
        return {VAULT.open(one, installations.TOKEN) for one in held}


@pytest.mark.parametrize("kind", ["html502", "timeout"])
def test_what_may_have_been_pushed_is_never_sent_again(left, install, pushing, referee, kind):
    install(left[1])
    referee.order("faults", kind=kind, path=PATH, count=1, sent=True, seconds=0)
    pushing.work()

    for _ in range(3):
        pushing.later(timedelta(minutes=30))
        pushing.work()
        with Writing() as session:
            settle.sweep(session, now=pushing.now, pace=pushing.post.pace)

    assert (len(hints(referee)), state(left)) == (1, "unknown")


def test_nor_by_wechat_when_its_owner_comes_back(tell, install, pushing, referee):
    openid, key = tell()
    leave(openid, pushing)
    install(key[1])
    referee.order("faults", kind="html502", path=PATH, count=1, sent=True)
    pushing.work()
    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, openid, active=True, now=pushing.now)

    pushing.later(timedelta(minutes=1))
    pushing.work()

    assert (referee.got(openid), len(hints(referee))) == ([], 1)


def test_a_device_that_the_provider_does_not_know_is_forgotten_and_the_others_told(
    left, install, pushing, referee
):
    install(left[1])
    install(left[1], "token-2", device="tablet-0001")
    referee.order("devices", known=["token-2"])

    pushing.work()
    assert tokens_kept() == {"token-2"}
    pushing.later(timedelta(minutes=1))
    pushing.work()

    assert [hint["status"] for hint in hints(referee)] == [400, 200]
    assert state(left) == "delivered"


def test_when_it_knows_none_all_are_forgotten(left, install, pushing, referee):
    install(left[1])
    referee.order("devices", known=[])

    pushing.work()
    pushing.later(timedelta(minutes=1))
    pushing.work()

    assert (tokens_kept(), state(left), len(hints(referee))) == (set(), "suppressed", 1)


def test_a_provider_that_wants_a_rest_gets_it_and_wechat_goes_on(tell, install, pushing, referee):
    _, first = tell("oA")
    openid, second = tell("oB", name="云南示例二有限公司")
    leave("oA", pushing)
    install(first[1])
    referee.order("faults", kind="quota", path=PATH, count=1)

    pushing.work()

    assert (state(first), row(first).tries, hints(referee)) == ("due", 0, [])
    assert (state(second), len(referee.got(openid))) == ("accepted", 1)
    pushing.later(pushing.post.pace.outage_wait)
    pushing.work()
    assert state(first) == "delivered"


def test_a_wrong_secret_waits_for_the_operator(left, install, pushing, referee, sandbox):
    install(left[1])
    let_push(pushing, JPush("key", "wrong", base=sandbox.url))

    pushing.work()

    assert (state(left), row(left).tries) == ("due", 0)
    assert tokens_kept() == {"token-1"}


def test_what_the_provider_refuses_ends(left, install, pushing, referee):
    install(left[1])
    referee.order("faults", kind="errcode", path=PATH, errcode=1005, count=1)

    pushing.work()

    assert (state(left), row(left).reason) == ("failed", "push 400 1005")


def test_a_provider_out_of_reach_is_tried_again(left, install, pushing, referee):
    install(left[1])
    let_push(pushing, JPush("key", "secret", base="http://127.0.0.1:1"))

    pushing.work()

    assert (state(left), row(left).unsure) == ("due", False)
