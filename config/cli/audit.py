"""`./xinyong audit`."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import click

from config import heads
from config.cli.opened import opened
from config.heads import Lines
from core.audit import proof
from core.audit.proof import Chain, Fault, FaultKind, Reached, Report
from core.db import Reading

WORDS = {
    FaultKind.CHANGED: "第 {} 行被改过",
    FaultKind.MOVED: "第 {} 行换了位置，封存时是第 {was} 行",
    FaultKind.MISSING: "第 {} 行不见了",
    FaultKind.ADDED: "第 {} 行不在任何一次封存之内，是后加的",
    FaultKind.EXCHANGED: "第 {} 次封存的行不是当时的那些",
    FaultKind.SEAL_CHANGED: "第 {} 次封存被改过",
    FaultKind.SEAL_MISSING: "第 {} 次封存不见了",
    FaultKind.HEAD_CHANGED: "登记文件里第 {} 次封存与数据库不符",
    FaultKind.HEAD_MISSING: "登记文件里缺少第 {} 次封存",
    FaultKind.WRONG_KEY: "没有一行、没有一次封存对得上：AUDIT_KEY 不是封存时的密钥，或者全部被改过",
}
_MINUTE = timedelta(minutes=1)


@click.group(help="审计记录。")
def audit() -> None:
    """Stand for what can be done with the trail."""


@audit.command(help="核对审计记录：有没有被改、被删、被加、换过位置的行。")
def verify() -> int:
    """Prove the chain against the rows and the file of heads; 1 if anything is wrong."""
    with opened() as chosen:
        newest, lines = heads.snapshot(chosen.audit_dir)
        key = chosen.audit_key.get_secret_value().encode()
        report = _proved(Chain(key, lines.heads, newest))
    found = list(faults(report, lines))
    click.echo(summary(report, lines, now=datetime.now(UTC)))
    click.echo("\n".join([f"发现 {len(found)} 处问题：", *found]) if found else "没有发现问题。")
    return 1 if found else 0


def _proved(chain: Chain) -> Report:
    reached, faults = Reached(), list[Fault]()
    while True:
        with Reading() as session:
            found = proof.step(session, chain, reached)
            if found is None:
                return proof.end(session, chain, reached, faults=faults)
        reached = found[0]
        faults += found[1]
        if sys.stderr.isatty():  # only where somebody looks on
            click.echo(f"\r\x1b[K已核对 {reached.rows} 行\r", err=True, nl=False)


def summary(report: Report, lines: Lines, *, now: datetime) -> str:
    """Say how many rows are sealed, and how long the oldest has waited for it."""
    said = f"已封存 {report.rows} 行，共 {report.seals} 次；尚未封存 {report.unsealed} 行"
    if report.oldest:
        said += f"，最早的一行已等 {max(0, (now - report.oldest) // _MINUTE)} 分钟"
    if lines.late:
        said += f"。登记文件里有 {lines.late} 次是事后补记的"
    return f"{said}。"


def faults(report: Report, lines: Lines) -> Iterator[str]:
    """Name each fault; neighbours with the same fault are named together."""
    if report.seals and not lines.exists:
        yield "登记文件 heads.log 不见了"
    yield from (f"登记文件第 {place} 行不是封存登记" for place in lines.strange)
    for run in _runs(report.faults):
        first, last = run[0].number, run[-1].number
        number = f"{first}" if first == last else f"{first}–{last}"
        yield WORDS[run[0].kind].format(number, was=run[0].was)


def _runs(found: Sequence[Fault]) -> Iterator[list[Fault]]:
    run: list[Fault] = []
    for fault in sorted(found, key=lambda one: list(FaultKind).index(one.kind)):
        if run and not _is_next(run[-1], fault):
            yield run
            run = []
        run.append(fault)
    if run:
        yield run


def _is_next(one: Fault, other: Fault) -> bool:
    # SQLite keeps whatever somebody wrote for a number.
    is_number = isinstance(one.number, int)
    alike = one.kind is other.kind and one.was is other.was is None
    return alike and is_number and other.number == one.number + 1
