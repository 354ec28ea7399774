"""Pushes: a neutral hint to whom WeChat does not reach, after the inbox, and never a second one."""

from datetime import timedelta

import pytest

from core import accounts, stamps
from core.accounts import Channel
from core.db import Reading, Writing
from core.installations import Locale
from core.outbox.deliveries import Delivery, Way
from core.sign_ins import Ending, SignIn
from tests.core.given import row, state
from tests.messages.conftest import STATIONERY, event_of, late_reply

SEND = "/cgi-bin/message/template/send"


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


def test_whom_wechat_does_not_reach_gets_one_hint(left, install, pushing, referee):
    install(left[1])

    assert (pushing.work(), pushing.work()) == (1, 0)

    (hint,) = hints(referee)
    assert hint["tokens"] == ["token-1"]
    assert hint["extras"] == {"message_id": str(left[0])}
    assert (state(left), row(left).way) == ("delivered", Way.PUSH)


def test_a_lock_screen_is_told_nothing(left, install, pushing, referee):
    install(left[1])
    pushing.work()

    (hint,) = hints(referee)
    code = stamps.stamp(STATIONERY.link_key, left[0])
    said = f"您关注的主体有新的信用提醒（核验码 {code}）"
    assert (hint["title"], hint["text"]) == ("信用昆明", said)
    for word in ("云南示例", "拖欠", "WAGE_ARREARS", "昆人社", "91530100"):
        assert word not in str(hint)


def test_a_device_is_written_to_in_its_language(left, install, pushing, referee):
    install(left[1], locale=Locale.EN)
    pushing.work()

    assert hints(referee)[0]["text"].startswith("News of an entity you follow (")


def test_whom_wechat_reaches_gets_no_hint(tell, install, pushing, referee):
    openid, key = tell()
    install(key[1])

    pushing.work()

    assert (len(referee.got(openid)), hints(referee)) == (1, [])
    assert row(key).way == Way.WECHAT


def test_all_devices_of_an_account_are_one_hint(left, install, pushing, referee):
    install(left[1])
    install(left[1], "token-2", device="tablet-0001")

    pushing.work()

    (hint,) = hints(referee)
    assert sorted(hint["tokens"]) == ["token-1", "token-2"]


def test_who_has_neither_is_told_in_the_inbox_alone(left, pushing, referee):
    pushing.work()

    assert (state(left), row(left).reason, hints(referee)) == ("suppressed", "no_address", [])


def test_who_signed_out_gets_no_hint(left, install, pushing, referee):
    sign_in = install(left[1])
    with Writing() as session:
        held = session.get_one(SignIn, sign_in)
        held.ended_at, held.ending = pushing.now, Ending.SIGNED_OUT

    pushing.work()

    assert (state(left), hints(referee)) == ("suppressed", [])


def test_who_left_while_the_message_was_on_its_way_gets_a_hint_instead(
    tell, install, pushing, referee
):
    openid, key = tell()
    install(key[1])
    referee.order("event", openid=openid, event="unsubscribe")  # we have not heard of it

    pushing.work()
    assert (state(key), hints(referee)) == ("due", [])
    pushing.later(timedelta(minutes=1))
    pushing.work()

    assert (state(key), row(key).way, len(hints(referee))) == ("delivered", Way.PUSH, 1)


def test_what_wechat_may_have_brought_is_never_pushed(tell, install, pushing, referee):
    openid, key = tell()
    install(key[1])
    referee.order("faults", kind="busy", path=SEND, count=1, sent=True)
    pushing.work()
    leave(openid, pushing)

    pushing.later(timedelta(minutes=1))
    pushing.work()

    assert (len(referee.got(openid)), hints(referee)) == (1, [])
    assert state(key) == "suppressed"


def test_a_late_reply_belongs_into_its_conversation(install, pushing, referee):
    key = late_reply(pushing)
    leave("oA", pushing)
    install(key[1])

    pushing.work()

    assert (state(key), hints(referee)) == ("suppressed", [])


def test_there_is_a_row_of_the_inbox_before_any_hint(left):
    with Reading() as session:
        assert session.get(Delivery, left) is not None
    assert event_of(left[1]) == left[0]
