"""How long, and how often, the account may write to a citizen."""

import pytest


def test_a_message_opens_forty_eight_hours(desk, clock):
    desk.follow("oA")
    desk.order("say", openid="oA", text="你好")
    clock.forward(48 * 3600 - 1)
    assert desk.write()["errcode"] == 0
    clock.forward(1)
    assert desk.write()["errcode"] == 45015


@pytest.mark.parametrize("event", ["CLICK", "subscribe", "SCAN"])
def test_a_tap_opens_one_minute_for_three_messages(desk, clock, event):
    desk.follow("oA")
    desk.order("event", openid="oA", event=event, key="help")
    assert [desk.write()["errcode"] for _ in range(4)] == [0, 0, 0, 45047]
    desk.order("event", openid="oA", event=event, key="help")
    clock.forward(60)
    assert desk.write()["errcode"] == 45015


def test_a_view_opens_nothing(desk):
    desk.follow("oA")
    desk.order("event", openid="oA", event="VIEW", key="http://127.0.0.1/")
    assert desk.write()["errcode"] == 45015


def test_both_windows_add_up(desk):
    desk.follow("oA")
    desk.order("say", openid="oA", text="你好")
    desk.order("event", openid="oA", event="CLICK", key="help")
    assert [desk.write()["errcode"] for _ in range(9)] == [0] * 8 + [45047]


def test_who_leaves_closes_every_window(desk):
    desk.follow("oA")
    desk.order("say", openid="oA", text="你好")
    desk.order("event", openid="oA", event="unsubscribe")
    assert desk.write()["errcode"] == 45015


def test_the_typing_sign_needs_a_word_in_the_last_thirty_seconds(desk, clock):
    desk.follow("oA")
    desk.order("say", openid="oA", text="你好")
    typing = {"touser": "oA", "command": "Typing"}
    assert desk.call("message/custom/typing", typing)["errcode"] == 0
    clock.forward(31)
    assert desk.call("message/custom/typing", typing)["errcode"] == 45080


def test_pace_shortens_the_window(make, clock):
    desk = make(pace=60)
    desk.follow("oA")
    desk.order("say", openid="oA", text="你好")
    clock.forward(48 * 60)
    assert desk.write()["errcode"] == 45015


def test_escapes_in_a_customer_service_message_are_shown_as_written(desk):
    desk.follow("oA")
    desk.order("say", openid="oA", text="你好")
    escaped = rb'{"touser":"oA","msgtype":"text","text":{"content":"\u4f60"}}'
    assert desk.call("message/custom/send", escaped)["errcode"] == 0
    assert desk.got()[-1]["text"] == r"\u4f60"
