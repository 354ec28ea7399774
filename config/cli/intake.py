"""`./xinyong intake`."""

from datetime import timedelta
from pathlib import Path

import click

from config import rulebook
from config.cli import progress, two
from config.cli.opened import opened, refusing
from config.cli.two import Logins
from config.intake import Order, Result, take_in
from core.intake.layouts import FileRefusedError, LayoutName
from core.staff.approvals import Matter

# What such a file brings has nothing to publish.
_DONE: dict[LayoutName | None, str] = {
    LayoutName.REMOVAL: "已处理",
    LayoutName.REGISTRATION: "登记",
}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help="导入部门数据文件（双公示、名单、承诺、失信被执行人、登记信息等；CSV、XLSX、XLS、JSON）。"
)
@click.argument("file", type=_FILE, metavar="文件")
@click.option("--publish", is_flag=True, help="导入后立即公示，并提醒关注者")
@two.named
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="退回报告写到哪里")
def intake(file: Path, *, publish: bool, report: Path | None, **by: str | None) -> None:
    """Take a file in, show how far it is, and say what became of its rows."""
    with opened() as chosen, refusing(), progress.shown() as show:
        order = Order(
            path=file,
            rules=rulebook.load(),
            who="intake",
            alert_max_age=timedelta(days=chosen.alert_max_age_days),
            vault=chosen.vault,
            publish=publish,
            two=two.of(chosen, Matter.PUBLISH_BATCH, Logins(**by)) if publish else None,
            report=report,
            reports=chosen.var_dir / "reports",
            progress=show,
        )
        result = _taken_in(order)
    click.echo(summary(result, publish=publish))


def _taken_in(order: Order) -> Result:
    try:
        return take_in(order)
    except FileRefusedError as error:
        raise click.ClickException(f"{order.path.name} 不能导入。{error}") from None


def summary(result: Result, *, publish: bool) -> str:
    """Say in a few lines what became of a file."""
    counts = result.counts
    where = f"（见 {result.report}）" if result.report else ""
    ends = (
        f"{_DONE.get(result.layout, '新载入')} {counts.loaded}",
        f"未变 {counts.unchanged}",
        f"退回 {counts.rejected}",
        f"提醒 {counts.warnings}",
    )
    lines = [f"读取 {counts.read} 行：{'，'.join(ends)}{where}"]
    if result.left:
        lines.append(f"只读了工作表“{result.sheet}”，没有读：{'、'.join(result.left)}")
    if result.unused:
        lines.append(f"未使用的列：{'、'.join(result.unused)}")
    if result.layout in _DONE:
        return "\n".join(lines)
    if publish:
        lines.append(f"公示 {result.published} 条")
    elif counts.loaded:
        lines.append("尚未公示；要公示，再执行一次并加上 --publish")
    return "\n".join(lines)
