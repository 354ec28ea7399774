"""`./xinyong rules`: which rules are in force, unverified or about to expire; re-evaluation."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

import click

from config import renewing, rulebook
from config.cli.opened import opened
from core import reevaluation, renewal
from core.calendar import day
from core.casework import recounting
from core.db import Writing
from core.reevaluation import Run
from core.rules import Rulebook, RuleKind, listing
from core.rules.listing import Listed, RuleState
from messages.rules import says
from messages.wording import rules_zh

_STATES = {"在效": RuleState.IN_FORCE, "未核实": RuleState.UNVERIFIED, "将到期": RuleState.EXPIRING}
_KINDS = {rules_zh.RULE_KINDS[kind]: kind for kind in RuleKind}
_COUNTS = {
    "seen": "看过",
    "changed": "有变化",
    "term": "公示期变化",
    "severity": "程度变化",
    "visibility": "披露范围变化",
    "transition": "跨新旧规则，从有利规定",
    "to_loaded": "转为待公示",
    "to_held": "转为不公示",
    "to_quarantined": "转为待核实",
    "to_expired": "公示期已满，停止公示",
}


@click.group(invoke_without_command=True, help="法律规则：在效、未核实、将到期；重新评估。")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天在效，默认今天")
@click.option("--kind", type=click.Choice(list(_KINDS)), help="只列一种规则")
@click.option("--state", type=click.Choice(list(_STATES)), default="在效", show_default=True)
@click.pass_context
def rules(ctx: click.Context, *, on: datetime | None, kind: str | None, state: str) -> None:
    """List the rules of a day, unless something else is asked for."""
    if ctx.invoked_subcommand is not None:
        return
    loaded = rulebook.load()
    wanted = date(on.year, on.month, on.day) if on else day(datetime.now(UTC))
    found = listing.on(loaded, wanted, kind=_KINDS[kind] if kind else None, state=_STATES[state])
    click.echo("\n".join([*table(found), summary(loaded, found, wanted)]))


@rules.command(help="按现在的规则重新评估全部记录；再做一次不会再变。")
@click.option("--dry-run", "dry", is_flag=True, help="只看会有什么变化，不改")
def reevaluate(*, dry: bool) -> None:
    """Apply the rules to all records, a chunk in each transaction; interrupted, start it again."""
    total: Counter[str] = Counter()
    with opened() as chosen:
        run = renewing.run(chosen.vault, "reevaluate", now=datetime.now(UTC), dry=dry)
        after = 0
        while outcome := _step(run, after):
            total.update(outcome.counts)
            after = outcome.last
        if not dry:
            with Writing() as session:
                renewal.note_done(session, renewing.stand(run.now), now=run.now)
    click.echo("\n".join(told(total, dry=dry)))


@rules.command(help="新一年的工作日历加进规则以后，重算暂定的办理期限；平时由定时任务做。")
def deadlines() -> None:
    """Count provisional deadlines again."""
    with opened(), Writing() as session:
        recounted = recounting.recount(session, rulebook.load(), now=datetime.now(UTC), who="cli")
    click.echo(f"重算了 {recounted} 件的办理期限。")


def _step(run: Run, after: int) -> reevaluation.Outcome | None:
    with Writing() as session:
        return reevaluation.step(session, run, after=after)


def told(counts: Counter[str], *, dry: bool) -> Iterator[str]:
    """Say what re-evaluation came to."""
    yield "试算，没有改动任何记录：" if dry else "重新评估完成："
    for name, words in _COUNTS.items():
        if name in {"seen", "changed"} or counts[name]:
            yield f"  {words} {counts[name]} 条"


def table(found: Sequence[Listed]) -> Iterator[str]:
    """Set rules as a table for a terminal: a part for each kind, two lines for each rule."""
    for kind, group in groupby(found, key=lambda one: one.kind):
        yield f"── {rules_zh.RULE_KINDS[kind]}"
        rows = [(one, _row(one)) for one in group]
        widths = [
            max(map(_width, column)) for column in zip(*(row for _, row in rows), strict=True)
        ]
        for one, row in rows:
            cells = [_padded(cell, width) for cell, width in zip(row, widths, strict=True)]
            yield "  ".join(cells).rstrip()
            yield f"    {says(one.rule)}〔{one.rule.citation}〕"


def summary(loaded: Rulebook, found: Sequence[Listed], on: date) -> str:
    """Say how many rules were listed, and for which years the calendar is official."""
    unverified = sum(one.is_unverified for one in found)
    expiring = sum(one.is_expiring for one in found)
    years = "、".join(map(str, listing.official_years(loaded))) or "无"
    return (
        f"{on}：{len(found)} 条，其中未核实 {unverified} 条，90 天内到期 {expiring} 条。"
        f"\n官方工作日历：{years} 年；涉及其他年份的期限是暂定的，日历公布后重算。"
    )


def _row(one: Listed) -> tuple[str, ...]:
    rule = one.rule
    marks = [rules_zh.SOURCE_STATUSES[rule.source_status], *(["将到期"] if one.is_expiring else [])]
    return rule.name, f"{rule.effective_from}—{rule.effective_to or '今'}", "、".join(marks)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return how many places a text takes on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
