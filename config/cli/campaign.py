"""`./xinyong campaign`."""

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from config.cli import campaign_editing, campaign_running, two
from config.cli.opened import opened, refusing
from config.cli.two import Logins
from core import campaigns, db
from core.audit import trail
from core.staff import approvals
from core.staff.approvals import Matter, Wish
from core.staff.members import Staff

_LONGEST_TITLE = 64  # what WeChat shows of an article's title
_HEADING = re.compile(r"#[ \t]+(.*?)[ \t]*#*[ \t]*")


class _Pushing(click.Group):
    """A group whose first word may be a file: then it is pushed, as it always was."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the command in front of a file, or of what comes before it."""
        if args and self._is_pushed(args[0]):
            args = ["push", *args]
        return super().parse_args(ctx, args)

    def _is_pushed(self, word: str) -> bool:
        if word in self.commands or word == "--help":
            return False
        # A word that is neither a command nor like a file is a command that was mistyped.
        return word.startswith("-") or "." in word or "/" in word or Path(word).exists()


@click.group(
    cls=_Pushing,
    help="宣传活动：写、看计划、预览、申请和批准、定时间、暂停、继续、停止、导出。"
    "只写一个 Markdown 文件，就是向全部订阅者推送这篇文章（同 push）。",
)
def campaign() -> None:
    """Stand for what can be done with campaigns."""


for _each in (*campaign_editing.COMMANDS, *campaign_running.COMMANDS):
    campaign.add_command(_each)


@campaign.command(help="向订阅者推送一篇宣传文章（Markdown，第一个“# ”标题为题目）。")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件"
)
@two.named
def push(file: Path, **by: str | None) -> None:
    """Publish an article and owe it to everybody who subscribed."""
    title, body = read(file)
    with opened() as chosen, refusing():
        both = two.of(chosen, Matter.START_CAMPAIGN, Logins(**by))
        article_id = _publish(title, body, both, now=datetime.now(UTC))
    click.echo(
        f"《{title}》已排队，将发给所有订阅者。"
        if article_id
        else f"《{title}》以前发过，不再发送。"
    )


def _publish(
    title: str, body: str, both: tuple[Staff, Staff] | None, *, now: datetime
) -> int | None:
    with db.Writing() as session:
        article_id = campaigns.publish(session, title, body, now=now)
        if article_id and both:
            wish = Wish(Matter.START_CAMPAIGN, article_id, "用命令行推送")
            approvals.by_two(session, both, wish, now=now)
        if article_id:
            act = trail.Act("cli", "staff", "publish", f"article:{article_id}")
            trail.note(session, act, now=now)
    return article_id


def read(file: Path) -> tuple[str, str]:
    """Return title and body of an article. Raises click.ClickException with what to change."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name} 不是 UTF-8 编码，请另存为 UTF-8") from None
    place = next((n for n, line in enumerate(lines) if _HEADING.fullmatch(line)), None)
    found = _HEADING.fullmatch(lines[place]) if place is not None else None
    title = found[1].strip() if found else ""
    if place is None or not title:
        raise click.ClickException(f"{file.name} 没有题目：请写一行“# 题目”")
    if len(title) > _LONGEST_TITLE:
        raise click.ClickException(f"题目有 {len(title)} 字，最多 {_LONGEST_TITLE} 字")
    body = "\n".join([*lines[:place], *lines[place + 1 :]]).strip()
    if not body:
        raise click.ClickException(f"{file.name} 只有题目，没有正文")
    return title, body
