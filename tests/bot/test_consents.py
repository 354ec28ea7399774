"""What WeChat tells of subscription messages is counted: agreed to, refused, sent."""

import time
from datetime import UTC, datetime
from itertools import count

import pytest

from core import subscriptions
from core.db import Reading, Writing
from core.outbox.settle import Receipt
from core.pace import Pace
from messages.windows import Windows

A, B = "template-a", "template-b"
NOW = int(time.time())
_moments = count(NOW)


def left(citizen):
    with Reading() as session:
        held = subscriptions.allowed(session, [citizen.openid], [A, B])
    return {template: number for (_, template), number in held.items()}


def tell(citizen, event, part, *rows, at=None):
    listed = "".join(
        "<List>" + "".join(f"<{name}><![CDATA[{said}]]></{name}>" for name, said in row.items())
        + "</List>" for row in rows
    )  # fmt: skip
    xml = (
        f"<xml><ToUserName>gh_km</ToUserName><FromUserName>{citizen.openid}</FromUserName>"
        f"<CreateTime>{at or next(_moments)}</CreateTime><MsgType>event</MsgType>"
        f"<Event>{event}</Event><{part}>{listed}</{part}></xml>"
    )
    assert citizen.post(xml.encode()).text == "success"


def popup(citizen, *said, at=None):
    rows = [{"TemplateId": one, "SubscribeStatusString": status, "PopupScene": 1}
            for one, status in said]  # fmt: skip
    tell(citizen, "subscribe_msg_popup_event", "SubscribeMsgPopupEvent", *rows, at=at)


def sent(citizen, code, msgid):
    row = {"TemplateId": A, "MsgID": msgid, "ErrorCode": code, "ErrorStatus": "x"}
    tell(citizen, "subscribe_msg_sent_event", "SubscribeMsgSentEvent", row)


def test_a_popup_counts_each_template_once_a_time(citizen):
    popup(citizen, (A, "accept"), (B, "accept"))
    popup(citizen, (A, "accept"), (B, "reject"))
    assert left(citizen) == {A: 2}


def test_a_push_that_comes_again_counts_once(citizen):
    for _ in range(2):
        popup(citizen, (A, "accept"), at=NOW)
    assert left(citizen) == {A: 1}


def test_who_switches_a_template_off_is_asked_no_more(citizen):
    popup(citizen, (A, "accept"), (B, "accept"))
    row = {"TemplateId": A, "SubscribeStatusString": "reject"}
    tell(citizen, "subscribe_msg_change_event", "SubscribeMsgChangeEvent", row)
    assert left(citizen) == {B: 1}


@pytest.mark.parametrize(
    ("code", "status", "kept"), [(0, "success", {A: 1}), (43101, "failed:43101", {})]
)
def test_what_was_sent_is_settled(citizen, code, status, kept):
    popup(citizen, (A, "accept"))
    sent(citizen, code, "m1")
    with Reading() as session:
        assert session.get(Receipt, "m1").status == status
    assert left(citizen) == kept


def test_a_hint_of_a_page_is_one_try(citizen, app):
    popup(citizen, (B, "reject"))
    for _ in range(3):
        with Writing() as session:
            subscriptions.hint(session, citizen.openid, A, now=datetime.now(UTC))
    assert left(citizen) == {A: 1}


def test_who_writes_to_us_can_be_written_to(citizen, redis):
    windows = Windows(redis, Pace())
    citizen.event("CLICK", EventKey="help")
    assert windows.open([citizen.openid]) == set()

    citizen.say("你好")
    assert windows.open([citizen.openid]) == {citizen.openid}
    for _ in range(5):
        windows.spend(citizen.openid)
    assert windows.open([citizen.openid]) == set()


def test_what_a_page_says_of_a_consent_that_wechat_told_us_of_counts_no_second_time(citizen, app):
    for is_first in (True, False):
        if is_first:
            popup(citizen, (A, "accept"))
        with Writing() as session:
            subscriptions.hint(session, citizen.openid, A, now=datetime.now(UTC))
            subscriptions.hint(session, citizen.openid, B, now=datetime.now(UTC))
        if not is_first:
            popup(citizen, (B, "accept"))

    assert left(citizen) == {A: 1, B: 1}
