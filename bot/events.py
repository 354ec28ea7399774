"""What we answer to everything that is not a text: a table of kinds, and of events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from bot import choosing, consents, dialogue, manners, rights, scenes, whereabouts
from bot.answer import Answer, Heard
from bot.envelope import Push
from core import accounts, alarms
from core.accounts import Channel
from core.alarms import AlarmKind
from core.campaigning import receipts
from core.campaigning.ledger import MassReceipt
from core.db import Writing
from core.outbox import settle
from core.outbox.adopting import Reader
from core.outbox.deliveries import Way

log = structlog.get_logger()

Hearing = Callable[[Push, Heard], Answer | None]
_SCENE = "qrscene_"


def answer(push: Push, heard: Heard) -> Answer | None:
    """Answer a push; None means that there is nothing to say."""
    if push.kind == "event":
        return EVENTS.get(push.event, _nothing)(push, heard)
    return MESSAGES.get(push.kind, _nothing)(push, heard)


def _nothing(_push: Push, _heard: Heard) -> None:
    return None


def _say(word: str) -> Hearing:
    return lambda _push, heard: Answer(getattr(heard.said, word))


def _talk(_push: Push, heard: Heard) -> Answer:
    return dialogue.answer(heard)


def _spoken(push: Push, heard: Heard) -> Answer:
    """Take what WeChat understood of a voice as a text."""
    text = push.fields.get("Recognition", "").strip()
    return dialogue.answer(replace(heard, text=text)) if text else Answer(heard.said.VOICE)


def _located(push: Push, heard: Heard) -> Answer:
    """Answer a place with its counter. The place itself is not kept."""
    fields = push.fields
    spot = whereabouts.read(fields.get("Location_X", ""), fields.get("Location_Y", ""))
    return manners.near(heard, fields.get("Label", ""), spot)


def _click(push: Push, heard: Heard) -> Answer:
    typed = MENU.get(push.fields.get("EventKey", ""), "帮助")
    return dialogue.answer(replace(heard, text=typed))


def _came(push: Push, heard: Heard) -> Answer:
    _reachable(push, active=True)
    key = push.fields.get("EventKey", "")
    found = scenes.answer(key.removeprefix(_SCENE), heard) if key.startswith(_SCENE) else None
    if found is None:
        return choosing.welcome(heard)
    if found.reply is not None:
        return found
    return replace(found, text=f"{heard.said.SAID['greet']}\n——\n{found.text}")


def _left(push: Push, _heard: Heard) -> None:
    _reachable(push, active=False)


def _reachable(push: Push, *, active: bool) -> None:
    # The time of the push itself: WeChat may bring "left" and "came back" in the wrong order.
    then = datetime.fromtimestamp(push.created, UTC)
    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, push.sender, active=active, now=then)


def _scanned(push: Push, heard: Heard) -> Answer:
    found = scenes.answer(push.fields.get("EventKey", ""), heard)
    return found or Answer(heard.said.SAID["greet"])


def _read_code(push: Push, heard: Heard) -> Answer:
    return scenes.read(push.fields.get("ScanCodeInfo.ScanResult", ""), heard)


def _sent(push: Push, heard: Heard) -> None:
    # The message id is written MsgID here, and MsgId in messages.
    msgid = push.fields.get("MsgID", "")
    status = push.fields.get("Status", "")[:64]
    if msgid and status:
        reader = Reader(push.sender, Way.WECHAT)
        with Writing() as session:
            settle.receipt(session, msgid, status, reader=reader, now=heard.now)


def _cancelled(push: Push, heard: Heard) -> Answer:
    openid = rights.whose(push)
    rights.cancelled(openid, now=heard.now)
    return Answer("", forget=openid)


def _revoked(push: Push, heard: Heard) -> Answer:
    openid = rights.whose(push)
    rights.revoked(openid, now=heard.now)
    return Answer("", forget=openid)


def _of_the_account(push: Push, heard: Heard) -> None:
    # An account whose verification lapses loses its interfaces: whoever runs it has to hear of it.
    log.warning("wechat_account", what=push.event, why=push.fields.get("FailReason", "")[:200])
    if push.event in _WRONG:
        with Writing() as session:
            alarms.ring(session, AlarmKind.WECHAT, push.event, reason=push.event, now=heard.now)


def _job_ended(push: Push, heard: Heard) -> None:
    counts = [push.fields.get(name, "") for name in _COUNTS]
    msg_id, status = push.fields.get("MsgID", ""), push.fields.get("Status", "")[:64]
    if not msg_id or not status or not all(map(str.isdecimal, counts)):
        return
    total, filtered, sent, errors = map(int, counts)
    receipt = MassReceipt(
        msg_id=msg_id,
        status=status.lower(),
        total=total,
        filtered=filtered,
        sent=sent,
        errors=errors,
        at=heard.now,
    )
    with Writing() as session:
        receipts.receive(session, receipt)


_COUNTS = ("TotalCount", "FilterCount", "SentCount", "ErrorCount")
MENU = {
    "query": "查信用",
    "wages": "查欠薪",
    "travel": "查旅行社",
    "lists": "黑名单",
    "verify": "核验报告",
    "repair": "信用修复",
    "object": "异议",
    "report": "信用报告",
    "authentic": "核验消息",
    "complain": "投诉",
    "mine": "我的信用",
    "cases": "我的办件",
    "follows": "我的关注",
    "campaigns": "订阅宣传",
    "help": "帮助",
}
MESSAGES: dict[str, Hearing] = {
    "text": _talk,
    "image": _say("IMAGE"),
    "voice": _spoken,
    "video": _say("VIDEO"),
    "shortvideo": _say("VIDEO"),
    "location": _located,
    "link": _say("LINK"),
    "file": _say("FILE"),
    "miniprogrampage": _say("CARD"),
}
_ACCOUNT = (
    "qualification_verify_success qualification_verify_fail naming_verify_success "
    "naming_verify_fail annual_renew verify_expired"
).split()
# After these our own account is about to lose its interfaces.
_WRONG = frozenset(
    {"qualification_verify_fail", "naming_verify_fail", "annual_renew", "verify_expired"}
)
# Of these WeChat only tells us; the place of `location` is asked for by nobody, so it is not kept.
_QUIET = (
    "view view_miniprogram location location_select scancode_push "
    "publishjobfinish freepublishjobfinish subscribe_msg_popup_event subscribe_msg_change_event "
    "subscribe_msg_sent_event kf_create_session kf_close_session kf_switch_session "
    "user_enter_tempsession guide_qrcode_scan_event"
).split()
EVENTS: dict[str, Hearing] = {
    **dict.fromkeys(_QUIET, _nothing),
    **dict.fromkeys(_ACCOUNT, _of_the_account),
    "subscribe": _came,
    "unsubscribe": _left,
    "click": _click,
    "scan": _scanned,
    "scancode_waitmsg": _read_code,
    "pic_sysphoto": _say("PICTURES"),
    "pic_photo_or_album": _say("PICTURES"),
    "pic_weixin": _say("PICTURES"),
    "templatesendjobfinish": _sent,
    "user_info_modified": _revoked,
    "user_authorization_revoke": _revoked,
    "user_authorization_cancellation": _cancelled,
    "masssendjobfinish": _job_ended,
    "subscribe_msg_popup_event": consents.answered,
    "subscribe_msg_change_event": consents.changed,
    "subscribe_msg_sent_event": consents.sent,
}
