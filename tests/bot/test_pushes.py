"""Every push that WeChat sends, and ten thousand that it does not."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import replies
from bot.envelope import fields, read
from bot.replies import Media, Music, News, Text, Transfer, Video
from tests.fixtures.service import Citizen

PUSHES = Path("tests/data/wechat/push")
WORDS, NOTHING = "text", None
# What each push of WeChat's is answered with: words, or `success`.
ANSWERS = {
    "MpAccreditation/AnnualRenewEvent": NOTHING,
    "MpAccreditation/NamingVerifyFailEvent": NOTHING,
    "MpAccreditation/NamingVerifySuccessEvent": NOTHING,
    "MpAccreditation/QualificationVerifyFailEvent": NOTHING,
    "MpAccreditation/QualificationVerifySuccessEvent": NOTHING,
    "MpAccreditation/VerifyExpiredEvent": NOTHING,
    "MpGuide/GuideQrcodeScanEvent": NOTHING,
    "MpJob/FreePublishJobFinishEvent": NOTHING,
    "MpJob/MassSendJobFinishEvent": NOTHING,
    "MpJob/TemplateSendJobFinishEvent": NOTHING,
    "MpMessage/ImageMessageEvent": WORDS,
    "MpMessage/LocationMessageEvent": WORDS,
    "MpMessage/ShortVideoMessageEvent": WORDS,
    "MpMessage/TextMessageEvent": WORDS,
    "MpMessage/VideoMessageEvent": WORDS,
    "MpMessage/VoiceMessageEvent": WORDS,
    "MpPush/ClickPushEvent": WORDS,
    "MpPush/LocationPushEvent": NOTHING,
    "MpPush/ScanCodePushEvent": NOTHING,
    "MpPush/ScanPushEvent": WORDS,
    "MpPush/SubscribePushEvent": WORDS,
    "MpPush/UnsubscribePushEvent": NOTHING,
    "MpPush/UserAuthorizationRevokeEvent": NOTHING,
    "MpPush/UserEnterTempSessionEvent": NOTHING,
    "MpPush/ViewMiniProgramPushEvent": NOTHING,
    "MpPush/ViewPushEvent": NOTHING,
    "MpSubscribeMessage/SubscribeMessageChangeEvent": NOTHING,
    "MpSubscribeMessage/SubscribeMessagePopupEvent": NOTHING,
    "MpSubscribeMessage/SubscribeMessageSentEvent": NOTHING,
    "OpenPush/UserInfoModifiedEvent": NOTHING,
}
REPLIES = {
    "ImageMessageReply": Media("image", "media_id"),
    "MusicMessageReply": Music("TITLE", "DESCRIPTION", "MUSIC_Url", "HQ_MUSIC_Url", "media_id"),
    "NewsMessageReply": News("title1", "description1", "picurl", "url"),
    "TextMessageReply": Text("你好"),
    "TransferCustomerServiceReply": Transfer("test1@test"),
    "VideoMessageReply": Video("media_id", "title", "description"),
    "VoiceMessageReply": Media("voice", "media_id"),
}


def files(pattern):
    return sorted(PUSHES.glob(pattern))


def name_of(path):
    return str(path.relative_to(PUSHES).with_suffix(""))


@pytest.fixture
def wechat(app):
    return Citizen(app.test_client())


def test_the_table_names_every_push():
    held = {name_of(path) for path in files("*/*.xml") if "MpReply" not in str(path)}

    assert held == set(ANSWERS)
    assert {path.stem for path in files("MpReply/*.xml")} == set(REPLIES)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_push_gets_its_kind_of_reply(wechat):
    for name, kind in ANSWERS.items():
        reply = wechat.post((PUSHES / f"{name}.xml").read_bytes())
        if kind is NOTHING:
            assert (reply.status_code, reply.text) == (200, "success"), name
        else:
            assert opened_kind(wechat, reply) == kind, name


def opened_kind(wechat, reply):
    inner = wechat.seal.open(fields(reply.data)["Encrypt"])
    return read_reply(inner)["MsgType"]


def read_reply(xml):
    return {name: text for name, text in fields(xml).items() if text.strip()}


@pytest.mark.parametrize("name", REPLIES)
def test_our_renderer_reproduces_wechats_reply(name):
    published = read_reply((PUSHES / "MpReply" / f"{name}.xml").read_bytes())
    head = {key: published[key] for key in ("ToUserName", "FromUserName", "CreateTime")}

    ours = replies.render(
        REPLIES[name],
        to=head["ToUserName"],
        sender=head["FromUserName"],
        at=int(head["CreateTime"]),
    )

    assert read_reply(ours.encode()) == published


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_json_is_refused(wechat):
    for path in files("*/*.json"):
        json.loads(path.read_text("utf-8-sig"))
        assert wechat.post(path.read_bytes()).status_code == 400, path


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_json_as_the_body_itself_is_refused(app):
    body = '{"ToUserName":"gh_km","Encrypt":"x"}'

    assert app.test_client().post("/wechat", data=body).status_code == 400


SOURCES = [path.read_bytes() for path in files("*/*.xml")]
PIECES = [
    b"<",
    b">",
    b"]]>",
    b"<![CDATA[",
    b"</xml>",
    b"<xml>",
    b"&a;",
    b"<!DOCTYPE a>",
    b"\x00",
    b"\xff",
    "汉".encode(),
    b"9" * 30,
    b"-1",
    b"event",
    b"<MsgType>text</MsgType>",
    b"",
]


def mutated(seed):
    """Take one of WeChat's pushes and change up to four places of it."""
    chance = random.Random(seed)
    body = chance.choice(SOURCES)
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(body))
        end = min(len(body), start + chance.randint(0, 40))
        new = (
            chance.choice(PIECES)
            if chance.random() < 0.5
            else chance.randbytes(chance.randint(0, 12))
        )
        body = body[:start] + new + body[end:]
    return body


# One number for a whole body: drawing each change apart costs more than all the pushes.
BODIES = st.one_of(st.integers(0, 2**64 - 1).map(mutated), st.binary(max_size=200))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ten_thousand_mutated_pushes_never_break_us(wechat, app):
    seen = set()

    @settings(
        max_examples=10_000,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(BODIES, st.booleans())
    def push(body, sealed):
        reply = wechat.post(body) if sealed else app.test_client().post("/wechat", data=body)
        seen.add(reply.status_code)
        assert reply.status_code < 500
        assert b"Traceback" not in reply.data

    push()
    assert {200, 400} <= seen


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<xml/>",
        b"<a/>",
        b"<xml><ToUserName>a</ToUserName></xml>",
        b"<!DOCTYPE xml><xml><Encrypt>a</Encrypt></xml>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
        b'<?xml version="1.0" encoding="gbk"?><xml>\xc4\xe3</xml>',
        b"<xml>" + b"<a>" * 50 + b"</a>" * 50 + b"</xml>",
        b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_malformed_body_gets_one_clear_refusal(app, body):
    reply = app.test_client().post("/wechat", data=body)

    assert reply.status_code in {400, 403}
    assert reply.text
    assert reply.mimetype == "text/plain"


@pytest.mark.parametrize(
    "fault",
    [
        {"CreateTime": "soon"},
        {"CreateTime": ""},
        {"CreateTime": "9" * 21},
        {"CreateTime": "٣"},
        {"MsgId": "x"},
        {"MsgType": ""},
        {"FromUserName": ""},
    ],
)
def test_a_push_without_what_every_push_has_is_refused(fault):
    from bot.errors import BadPushError
    from tests.fixtures.service import xml_of

    whole = {"ToUserName": "a", "FromUserName": "b", "CreateTime": "1", "MsgType": "text"}
    read(xml_of(whole | {"MsgId": "1"}).encode())
    with pytest.raises(BadPushError):
        read(xml_of(whole | {"MsgId": "1"} | fault).encode())
