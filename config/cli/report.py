"""`./xinyong report`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from config import reports, rulebook
from config.cli.opened import opened
from core import privacy
from core.audit import trail
from core.db import Reading, Writing
from core.errors import CreditError
from core.reports import ledger
from core.reports.ledger import Purpose, Report, ReportState
from messages import wording
from messages.report import contents

_TRIES = 3  # each is only in vain if a record of the entity was withdrawn meanwhile


@click.command(help="生成一份信用报告（PDF）。")
@click.argument("uscc", metavar="统一社会信用代码")
@click.option(
    "-o",
    "out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到哪个文件",
)
@click.option(
    "--purpose",
    type=click.Choice([each.value for each in Purpose]),
    default=Purpose.OTHER.value,
    show_default=True,
    help="用途",
)
def report(uscc: str, out: Path, purpose: str) -> None:
    """Make a report for nobody's account, and say how it can be verified."""
    with opened() as chosen:
        parts = reports.printing(chosen, rulebook.load(), clock=_now)
        report_id = _asked(uscc, Purpose(purpose))
        made = _made(parts, report_id)
        out.write_bytes(parts.shelf.read(made.file_key, made.pdf_hash))
    where = contents.address(chosen.public_url, made.report_no, made.verify_code)
    click.echo(f"信用报告：{out}")
    click.echo(f"报告编号：{made.report_no}，核验码：{privacy.show_code(made.verify_code)}")
    click.echo(f"核验地址：{where}")


def _asked(uscc: str, purpose: Purpose) -> int:
    try:
        with Writing() as session:
            asked = ledger.request(session, uscc, purpose, now=_now())
            act = trail.Act("cli", "staff", "report", f"report:{asked.id}")
            trail.note(session, act, now=_now())
            return asked.id
    except CreditError as refusal:
        raise click.ClickException(wording.refusal(refusal.code)) from None


def _made(parts: reports.Printing, report_id: int) -> Report:
    # A worker may be faster than we are: then its file is ours.
    for _ in range(_TRIES):
        reports.make(parts, report_id)
        with Reading() as session:
            made = session.get_one(Report, report_id)
        if made.state is not ReportState.REQUESTED:
            return made
    raise click.ClickException("这个主体的记录正在变动，报告没有生成。请稍后再试。")


def _now() -> datetime:
    return datetime.now(UTC)
