"""A call to WeChat: bounded in time, repeated at most once, its failures sorted, no secret told."""

import time

import pytest

from messages.wechat.errcodes import ACTIONS, Action, action
from messages.wechat.errors import RefusedError, UnreachableError, WeChatError
from messages.wechat.login import BAD_CODE
from messages.wechat.wire import Wire
from sandbox.errors import WORDS
from tests.messages.conftest import WHO

SEND = "message/template/send"
# What the sandbox words of its own accord, and we never provoke: they say how a call was made.
OF_THE_CALL = {
    *(0, 40002, 40007, 40008, 40016, 40017, 40018, 40019, 40020, 40023, 40054, 40055, 41001),
    *(41002, 41004, 43001, 43002, 44002, 44003, 44004, 45072, 45080, 76021),
}
CARD = {
    "thing1": {"value": "您关注的主体有新的信用提醒"},
    "time2": {"value": "2026年5月20日 12:00"},
    "thing3": {"value": "请点开查看详情"},
}


def message(openid="oA", **others):
    given = {"touser": openid, "template_id": "credit-alert", "data": CARD}
    return given | {"client_msg_id": "1-1"} | others


def refused(ask, *args):
    with pytest.raises(WeChatError) as caught:
        ask(*args)
    return caught.value


def test_a_template_message_arrives_and_has_a_number(wechat, referee):
    referee.follow("oA")

    msgid = wechat.send_template_once(message())

    (card,) = referee.got("oA")
    assert str(card["msgid"]) == msgid
    assert card["client_msg_id"] == "1-1"


def test_a_text_arrives_as_it_was_written(wechat, referee):
    referee.follow("oA")
    referee.order("say", openid="oA", text="在吗")

    wechat.send_text("oA", "您好，“信用昆明”\n😀")

    assert [one["text"] for one in referee.got("oA") if one.get("custom")] == [
        "您好，“信用昆明”\n😀"
    ]


def test_wechatpys_own_calls_go_to_our_address_and_by_our_token(wechat, referee):
    referee.follow("oA")

    assert wechat.user.get("oA")["subscribe"] == 1
    assert refused(wechat.menu.get).action is Action.NOTHING
    assert wechat.fetch_access_token() == wechat.access_token
    assert len(referee.calls("stable_token")) == 1


def test_a_void_token_is_renewed_and_the_call_made_once_more(wechat, referee):
    referee.follow("oA")
    wechat.send_template_once(message())
    referee.order("token/steal")

    wechat.send_template_once(message(client_msg_id="1-2"))

    assert [call["errcode"] for call in referee.calls(SEND)] == [0, 40001, 0]
    assert len(referee.calls("stable_token")) == 2


def test_a_lasting_40001_is_repeated_only_once(wechat, referee):
    referee.order("faults", kind="invalid_token", path=f"/cgi-bin/{SEND}")

    error = refused(wechat.send_template_once, message())

    assert (error.errcode, error.action) == (40001, Action.RENEW)
    assert len(referee.calls(SEND)) == 2
    assert len(referee.calls("stable_token")) == 2


@pytest.mark.parametrize(("code", "demanded"), sorted(ACTIONS.items()))
def test_each_error_code_gets_its_action(wechat, referee, code, demanded):
    referee.order("faults", kind="errcode", errcode=code, path=f"/cgi-bin/{SEND}")

    error = refused(wechat.send_template_once, message())

    assert isinstance(error, RefusedError)
    assert (error.errcode, error.action) == (code, demanded)
    assert error.rid
    assert error.rid in str(error)


def test_every_code_that_the_sandbox_knows_is_in_the_table():
    # What becomes of a code for signing in is said where that is asked.
    assert set(WORDS) - OF_THE_CALL - BAD_CODE <= set(ACTIONS)
    assert not (OF_THE_CALL | BAD_CODE) & set(ACTIONS)


def test_an_unknown_code_is_our_own_fault():
    assert action(99999) is Action.FAULT


def test_a_refusal_without_rid_says_so():
    assert RefusedError(40003, "invalid openid").rid is None


def test_nobody_there_means_surely_not_sent(connect, referee):
    error = refused(connect(url="http://127.0.0.1:1").send_text, "oA", "文")

    assert error.action is Action.PAUSE
    assert "127.0.0.1" not in str(error)


def test_no_answer_in_time_means_perhaps_sent(wechat, connect, referee):
    assert wechat.access_token
    referee.order("faults", kind="delay", seconds=30, count=1)
    began = time.monotonic()

    error = refused(connect(timeout=(10.0, 0.2)).send_template_once, message())

    assert time.monotonic() - began < 15
    assert (error.arrived, error.action) == (True, Action.BUSY)


def test_a_connection_cut_means_perhaps_sent(wechat, referee):
    assert wechat.access_token
    referee.order("faults", kind="timeout", seconds=0, count=1)

    assert refused(wechat.send_template_once, message()).arrived


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "html502"},
        {"kind": "timeout", "seconds": 0},
        {"kind": "errcode", "errcode": 40125},
        {"kind": "errcode", "errcode": 40164},
        {"kind": "busy"},
    ],
)
def test_no_error_tells_a_secret_a_token_or_an_address(wechat, referee, fault):
    token = wechat.access_token
    referee.order("faults", path=f"/cgi-bin/{SEND}", count=1, **fault)

    error = refused(wechat.send_template_once, message())

    said = f"{error!r} {error} {error.__cause__}"
    for word in (WHO.secret, token, "access_token", "http://", "oA"):
        assert word not in said
    assert error.__suppress_context__ or error.__context__ is None


def test_a_bad_gateway_is_no_answer(wechat, referee):
    assert wechat.access_token
    referee.order("faults", kind="html502", count=1)

    error = refused(wechat.send_template_once, message())

    assert isinstance(error, UnreachableError)
    assert (str(error), error.arrived) == ("WeChat: HTTP 502", True)


def test_json_that_is_no_object_is_no_answer(sandbox):
    # The phone page's styles: an answer, but not of the server API.
    error = refused(Wire(sandbox.url).call, "get", "/identity")

    assert isinstance(error, UnreachableError)
