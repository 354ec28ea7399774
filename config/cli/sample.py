"""`./xinyong sample`."""

import csv
import shlex
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
from sqlalchemy import select

from config.cli.opened import opened
from core import db
from core.calendar import day
from core.identifiers import normalise
from core.subjects import Subject

USCC, NAME = "91530102000000019G", "昆明示例滇味餐饮有限公司"
_HEAD = (
    "list_kind list_name subject_name uscc basis_document authority listed_on term_months "
    "early_removal_after remark"
).split()


@click.group(help="生成示例文件。")
def sample() -> None:
    """Make files to try the service with."""


@sample.command("list", help="生成一份昨天日期的示例名单，导入后关注者会收到提醒。")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到哪里")
@click.option("--subject", default=USCC, show_default=True, help="列入哪个主体（统一社会信用代码）")
def sample_list(out: Path | None, subject: str) -> None:
    """Write a list of yesterday that names one sample entity; say what to type next."""
    yesterday = day(datetime.now(UTC)) - timedelta(days=1)
    uscc = normalise(subject)
    with opened() as chosen:
        row = _row(uscc, _name(uscc), yesterday)
    path = out or chosen.var_dir / "samples" / f"list-{uscc}-{yesterday:%Y%m%d}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_HEAD, row])
    click.echo(f"示例名单：{path}")
    click.echo(f"下一步：./xinyong intake {shlex.quote(str(path))} --publish")


def _name(uscc: str) -> str:
    with db.Reading() as session:
        name = session.scalar(select(Subject.name).where(Subject.uscc == uscc))
    if name is None and uscc != USCC:
        raise click.ClickException("没有这个代码的主体，请先导入它的数据")
    return name or NAME


def _row(uscc: str, name: str, listed_on: date) -> list[str]:
    return [
        "WAGE_ARREARS",
        "拖欠农民工工资失信联合惩戒对象",
        name,
        uscc,
        f"昆人社列字〔{listed_on.year}〕示例{listed_on:%m%d}号",
        "昆明市人力资源和社会保障局",
        listed_on.isoformat(),
        "36",
        "改正且列入满6个月(令45)",
        "示例，纯属虚构",
    ]
