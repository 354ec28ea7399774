"""A reply is shown only if WeChat would show it."""

import pytest

from sandbox.replies import FAULT

ITEM = "<item><Title>题</Title><Url>http://127.0.0.1/</Url></item>"
ONE = f"<ArticleCount>1</ArticleCount><Articles>{ITEM}</Articles>"
TWO = f"<ArticleCount>2</ArticleCount><Articles>{ITEM}{ITEM}</Articles>"
SHOWN = [
    ("text", "<Content>好</Content>", {"text": "好"}),
    ("text", f"<Content>{'字' * 682}x</Content>", {"text": "字" * 682 + "x"}),
    ("image", "<Image><MediaId>m</MediaId></Image>", {"media_id": "m"}),
    ("voice", "<Voice><MediaId>m</MediaId></Voice>", {"media_id": "m"}),
    ("video", "<Video><MediaId>m</MediaId></Video>", {"media_id": "m"}),
    ("music", "<Music><ThumbMediaId>m</ThumbMediaId></Music>", {"thumb_media_id": "m"}),
    ("news", ONE, {}),
    ("transfer_customer_service", "", {}),
]
NOT_SHOWN = [
    ("text", ""),
    ("text", "<Content></Content>"),
    ("text", "<Content> </Content>"),
    ("text", "<Content>好</Content><Content>坏</Content>"),
    ("text", f"<Content>{'字' * 682}xy</Content>"),
    ("image", ""),
    ("music", ""),
    ("news", TWO),
    ("news", ONE.replace(">1<", ">2<")),
    ("news", ONE.replace("<Title>题</Title>", "")),
    ("dance", ""),
]


def say(desk, account, answer):
    account.answer = lambda _push: answer
    return desk.order("say", openid="oA", text="你好")


@pytest.mark.parametrize(("kind", "inner", "part"), SHOWN)
def test_a_proper_reply_is_shown(pushing, account, seal, kind, inner, part):
    outcome = say(pushing, account, seal(pushing.options, "oA", inner, kind=kind))
    assert outcome["outcome"] == "reply", outcome["pushes"]
    (bubble,) = pushing.got()
    assert bubble["passive"] is True
    assert bubble | part | {"kind": kind} == bubble


@pytest.mark.parametrize(("kind", "inner"), NOT_SHOWN)
def test_an_improper_reply_shows_a_fault(pushing, account, seal, kind, inner):
    outcome = say(pushing, account, seal(pushing.options, "oA", inner, kind=kind))
    assert outcome["outcome"] == "fault"
    assert [entry["text"] for entry in pushing.got()] == [FAULT]


def test_an_event_may_be_answered_with_more_articles(pushing, account, seal):
    account.answer = lambda _push: seal(pushing.options, "oA", TWO, kind="news")
    outcome = pushing.order("event", openid="oA", event="CLICK", key="help")
    assert len(outcome["reply"]["articles"]) == 2


@pytest.mark.parametrize("answer", ["", "success"])
def test_nothing_is_shown_for_nothing(pushing, account, answer):
    assert say(pushing, account, answer)["outcome"] == "nothing"
    assert pushing.got() == []


@pytest.mark.parametrize(
    "answer",
    [
        '{"errcode": 0}',
        "<html></html>",
        "<!DOCTYPE xml><xml/>",
        b"\xff\xfe",
        "<xml><ToUserName>oA</ToUserName></xml>",
        "<xml><Encrypt>x</Encrypt></xml>",
        (302, ""),
    ],
)
def test_what_is_no_envelope_shows_a_fault(pushing, account, answer):
    assert say(pushing, account, answer)["outcome"] == "fault"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"token": "other"}, "wrong MsgSignature"),
        ({"appid": "wx-other"}, "wrong appid"),
        ({"aes_key": "a" * 43}, "wrong padding"),
        ({"account": "gh_other"}, "the reply is from somebody else"),
    ],
)
def test_a_reply_sealed_by_somebody_else_shows_a_fault(pushing, make, account, seal, change, error):
    other = make(**change)
    outcome = say(pushing, account, seal(other.options, "oA", "<Content>好</Content>"))
    assert outcome["pushes"][0]["tries"][0]["error"] == error


def test_a_reply_for_somebody_else_shows_a_fault(pushing, account, seal):
    outcome = say(pushing, account, seal(pushing.options, "oB", "<Content>好</Content>"))
    assert outcome["pushes"][0]["tries"][0]["error"] == "the reply is for somebody else"


def test_a_reply_that_cannot_be_decrypted_shows_a_fault(pushing, account):
    signature = pushing.world.pusher.seal.signature("1", "n", "AAAA")
    parts = f"<MsgSignature>{signature}</MsgSignature><TimeStamp>1</TimeStamp><Nonce>n</Nonce>"
    outcome = say(pushing, account, f"<xml><Encrypt>AAAA</Encrypt>{parts}</xml>")
    assert outcome["pushes"][0]["tries"][0]["error"].startswith("cannot decrypt")


PLAIN = (
    "<xml><ToUserName>oA</ToUserName><FromUserName>gh_xinyongkunm</FromUserName>"
    "<CreateTime>{time}</CreateTime><MsgType>text</MsgType><Content>好</Content></xml>"
)


@pytest.mark.parametrize(
    ("mode", "sealed", "outcome"),
    [
        ("safe", False, "fault"),
        ("compatible", False, "reply"),
        ("compatible", True, "reply"),
        ("plain", False, "reply"),
        ("plain", True, "fault"),
    ],
)
def test_the_mode_decides_which_envelope_is_needed(make, account, seal, mode, sealed, outcome):
    desk = make(push_url=account.url, mode=mode)
    reply = seal(desk.options, "oA", "<Content>好</Content>") if sealed else PLAIN.format(time=1)
    assert say(desk, account, reply)["outcome"] == outcome


def test_a_time_that_is_no_number_shows_a_fault(make, account):
    desk = make(push_url=account.url, mode="plain")
    assert say(desk, account, PLAIN.format(time="now"))["outcome"] == "fault"


def test_nothing_is_shown_to_who_has_left(pushing, account, seal):
    pushing.follow("oA")
    account.answer = lambda _push: seal(pushing.options, "oA", "<Content>好</Content>")
    pushing.order("event", openid="oA", event="unsubscribe")
    assert pushing.got() == []


@pytest.mark.parametrize("at_once", [True, False])
def test_of_several_copies_one_reply_is_shown(pushing, account, seal, at_once):
    account.answer = lambda _push: seal(pushing.options, "oA", "<Content>好</Content>")
    pushing.order("push", openid="oA", fields={"Content": "x"}, copies=3, concurrent=at_once)
    assert len(pushing.got()) == 1
