"""Consents (订阅授权): what WeChat tells of subscription messages: agreed to, refused, sent."""

from collections.abc import Iterator
from itertools import count

from bot.answer import Heard
from bot.envelope import Push
from core import subscriptions
from core.db import Writing
from core.outbox import settle
from core.outbox.adopting import Reader
from core.outbox.deliveries import Way

_NO_CONSENT = "43101"


def answered(push: Push, heard: Heard) -> None:
    """Count what somebody agreed to in a pop-up, and end what they refused."""
    with Writing() as session:
        for template, status in _rows(push, "SubscribeMsgPopupEvent", "SubscribeStatusString"):
            keep = subscriptions.accept if status == "accept" else subscriptions.refuse
            keep(session, push.sender, template, now=heard.now)


def changed(push: Push, heard: Heard) -> None:
    """End what somebody switched off in the settings: WeChat tells of nothing else here."""
    with Writing() as session:
        for template, status in _rows(push, "SubscribeMsgChangeEvent", "SubscribeStatusString"):
            if status == "reject":
                subscriptions.refuse(session, push.sender, template, now=heard.now)


def sent(push: Push, heard: Heard) -> None:
    """Settle what was sent by what became of it."""
    told = zip(
        _rows(push, "SubscribeMsgSentEvent", "MsgID"),
        _rows(push, "SubscribeMsgSentEvent", "ErrorCode"),
        strict=False,
    )
    reader = Reader(push.sender, Way.SUBSCRIPTION)
    with Writing() as session:
        for (template, msgid), (_, code) in told:
            status = "success" if code == "0" else f"failed:{code}"[:64]
            if msgid:
                settle.receipt(session, msgid, status, reader=reader, now=heard.now)
            if code == _NO_CONSENT:
                subscriptions.refuse(session, push.sender, template, now=heard.now)


def _rows(push: Push, part: str, leaf: str) -> Iterator[tuple[str, str]]:
    """Read a list, of one or of many, as templates with one of their facts."""
    for number in count(1):
        mark = "" if number == 1 else f"#{number}"
        template = push.fields.get(f"{part}.List.TemplateId{mark}")
        if not template:
            return
        yield template, push.fields.get(f"{part}.List.{leaf}{mark}", "")
