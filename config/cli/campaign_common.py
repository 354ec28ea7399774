"""What the commands of campaigns share: their arguments, the clock, whoever acts, the ledger."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from redis import Redis
from sqlalchemy.orm import Session

from config import ledgers
from config.cli import two
from config.settings import Settings
from core.audit import trail
from core.staff.members import Staff
from messages.ledger import Ledger

TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d")
NUMBER = click.argument("number", type=click.IntRange(1, 10**12), metavar="编号")
BY = click.option("--by", "login", metavar="登录名", help="谁办的，正式环境必填")


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def named(chosen: Settings, login: str | None) -> Staff:
    """Return whoever acts where one must be named, on a desk too. Raises click.ClickException."""
    if login is None:
        raise click.ClickException("申请和批准要写明是谁：--by 登录名（两步是两位不同的人）")
    staff = two.one(chosen, login)
    if staff is None:
        raise click.ClickException(f"没有这位工作人员：{login}")
    return staff


def note(session: Session, what: str, number: int) -> None:
    """Write down that somebody who was named acted by the command line, which asks no password."""
    act = trail.Act("cli", "staff", f"{what}_campaign", f"campaign:{number}")
    trail.note(session, act, now=now())


@contextmanager
def counted(chosen: Settings) -> Iterator[Ledger]:
    """Give what counts our calls for all processes."""
    redis = Redis.from_url(chosen.redis_url.get_secret_value())
    try:
        yield ledgers.of(chosen, redis, clock=now)
    finally:
        redis.close()
