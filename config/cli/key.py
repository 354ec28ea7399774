"""`./xinyong key`: the keys with which institutions ask."""

from datetime import UTC, datetime, timedelta

import click

from config.cli.opened import opened, refusing
from core import institutions
from core.audit import trail
from core.calendar import in_kunming
from core.db import Reading, Writing
from core.institutions import LONGEST, ApiKey, Scope


@click.group(help="机构的接口密钥：发放、查看、撤销。")
def key() -> None:
    """Stand for what can be done with keys."""


@key.command(help="给一个机构发一个密钥。密钥只显示这一次。")
@click.argument("uscc", metavar="统一社会信用代码")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([each.value for each in Scope]),
    help="可以做什么，可以写多次",
)
@click.option(
    "--days",
    type=click.IntRange(1, LONGEST.days),
    default=365,
    show_default=True,
    help="多少天后到期",
)
def issue(uscc: str, scopes: tuple[str, ...], days: int) -> None:
    """Issue a key and show it, once."""
    now, lasts = datetime.now(UTC), timedelta(days=days)
    with opened(), refusing(), Writing() as session:
        granted = [Scope(each) for each in scopes]
        row, secret = institutions.issue(session, uscc, granted, lasts=lasts, now=now)
        act = trail.Act("cli", "staff", "issue", f"key:{row.id}")
        trail.note(session, act, now=now)
    click.echo(f"密钥（只显示这一次，请存好）：{secret}")
    click.echo(f"到期：{_moment(row.expires_at)}")


@key.command("list", help="列出一个机构的密钥。")
@click.argument("uscc", metavar="统一社会信用代码")
def listed(uscc: str) -> None:
    """List the keys of an institution."""
    with opened(), refusing(), Reading() as session:
        found = institutions.keys_of(session, institutions.by_uscc(session, uscc).id)
    lines = [line(one, now=datetime.now(UTC)) for one in found]
    click.echo("\n".join(lines) if lines else "这个机构还没有密钥。")


def line(one: ApiKey, *, now: datetime) -> str:
    """Say in one line what a key is worth."""
    until = f"到期 {_moment(one.expires_at)}"
    if one.revoked_at:
        until = f"已撤销 {_moment(one.revoked_at)}"
    elif one.expires_at <= now:
        until = f"已过期 {_moment(one.expires_at)}"
    used = f"最近使用 {_moment(one.last_used_at)}" if one.last_used_at else "没有用过"
    return f"{one.prefix}  {one.scopes}  {until}  {used}"


@key.command(help="撤销一个密钥，马上不能再用。")
@click.argument("prefix", metavar="密钥开头")
def revoke(prefix: str) -> None:
    """Revoke a key."""
    now = datetime.now(UTC)
    with opened(), refusing(), Writing() as session:
        number = institutions.revoke(session, prefix, now=now)
        act = trail.Act("cli", "staff", "revoke", f"key:{number}")
        trail.note(session, act, now=now)
    click.echo(f"已撤销：{prefix}")


def _moment(at: datetime) -> str:
    return f"{in_kunming(at):%Y-%m-%d %H:%M}"
