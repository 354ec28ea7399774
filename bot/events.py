"""What we answer to everything that is not a text: a table of kinds, and of events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot import dialogue
from bot.answer import Answer, Heard
from bot.envelope import Push
from core import accounts
from core.accounts import Channel
from core.db import Writing
from core.outbox import settle
from messages.wording import bot_zh as words

Hearing = Callable[[Push, Heard], Answer | None]


def answer(push: Push, heard: Heard) -> Answer | None:
    """Answer a push; None means that there is nothing to say."""
    if push.kind == "event":
        return EVENTS.get(push.event, _nothing)(push, heard)
    return MESSAGES.get(push.kind, _nothing)(push, heard)


def _nothing(_push: Push, _heard: Heard) -> None:
    return None


def _say(text: str) -> Hearing:
    return lambda _push, _heard: Answer(text)


def _talk(_push: Push, heard: Heard) -> Answer:
    return dialogue.answer(heard)


def _click(push: Push, heard: Heard) -> Answer:
    typed = MENU.get(push.fields.get("EventKey", ""), "帮助")
    return dialogue.answer(replace(heard, text=typed))


def _came(push: Push, _heard: Heard) -> Answer:
    _reachable(push, active=True)
    return Answer(words.WELCOME)


def _left(push: Push, _heard: Heard) -> None:
    _reachable(push, active=False)


def _reachable(push: Push, *, active: bool) -> None:
    # The time of the push itself: WeChat may bring "left" and "came back" in the wrong order.
    then = datetime.fromtimestamp(push.created, UTC)
    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, push.sender, active=active, now=then)


def _sent(push: Push, heard: Heard) -> None:
    # The message id is written MsgID here, and MsgId in messages.
    msgid = push.fields.get("MsgID", "")
    status = push.fields.get("Status", "")[:64]
    if msgid and status:
        with Writing() as session:
            settle.receipt(session, msgid, status, now=heard.now)


MENU = {"query": "查信用", "help": "帮助", "follows": "我的关注", "campaigns": "订阅宣传"}
MESSAGES: dict[str, Hearing] = {
    "text": _talk,
    "image": _say(words.IMAGE),
    "voice": _say(words.VOICE),
    "video": _say(words.VIDEO),
    "shortvideo": _say(words.VIDEO),
    "location": _say(words.LOCATION),
    "link": _say(words.LINK),
}
EVENTS: dict[str, Hearing] = {
    "subscribe": _came,
    "unsubscribe": _left,
    "click": _click,
    "scan": _say(words.SCANNED),
    "templatesendjobfinish": _sent,
}
