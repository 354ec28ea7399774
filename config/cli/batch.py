"""`./xinyong batch`: what files were taken in, and how one is withdrawn as a whole."""

from datetime import UTC, datetime

import click

from config.cli import two
from config.cli.opened import opened, refusing
from config.cli.two import Logins
from core.calendar import in_kunming
from core.db import Reading, Together, Writing
from core.intake import agreed, batches
from core.intake.agreed import Agreed
from core.intake.batches import Batch, BatchState
from core.staff import approvals
from core.staff.approvals import Matter
from core.staff.errors import NoReasonError
from core.staff.members import Staff
from core.vault import Vault

_STATES = {
    BatchState.RUNNING: "未完成，重新导入同一文件即可接着做",
    BatchState.DONE: "已完成",
    BatchState.ROLLED_BACK: "已撤回",
}


@click.group(help="导入批次：查看、整批撤回。")
def batch() -> None:
    """Stand for what can be done with batches."""


@batch.command("list", help="列出最近的批次。")
def listed() -> None:
    """List the newest batches with their counts."""
    with opened(), Reading() as session:
        found = batches.newest(session)
    click.echo("\n".join(map(line, found)) if found else "还没有导入过文件。")


def line(one: Batch) -> str:
    """Say in one line what became of a batch."""
    counts = (
        f"读取 {one.rows_read}，新载入 {one.rows_loaded}，未变 {one.rows_unchanged}，"
        f"退回 {one.rows_rejected}"
    )
    when = f"{in_kunming(one.started_at):%Y-%m-%d %H:%M}"
    return f"{one.id}  {when}  {one.file_name}  {counts}  {_STATES[one.state]}"


@batch.command(help="撤回一个批次带来的全部记录，并通知看到过提醒的人。")
@click.argument("number", type=int, metavar="编号")
@click.option("--why", required=True, help="撤回的理由，会写进每条记录的变更")
@two.named
def withdraw(number: int, why: str, **by: str | None) -> None:
    """Roll a batch back, a chunk in each transaction; interrupted, it goes on when asked again."""
    with opened() as chosen, refusing():
        if not why.strip():
            raise NoReasonError
        named = two.of(chosen, Matter.WITHDRAW_BATCH, Logins(**by))
        both, total = _first(number, why.strip(), named, vault=chosen.vault)
        while gone := _step(both):
            total += gone
    click.echo(f"已撤回 {total} 条。更正后的文件可以重新导入，会作为新的记录载入。")


def _first(
    number: int, why: str, named: tuple[Staff, Staff] | None, *, vault: Vault
) -> tuple[Agreed, int]:
    with Together() as session:
        both = Agreed(number, None, None, why, by="batch")
        if named:
            wish = approvals.typed(vault, Matter.WITHDRAW_BATCH, number, why=why)
            both = agreed.both(session, named, wish, vault=vault, now=datetime.now(UTC))
        return both, _step(both)


def _step(both: Agreed) -> int:
    with Writing() as session:
        return agreed.withdraw_next(session, both, now=datetime.now(UTC))
