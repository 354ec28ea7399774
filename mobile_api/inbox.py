"""My inbox (消息): everything that I was told, whatever way it took outside."""

from collections.abc import Sequence
from typing import Any

import marshmallow as ma

from core import inbox, notices
from core.calendar import day
from core.db import Reading, Writing
from core.errors import MessageNotFoundError
from core.inbox import COUNTED, Line
from core.notices import Notice
from core.outbox.deliveries import EventKind
from messages.telling import Teller
from mobile_api import asking, paging
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Label, Moment, Question, RowId, read_id
from mobile_api.paging import PageQuery
from mobile_api.resource import Resource

blueprint = Resource("me/inbox", description="我的消息：提醒、更正、办件和报告")
blueprint.keep_private()


class InboxQuery(PageQuery):
    """Which part of the inbox is wanted."""

    unread = ma.fields.Boolean(load_default=False, metadata={"description": "只要未读的"})


class MessageFact(Answer):
    """One fact of a message."""

    label = ma.fields.String(metadata={"description": "名称", "example": "列入日期"})
    text = ma.fields.String(metadata={"description": "内容", "example": "2026年5月20日"})


class MessageAbout(Answer):
    """What a message leads to."""

    kind = ma.fields.String(
        metadata={
            "description": "entity 主体、case 办件、report 报告、release 一期名单、article 文章",
            "example": "entity",
        }
    )
    id = ma.fields.String(metadata={"description": "编号或代码", "example": "91530100MA6K3Q5R8T"})


class Message(Answer):
    """One message, worded as things stand now."""

    id = ma.fields.String(metadata={"description": "编号", "example": "1024"})
    kind = Choice(EventKind, metadata={"description": "种类；今后可能增加"})
    kind_label = Label("EVENT_KINDS", of="kind")
    title = ma.fields.String(metadata={"description": "标题"})
    facts = ma.fields.List(ma.fields.Nested(MessageFact))
    hint = ma.fields.String(metadata={"description": "接下来可以做什么"})
    about = ma.fields.Nested(MessageAbout, allow_none=True)
    event_date = ma.fields.Date(metadata={"description": "事情发生的日期"})
    received_at = Moment(metadata={"description": "收到的时间"})
    read_at = Moment(allow_none=True, metadata={"description": "读过的时间；未读为 null"})


class InboxPage(Answer):
    """One page of the inbox, newest first. It may be short though another page follows."""

    items = ma.fields.List(ma.fields.Nested(Message))
    next_cursor = paging.next_cursor()
    unread_count = ma.fields.Integer(
        metadata={"description": f"未读条数；最多数到 {COUNTED}", "example": 3}
    )
    as_of = Moment(metadata={"description": "查询时间"})


class Unread(Answer):
    """How many messages are unread."""

    unread_count = ma.fields.Integer(
        metadata={"description": f"未读条数；最多数到 {COUNTED}", "example": 3}
    )


class ReadUpTo(Question):
    """Up to which message all were read."""

    up_to = RowId(
        required=True,
        metadata={"description": "这一条和更早的都标为已读", "example": "1024"},
    )


@blueprint.get("")
@blueprint.doc(operationId="listMessages", summary="我的消息", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "bad_cursor", "invalid_request")
@signed_in
@blueprint.tagged
@blueprint.arguments(InboxQuery, location="query")
@blueprint.response(200, InboxPage)
def show(caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
    """Show one page. What it lists counts as told: its correction will come here, too."""
    now, who, is_unread = asking.current().now, caller.account_id, given["unread"]
    page = paging.wanted(f"inbox:{who}:{is_unread}", given)
    with Writing() as session:
        lines = inbox.page(session, who, limit=page.and_one, after=page.after, unread=is_unread)
        here = lines[: page.limit]
        told = _told(session, here)
        shown = [line.event_id for line, _ in told]
        inbox.note_shown(session, who, shown, now=now)
        inbox.pass_over(session, who, [one.event_id for one in here if one.event_id not in shown])
        unread = inbox.unread(session, who)
    return {
        "items": [_shown(line, notice) for line, notice in told],
        "next_cursor": page.following(lines, "event_id"),
        "unread_count": unread,
        "as_of": now,
    }


@blueprint.get("/unread")
@blueprint.doc(operationId="countUnread", summary="未读条数", security=[{"bearer": []}])
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.tagged
@blueprint.response(200, Unread)
def count(caller: Caller) -> dict[str, Any]:
    """Count unread messages."""
    with Reading() as session:
        return {"unread_count": inbox.unread(session, caller.account_id)}


@blueprint.put("/<message_id>/read")
@blueprint.doc(operationId="readMessage", summary="标为已读", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "message_not_found")
@signed_in
@blueprint.response(204)
def read(caller: Caller, message_id: str) -> None:
    """Note that a message was read; again is the same."""
    if (number := read_id(message_id)) is None:
        raise MessageNotFoundError
    with Writing() as session:
        inbox.read_one(session, caller.account_id, number, now=asking.current().now)


@blueprint.put("/read")
@blueprint.doc(operationId="readMessages", summary="一批标为已读", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "bad_json", "unsupported_media_type", "invalid_request")
@signed_in
@blueprint.arguments(ReadUpTo)
@blueprint.response(204)
def read_all(caller: Caller, given: dict[str, Any]) -> None:
    """Note that a message and all older ones were read."""
    with Writing() as session:
        now = asking.current().now
        inbox.read_up_to(session, caller.account_id, given["up_to"], now=now)


def _told(session: Any, lines: Sequence[Line]) -> list[tuple[Line, Notice]]:  # noqa: ANN401
    """Read each notice; one that is old news and was never told is passed over."""
    today = day(asking.current().now)
    read = notices.read_all(session, [line.event_id for line in lines], today=today)
    told = [(line, read[line.event_id]) for line in lines]
    return [pair for pair in told if pair[0].was_told or notices.is_news(pair[1])]


def _shown(line: Line, notice: Notice) -> dict[str, Any]:
    asked = asking.current()
    rules = asked.parts.rules
    told = Teller(rules.lists, asked.language, asked.now, rules.reasons).tell(notice)
    return {
        "id": line.event_id,
        "kind": line.kind,
        "title": told.title,
        "facts": [{"label": label, "text": text} for label, text in told.facts],
        "hint": told.hint,
        "about": told.about,
        "event_date": line.event_date,
        "received_at": line.owed_at,
        "read_at": line.read_at,
    }
