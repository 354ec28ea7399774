"""`./xinyong campaign draft|revise|testers|tester|preview`: what an editor does."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.orm import Session

from config import anchors, campaign_form, rulebook
from config.campaign_form import Form, FormError, Known
from config.cli import two
from config.cli.campaign_common import BY, NUMBER, now
from config.cli.opened import opened, refusing
from core.articles import pictures
from core.articles.errors import PictureRefusedError
from core.calendar import day
from core.campaigning import anchors as days_of
from core.campaigning import editing, progress
from core.campaigning.editing import Draft
from core.campaigning.errors import CampaignRefusedError, NoArticleError
from core.campaigning.ledger import Tester
from core.db import Reading, Writing
from core.staff.errors import StaffError
from core.staff.members import Staff
from messages.wording import console_zh, zh

_FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件"
)


@click.command(help="写一次宣传（YAML 文件，见 docs/campaigns.md），成为草稿。")
@_FILE
@BY
def draft(file: Path, *, login: str | None) -> None:
    """Begin a campaign."""
    with opened() as chosen, refusing():
        form, staff = _read(file), two.one(chosen, login)
        with _naming(file, form), Writing() as session:
            number = editing.write(session, staff, _draft(session, staff, form), now=now())
    click.echo(
        f"《{form.title}》已存为宣传 {number} 的草稿。看计划：./xinyong campaign plan {number}"
    )


@click.command(help="改一次还没有开始的宣传：改了要重新预览、重新批准。")
@NUMBER
@_FILE
@BY
def revise(number: int, file: Path, *, login: str | None) -> None:
    """Change a campaign."""
    with opened() as chosen, refusing():
        form, staff = _read(file), two.one(chosen, login)
        with _naming(file, form), Writing() as session:
            seen = number, editing.locked(session, number).revision
            written = _draft(session, staff, form)
            editing.revise(session, staff, seen, draft=written, now=now())
    click.echo(f"宣传 {number} 已改，重新预览以后再申请批准。")


@click.command(help="列出测试人；预览只发给他们。")
def testers() -> None:
    """List who looks at previews."""
    with opened(), Reading() as session:
        found = progress.testers(session)
    for one in found:
        click.echo(f"{one.name}  {zh.time(one.added_at)}")
    if not found:
        click.echo("还没有测试人。添加：./xinyong campaign tester 姓名 openid")


@click.command(help="添加一位测试人，要关注公众号。")
@click.argument("name", metavar="姓名")
@click.argument("openid", metavar="openid")
@BY
def tester(name: str, openid: str, *, login: str | None) -> None:
    """Name somebody who looks at previews."""
    with opened() as chosen, refusing():
        staff = two.one(chosen, login)
        with Writing() as session:
            editing.add_tester(session, staff, name, openid=openid, now=now())
    click.echo(f"{name}可以收到预览了。")


@click.command(help="发预览给测试人；--to 写姓名，可以写多次，不写就是全部测试人。")
@NUMBER
@click.option("--to", "names", multiple=True, metavar="姓名", help="给哪位测试人")
@BY
def preview(number: int, *, names: tuple[str, ...], login: str | None) -> None:
    """Have a campaign shown to testers."""
    with opened() as chosen, refusing():
        staff = two.one(chosen, login)
        with Writing() as session:
            chosen_ones = _chosen(progress.testers(session), names)
            seen = number, editing.locked(session, number).revision
            editing.preview(session, staff, seen, testers=chosen_ones, now=now())
    click.echo(f"已安排预览。看送到没有：./xinyong campaign show {number}")


@click.command(help="列出值得安排宣传的日子；文件里的 start 可以写它的名称。")
def days() -> None:
    """List the days that campaigns are planned around."""
    for begins, one in days_of.coming(anchors.load(), day(now())):
        click.echo(f"{begins}  {one.name}")


COMMANDS = (draft, revise, testers, tester, preview, days)


def _read(file: Path) -> Form:
    known = Known(rulebook.load(), anchors.load(), day(now()))
    try:
        return campaign_form.read(file, known)
    except FormError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _naming(file: Path, form: Form) -> Iterator[None]:
    """Say which line of a file core refuses."""
    try:
        yield
    except (NoArticleError, PictureRefusedError, CampaignRefusedError) as refusal:
        name = _OF_FIELDS[type(refusal)]
        line, words = form.lines[name], console_zh.REFUSALS[refusal.code]
        raise click.ClickException(f"{file.name} 第 {line} 行 {name}：{words}") from None


# All else that core would refuse the file itself was refused for.
_OF_FIELDS: dict[type[StaffError], str] = {
    NoArticleError: "article",
    PictureRefusedError: "cover",
    CampaignRefusedError: "cover",
}


def _draft(session: Session, staff: Staff | None, form: Form) -> Draft:
    cover = form.cover
    if isinstance(cover, Path):
        content = cover.read_bytes()[: pictures.LARGEST + 1]
        cover = pictures.add(session, staff, content, now=now())
    return Draft(
        title=form.title,
        article_id=form.article_id,
        cover=cover,
        whom=form.whom,
        rate=form.rate,
        quiet_from=form.quiet[0],
        quiet_until=form.quiet[1],
        start_at=form.start_at,
    )


def _chosen(found: Sequence[Tester], names: tuple[str, ...]) -> list[int]:
    known = {one.name for one in found}
    for name in names:
        if name not in known:
            raise click.ClickException(
                f"没有叫“{name}”的测试人。看全部：./xinyong campaign testers"
            )
    return [one.id for one in found if not names or one.name in names]
