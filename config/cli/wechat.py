"""`./xinyong wechat`: the menu, QR codes and followers of the official account."""

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import segno
from redis import Redis

from config import followers, rulebook, settings, wechat_account
from config import menu as menus
from config.cli.opened import opened, refusing
from config.settings import Settings
from core import departments, query
from core.calendar import day
from core.db import Reading
from core.glance import Glancing
from messages import tagging
from messages.wechat.client import CreditWeChat
from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError

_LONGEST_DAYS = 30  # of a temporary code


@click.group(help="公众号：菜单、二维码、关注者。")
def wechat() -> None:
    """Stand for what is done with the official account."""


@wechat.group(help="菜单（config/menu.yaml）：放上去、看现在的、看差别。")
def menu() -> None:
    """Stand for what is done with the menu."""


@menu.command(help="把 config/menu.yaml 放到公众号上。")
def push() -> None:
    """Put the menu of our file."""
    chosen = settings.read()
    with _account(chosen) as account:
        wanted = menus.put(account, chosen.public_url)
    click.echo("菜单已更新，手机上五分钟内看到：")
    click.echo("\n".join(menus.lines(wanted)))


@menu.command(help="看公众号现在的菜单。")
def show() -> None:
    """Show the menu as WeChat has it."""
    with _account(settings.read()) as account:
        held = _held(account)
    click.echo("\n".join(menus.lines(held)) if held else "公众号现在没有菜单。")


@menu.command(help="看 config/menu.yaml 与公众号现在的菜单有什么差别；有差别时返回 1。")
def diff() -> None:
    """Compare our file with what WeChat has."""
    chosen = settings.read()
    ours = menus.lines(menus.as_sent(menus.load(), chosen.public_url))
    with _account(chosen) as account:
        held = _held(account)
    theirs = menus.lines(held) if held else []
    told = list(difflib.unified_diff(theirs, ours, "公众号", "config/menu.yaml", lineterm=""))
    if not told:
        click.echo("没有差别。")
        return
    click.echo("\n".join(told))
    click.get_current_context().exit(1)


@wechat.group(help="带参数的二维码：扫了就打开单位、企业、文章或决定书对应的主体。")
def qr() -> None:
    """Stand for what codes are made of."""


def _options(command: Any) -> Any:  # noqa: ANN401 - click's own decorators
    path = click.Path(dir_okay=False, path_type=Path)
    days = click.IntRange(1, _LONGEST_DAYS)
    command = click.option("--days", type=days, help="几天后失效；不写就长期有效")(command)
    return click.option("-o", "--output", type=path, required=True, help="图片文件，.png 或 .svg")(
        command
    )


@qr.command("department", help="一个单位的码。")
@click.argument("name", metavar="单位名称")
@_options
def of_department(name: str, output: Path, days: int | None) -> None:
    """Make the code of a department."""
    with opened() as chosen, refusing():
        with Reading() as session:
            number = departments.named(session, name)
        if number is None:
            raise click.ClickException(f"没有这个单位：{name}")
        _make(chosen, f"d:{number}", output, days=days)


@qr.command("enterprise", help="一家企业的码。")
@click.argument("uscc", metavar="统一社会信用代码")
@_options
def of_enterprise(uscc: str, output: Path, days: int | None) -> None:
    """Make the code of an entity."""
    with opened() as chosen, refusing():
        with Glancing() as look:
            entity = query.outline(look, uscc, today=day(datetime.now(UTC)))
        _make(chosen, f"e:{entity.uscc}", output, days=days)


@qr.command("campaign", help="一篇文章的码。")
@click.argument("article", type=click.IntRange(1), metavar="文章编号")
@_options
def of_article(article: int, output: Path, days: int | None) -> None:
    """Make the code of an article."""
    with opened() as chosen:
        _make(chosen, f"a:{article}", output, days=days)


@qr.command("certificate", help="一份信用修复决定书的码，扫了打开它的主体。")
@click.argument("paper", nargs=2, metavar="决定书编号 核验码")
@_options
def of_certificate(paper: tuple[str, str], output: Path, days: int | None) -> None:
    """Make the code of a certificate."""
    with opened() as chosen:
        _make(chosen, f"c:{paper[0]}-{paper[1]}", output, days=days)


@wechat.command("backfill", help="补登以前关注的人：按天的次数逐页取，停了以后接着取。")
def backfill() -> None:
    """Take in followers whom no event told us of."""
    with opened() as chosen, _account(chosen) as account:
        done = followers.walk(account, clock=lambda: datetime.now(UTC))
    click.echo(f"看到 {done.seen} 人，新登记 {done.added} 人。")
    click.echo("全部看完。" if done.is_whole else "今天的次数用完了，明天再执行一次就接着取。")


@wechat.command("tags", help="让微信的用户标签（六进、县市区）与市民自己选的一致；平时自动做。")
def tags() -> None:
    """Keep the tags in step now."""
    with opened() as chosen, _account(chosen) as account:
        done = tagging.keep(account, tagging.names(rulebook.load().places))
    click.echo(f"新加 {done.put} 个，取消 {done.taken} 个。")


def _make(chosen: Settings, scene: str, output: Path, *, days: int | None) -> None:
    wanted: dict[str, Any] = {"action_info": {"scene": {"scene_str": scene}}}
    wanted["action_name"] = "QR_STR_SCENE" if days else "QR_LIMIT_STR_SCENE"
    if days:
        wanted["expire_seconds"] = days * 24 * 3600
    if output.suffix not in {".png", ".svg"}:
        raise click.ClickException("图片文件的扩展名应为 .png 或 .svg")
    with _account(chosen) as account:
        made = account.qrcode.create(wanted)
    # The address that the code stands for: drawn by ourselves it is the code that WeChat draws.
    segno.make(made["url"], error="m").save(str(output), scale=10, border=4)
    click.echo(f"{output}：{scene}，码的内容 {made['url']}")


def _held(account: CreditWeChat) -> dict[str, Any] | None:
    try:
        held: dict[str, Any] = account.get("menu/get")["menu"]
    except WeChatError as error:
        if error.action is Action.NOTHING:
            return None
        raise
    return held


@contextmanager
def _account(chosen: Settings) -> Iterator[CreditWeChat]:
    redis = Redis.from_url(chosen.redis_url.get_secret_value())
    try:
        yield wechat_account.client(chosen, redis)
    except WeChatError as error:
        raise click.ClickException(f"微信没有照办：{error}") from None
    finally:
        redis.close()
