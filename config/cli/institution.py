"""`./xinyong institution`: which institutions may check subjects by machine."""

from datetime import UTC, datetime

import click

from config.cli.opened import opened, refusing
from core import institutions
from core.audit import trail
from core.db import Reading, Writing
from core.institutions import InstitutionState

_STATES = {InstitutionState.ACTIVE: "正常", InstitutionState.SUSPENDED: "已停用"}


@click.group(help="用接口核查信用的机构：登记、查看、停用。")
def institution() -> None:
    """Stand for what can be done with institutions."""


@institution.command(help="登记一个机构。")
@click.argument("name", metavar="名称")
@click.argument("uscc", metavar="统一社会信用代码")
def add(name: str, uscc: str) -> None:
    """Enrol an institution."""
    now = datetime.now(UTC)
    with opened(), refusing(), Writing() as session:
        number = institutions.enrol(session, name, uscc, now=now)
        act = trail.Act("cli", "staff", "enrol", f"institution:{number}")
        trail.note(session, act, now=now)
    click.echo(f"已登记：{name}。发密钥：./xinyong key issue {uscc} --scope check_entities")


@institution.command("list", help="列出登记的机构。")
def listed() -> None:
    """List the institutions."""
    with opened(), Reading() as session:
        found = institutions.everyone(session)
    lines = [f"{one.uscc}  {one.name}  {_STATES[one.state]}" for one in found]
    click.echo("\n".join(lines) if lines else "还没有登记过机构。")


@institution.command(help="停用一个机构，它的密钥马上都不能用。")
@click.argument("uscc", metavar="统一社会信用代码")
def suspend(uscc: str) -> None:
    """Suspend an institution."""
    _turn(uscc, InstitutionState.SUSPENDED)


@institution.command(help="恢复一个停用的机构。")
@click.argument("uscc", metavar="统一社会信用代码")
def resume(uscc: str) -> None:
    """Let a suspended institution in again."""
    _turn(uscc, InstitutionState.ACTIVE)


def _turn(uscc: str, state: InstitutionState) -> None:
    now = datetime.now(UTC)
    with opened(), refusing(), Writing() as session:
        number = institutions.set_state(session, uscc, state)
        act = trail.Act("cli", "staff", state.value, f"institution:{number}")
        trail.note(session, act, now=now)
    click.echo(f"{uscc}：{_STATES[state]}")
