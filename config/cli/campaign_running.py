"""`./xinyong campaign plan|propose|approve|schedule|list|show|pause|resume|stop|export`."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from config import rulebook
from config.cli import two
from config.cli.campaign_common import BY, NUMBER, TIMES, counted, named, note, now
from config.cli.opened import opened, refusing
from config.settings import Settings
from core.calendar import KUNMING
from core.campaigning import editing, planning, progress, steering
from core.campaigning.ledger import Campaign, Whom
from core.campaigning.planning import Plan
from core.campaigning.progress import Sheet
from core.db import Reading, Writing
from core.staff import approvals
from core.staff.approvals import Matter
from core.staff.errors import ApprovalNotFoundError
from messages import campaign_file, campaign_said, mass_calls
from messages.wording import console_campaigns_zh as said
from messages.wording import zh

_SHOWN = 50


@click.command(help="看计划：送达多少人，其中多少人只在收件箱，几次调用，要多久。")
@NUMBER
def plan(number: int) -> None:
    """Show what a campaign would do."""
    with opened() as chosen, refusing():
        held = _plan(chosen, number)
    click.echo("\n".join(_planned(held)))


@click.command(help="申请批准一次预览过的宣传，由另一位工作人员批准。")
@NUMBER
@click.option("--why", required=True, metavar="理由", help="为什么要做")
@BY
def propose(number: int, *, why: str, login: str | None) -> None:
    """Ask that a campaign be approved."""
    with opened() as chosen, refusing():
        staff = named(chosen, login)
        with Writing() as session:
            seen = number, editing.locked(session, number).revision
            editing.ask(session, staff, seen, why=why, vault=chosen.vault, now=now())
            note(session, "propose", number)
    click.echo(f"已申请。由另一位批准：./xinyong campaign approve {number} --by 登录名")


@click.command(help="批准别人申请的宣传：先显示计划，看过以后加 --yes 再办。")
@NUMBER
@click.option("--yes", "is_agreed", is_flag=True, help="看过计划，同意")
@BY
def approve(number: int, *, is_agreed: bool, login: str | None) -> None:
    """Agree to what another has asked for, with the plan before one's eyes."""
    with opened() as chosen, refusing():
        staff = named(chosen, login)
        with Reading() as session:
            asked = approvals.about(session, Matter.RUN_CAMPAIGN, number)
            if asked is None:
                raise ApprovalNotFoundError
            approval_id, why = asked.id, approvals.why(asked, chosen.vault)
        click.echo("\n".join([*_planned(_plan(chosen, number)), f"理由：{why}"]))
        if not is_agreed:
            raise click.ClickException("还没有批准。看过上面的计划，同意就加上 --yes 再执行一次")
        with Writing() as session:
            editing.approve(session, staff, approval_id, now=now())
            note(session, "approve", number)
    click.echo(said.APPROVED)


@click.command(help="定下一次批准了的宣传什么时候开始；不写 --at 就是现在。")
@NUMBER
@click.option("--at", type=click.DateTime(TIMES), help="昆明时间，如 2027-03-15 09:00")
@BY
def schedule(number: int, *, at: datetime | None, login: str | None) -> None:
    """Set when an approved campaign begins."""
    when = at.replace(tzinfo=KUNMING) if at else now()
    with opened() as chosen, refusing():
        staff = two.one(chosen, login)
        with Writing() as session:
            steering.schedule(session, staff, number, at=when, now=now())
    click.echo(said.SCHEDULED)


@click.command("list", help="列出最近的宣传。")
def listed() -> None:
    """List the campaigns."""
    with opened(), Reading() as session:
        found = progress.listing(session, limit=_SHOWN)
    for one in found:
        begins = one.started_at or one.start_at
        when = zh.time(begins) if begins else "没有定时间"
        click.echo(f"{one.id}  {said.STATES[one.state][1]}  {when}  {one.title}")
    if not found:
        click.echo("还没有宣传。写一次：./xinyong campaign draft 文件.yaml")


@click.command(help="看一次宣传：对象、状态、各有多少人和原因、每一次群发。")
@NUMBER
def show(number: int) -> None:
    """Show a campaign and how far it is."""
    with opened() as chosen, refusing():
        with Reading() as session:
            sheet = progress.sheet(session, number)
        held = None if sheet.campaign.started_at else _plan(chosen, number)
    click.echo("\n".join([*_shown(sheet), *(_planned(held) if held else _told(sheet))]))


@click.command(help="导出各有多少人和原因（XLSX 或 CSV，没有姓名）。")
@NUMBER
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="写到哪里",
)
def export(number: int, *, output: Path) -> None:
    """Write the counts of a campaign into a file."""
    if output.suffix not in {".xlsx", ".csv"}:
        raise click.ClickException("文件的扩展名应为 .xlsx 或 .csv")
    with opened(), refusing(), Reading() as session:
        counts = progress.sheet(session, number).counts
    if output.suffix == ".csv":
        output.write_text(campaign_file.as_csv(counts), encoding="utf-8", newline="")
    else:
        with output.open("wb") as file:
            campaign_file.write(counts, file)
    click.echo(f"已写入 {output}。")


def _steering(name: str, words: str, *, do: Callable[..., None], done: str) -> click.Command:
    @click.command(name, help=words)
    @NUMBER
    @BY
    def command(number: int, *, login: str | None) -> None:
        with opened() as chosen, refusing():
            staff = two.one(chosen, login)
            with Writing() as session:
                do(session, staff, number, now=now())
        click.echo(done)

    return command


COMMANDS = (
    *(plan, propose, approve, schedule, listed, show, export),
    _steering("pause", "暂停：不再发出新的一组。", do=steering.pause, done=said.PAUSED),
    _steering("resume", "继续一次暂停的宣传。", do=steering.resume, done=said.RESUMED),
    _steering(
        "remove",
        "文章有错时，删除微信里已送到的（先撤回文章）。",
        do=steering.remove,
        done=said.REMOVAL_ASKED,
    ),
    _steering("stop", "停止，不能恢复；没有发出的不再发。", do=steering.stop, done=said.STOPPED),
)


def _plan(chosen: Settings, number: int) -> Plan:
    with counted(chosen) as ledger:
        calls = mass_calls.left(ledger)
    with Reading() as session:
        campaign = progress.sheet(session, number).campaign
        return planning.plan(session, campaign, calls, now=now())


def _planned(one: Plan) -> list[str]:
    mass = f"经微信群发 {one.reach.by_mass:,} 人，{said.WAYS[one.way]}"
    return [
        campaign_said.plan(one),
        f"{mass}，{one.calls} 次调用，当天还剩 {one.left} 次。",
        f"{zh.time(one.begins)} 开始，{zh.time(one.ends)} 完成。",
    ]


def _shown(sheet: Sheet) -> list[str]:
    campaign: Campaign = sheet.campaign
    whom = campaign_said.whom(Whom.read(campaign.whom), rulebook.load())
    lines = [
        f"{campaign.title}  {said.STATES[campaign.state][1]}",
        f"文章：{sheet.article.title}  对象：{whom}",
    ]
    lines += [said.trouble(campaign.trouble)] if campaign.trouble else []
    for one, tester in sheet.previews:
        reason = f"（{said.reason(one.reason)}）" if one.reason else ""
        lines.append(f"预览给{tester.name}：{said.PREVIEW_STATES[one.state]}{reason}")
    return lines


def _told(sheet: Sheet) -> list[str]:
    lines = [f"有结果的 {sheet.settled:,} 人，已写入 {sheet.written:,} 人。"]
    lines.append(f"文章读过 {sheet.reads:,} 次；在收件箱里打开过的 {sheet.opened:,} 人。")
    for one in sheet.counts:
        state, way, reason, number = campaign_file.row(one)
        lines.append("  ".join(filter(None, [f"{number:,}", state, way, reason])))
    for send in sheet.sends:
        got = "" if send.sent is None else f"微信说送到 {send.sent:,}"
        parts = said.SHORT_WAYS[send.way], said.SEND_STATES[send.state], f"{send.size:,} 人", got
        gone = said.removal(send.removal, send.removal_reason)
        lines.append("  ".join(filter(None, [f"第 {send.number} 次", *parts, gone])))
    return lines
