"""`./xinyong article`: write, publish, schedule and withdraw articles."""

from datetime import UTC, datetime
from pathlib import Path

import click

from config.cli import two
from config.cli.campaign import read
from config.cli.opened import opened, refusing
from core.articles import reading, writing
from core.articles.ledger import ArticleKind
from core.articles.writing import Text
from core.calendar import KUNMING
from core.db import Reading, Writing
from messages.wording import articles_zh, console_articles_zh, zh

_FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件"
)
_NUMBER = click.argument("number", type=click.IntRange(1, 10**12), metavar="编号")
_BY = click.option("--by", "login", metavar="登录名", help="谁办的，正式环境必填")
_TIMES = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")
_SHOWN = 50


@click.group(help="文章：写、修改、发布（可以定时）、撤回。Markdown，第一个“# ”标题为题目。")
def article() -> None:
    """Stand for what can be done with articles."""


@article.command(help="写一篇文章，成为草稿。")
@_FILE
@click.option("--kind", type=click.Choice([str(one) for one in ArticleKind]), required=True)
@_BY
def write(file: Path, *, kind: str, login: str | None) -> None:
    """Begin an article."""
    said = Text(*read(file))
    with opened() as chosen, refusing():
        staff = two.one(chosen, login)
        with Writing() as session:
            number = writing.write(session, staff, ArticleKind(kind), text=said, now=_now())
    click.echo(f"《{said.title}》已存为文章 {number} 的第 1 版。")


@article.command(help="写一篇文章的下一版；读者看到的不变，直到发布它。")
@_NUMBER
@_FILE
@_BY
def revise(number: int, file: Path, *, login: str | None) -> None:
    """Write the next version."""
    said = Text(*read(file))
    with opened() as chosen, refusing():
        staff = two.one(chosen, login)
        with Writing() as session:
            seen = number, writing.newest_of(session, writing.locked(session, number).id).number
            version = writing.revise(session, staff, seen, text=said, now=_now())
    click.echo(f"《{said.title}》已存为文章 {number} 的第 {version} 版。")


@article.command(help="发布最新的一版：现在，或到时间。写的人不能发布自己写的。")
@_NUMBER
@click.option("--at", type=click.DateTime(_TIMES), help="昆明时间，如 2027-03-15 09:00")
@_BY
def publish(number: int, *, at: datetime | None, login: str | None) -> None:
    """Publish the newest version."""
    when = at and at.replace(tzinfo=KUNMING)
    with opened() as chosen, refusing():
        staff = two.one(chosen, login)
        with Writing() as session:
            seen = number, writing.newest_of(session, writing.locked(session, number).id).number
            writing.publish(session, staff, seen, at=when, now=_now())
    click.echo(console_articles_zh.SCHEDULED if when else console_articles_zh.PUBLISHED)


@article.command(help="撤回一篇文章，不能恢复。")
@_NUMBER
@_BY
def withdraw(number: int, *, login: str | None) -> None:
    """Withdraw an article."""
    with opened() as chosen, refusing():
        staff = two.one(chosen, login)
        with Writing() as session:
            writing.withdraw(session, staff, number, now=_now())
    click.echo(console_articles_zh.WITHDRAWN)


@article.command("list", help="列出最近的文章。")
def listed() -> None:
    """List the articles."""
    with opened(), Reading() as session:
        found = reading.every(session, limit=_SHOWN)
    for one in found:
        state = console_articles_zh.STATES[one.state(_now())][1]
        when = zh.time(one.published_at) if one.published_at else "没有发布"
        kind = articles_zh.ARTICLE_KINDS[one.kind]
        click.echo(f"{one.id}  {state}  {kind}  第 {one.version} 版  {when}  {one.title}")
    if not found:
        click.echo("还没有文章。写一篇：./xinyong article write 文件 --kind policy")


def _now() -> datetime:
    return datetime.now(UTC)
