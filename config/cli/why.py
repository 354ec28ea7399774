"""`./xinyong why`: the whole life of a notice."""

from collections.abc import Iterator
from datetime import datetime

import click
from sqlalchemy.orm import Session

from config.cli.opened import opened
from core import accounts
from core.accounts import Channel
from core.calendar import in_kunming
from core.db import Reading
from core.outbox import life
from core.outbox.deliveries import Delivery
from core.outbox.events import Event
from core.outbox.life import EventNotFoundError, OfEvent, OfOne
from messages.wording import console_zh
from messages.wording import life_zh as words


@click.command(help="一条消息为什么收到、为什么没有收到、现在在哪里。")
@click.argument("event", type=int, required=False, metavar="[消息号]")
@click.option("--account", type=int, metavar="编号", help="哪个账户")
@click.option("--openid", metavar="OPENID", help="哪个微信用户")
@click.option("--msgid", metavar="号码", help="微信给的消息号")
def why(event: int | None, *, account: int | None, openid: str | None, msgid: str | None) -> None:
    """Tell of an event, of what it brought one account, or of an account's newest notices."""
    with opened(), Reading() as session:
        if msgid is not None:
            event, account = _of_message(session, msgid)
        if openid is not None:
            account = _of_openid(session, openid)
        try:
            lines = list(_told(session, event, account))
        except EventNotFoundError as refusal:
            raise click.ClickException(console_zh.REFUSALS[refusal.code]) from None
    click.echo("\n".join(lines))


def _of_message(session: Session, msgid: str) -> tuple[int, int]:
    found = life.by_msgid(session, msgid)
    if found is None:
        raise click.ClickException("没有这个微信消息号，请核对")
    return found


def _of_openid(session: Session, openid: str) -> int:
    found = accounts.known_at(session, Channel.WECHAT, openid)
    if found is None:
        raise click.ClickException("没有这个微信用户，请核对 openid")
    return found


def _told(session: Session, event: int | None, account: int | None) -> Iterator[str]:
    if event is not None and account is not None:
        yield from of_one(life.of_one(session, event, account))
    elif event is not None:
        yield from of_event(life.of_event(session, event))
    elif account is not None:
        found = life.of_account(session, account)
        for one in found:
            yield from of_one(one)
        if not found:
            yield f"账户 {account} 还没有收到过任何消息。"
    else:
        raise click.ClickException("请写明消息号、--account、--openid 或 --msgid")


def of_event(told: OfEvent) -> Iterator[str]:
    """Say what happened, to whom it is told, and what has become of it."""
    yield from _head(told.event)
    if not told.counts:
        yield "  还没有送给任何人"
    for count in told.counts:
        yield f"  {count.number} 人：{words.STATES[count.state]}{_reason(count.reason)}"


def of_one(told: OfOne) -> Iterator[str]:
    """Say what an event has brought one account, or why nothing."""
    yield from _head(told.event)
    if told.why_not is not None:
        yield f"  没有收到：{words.WHY_NOT[told.why_not]}"
    if told.delivery is not None:
        yield from _delivery(told.delivery)
    if told.receipt is not None:
        yield f"  微信回执：{told.receipt.status}，{_moment(told.receipt.at)}"


def _head(event: Event) -> Iterator[str]:
    whom = words.AUDIENCES[event.audience].format(event.audience_id)
    yield f"消息 {event.id}：{words.KINDS[event.kind]}，发给{whom}"
    done = _moment(event.expanded_at) if event.expanded_at else "还没有"
    yield f"  事情的日期 {event.event_date}；记下 {_moment(event.owed_at)}；展开 {done}"


def _delivery(one: Delivery) -> Iterator[str]:
    way = f"，{words.WAYS[one.way]}" if one.way else ""
    state = f"{words.STATES[one.state]}{_reason(one.reason)}"
    yield f"  账户 {one.account_id}：{state}{way}，试过 {one.tries} 次"
    dates = {
        "第一次发送": one.first_try_at,
        "结果": one.settled_at,
        "在应用里看到": one.shown_at,
        "读过": one.read_at,
    }
    known = [f"{name} {_moment(at)}" for name, at in dates.items() if at]
    if one.settled_at is None:
        known.append(f"下一次 {_moment(one.due_at)}")
    yield f"  {'；'.join(known)}" + (f"；微信消息号 {one.msgid}" if one.msgid else "")


def _reason(reason: str | None) -> str:
    return f"（{words.REASONS.get(reason, reason)}）" if reason else ""


def _moment(at: datetime) -> str:
    return in_kunming(at).strftime("%Y-%m-%d %H:%M:%S")
