"""`./xinyong why`: the whole life of a notice."""

from collections.abc import Iterator

import click
from sqlalchemy.orm import Session

from config.cli.opened import opened
from core import accounts
from core.accounts import Channel
from core.casework import heard
from core.db import Reading
from core.errors import CaseNotFoundError, RecordNotFoundError
from core.outbox import life
from core.outbox.life import EventNotFoundError
from messages.wording import console_zh, refusals_zh
from messages.wording import life_zh as words

_SAID = console_zh.REFUSALS | {
    "case_not_found": refusals_zh.REFUSALS["case_not_found"],
    "record_not_found": refusals_zh.REFUSALS["record_not_found"],
}
_REFUSALS = (EventNotFoundError, CaseNotFoundError, RecordNotFoundError)


@click.command(help="一条消息为什么收到、为什么没有收到、现在在哪里。")
@click.argument("event", type=int, required=False, metavar="[消息号]")
@click.option("--account", type=int, metavar="编号", help="哪个账户")
@click.option("--openid", metavar="OPENID", help="哪个微信用户")
@click.option("--msgid", metavar="号码", help="微信给的消息号")
@click.option("--record", type=int, metavar="编号", help="哪条记录（可与账户同填）")
@click.option("--case", metavar="受理编号", help="哪个办件")
def why(
    event: int | None,
    *,
    account: int | None,
    openid: str | None,
    msgid: str | None,
    record: int | None,
    case: str | None,
) -> None:
    """Tell of an event, of what it brought one account, or of an account's newest notices."""
    with opened(), Reading() as session:
        if msgid is not None:
            event, account = _of_message(session, msgid)
        if openid is not None:
            account = _of_openid(session, openid)
        try:
            if record is None and case is None:
                lines = list(_told(session, event, account))
            else:
                lines = list(_heard(session, record, account, case=case))
        except _REFUSALS as refusal:
            raise click.ClickException(_SAID[refusal.code]) from None
    click.echo("\n".join(lines))


def _heard(
    session: Session, record: int | None, account: int | None, *, case: str | None
) -> Iterator[str]:
    if case is not None:
        found = heard.of_case(session, case)
    else:
        found = heard.of_record(session, record or 0, account)
    if found.silent:
        yield from words.of_silence(found.silent)
    for event in found.events:
        yield from words.of_event(event)
    for one in found.ones:
        yield from words.of_one(one)


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
        yield from words.of_one(life.of_one(session, event, account))
    elif event is not None:
        yield from words.of_event(life.of_event(session, event))
    elif account is not None:
        found = life.of_account(session, account)
        for one in found:
            yield from words.of_one(one)
        if not found:
            yield f"账户 {account} 还没有收到过任何消息。"
    else:
        raise click.ClickException("请写明消息号、--account、--openid、--msgid、--record 或 --case")
