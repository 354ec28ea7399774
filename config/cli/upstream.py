"""`./xinyong upstream`: granted and revoked repairs, as files for the platform above."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from config.cli.opened import opened, refusing
from core import upstream as exports
from core.db import Writing
from core.upstream import Export
from messages import upstream_file


@click.group(help="向上级信用平台（信用中国、省平台）报送修复结果。")
def upstream() -> None:
    """Stand for what is told to the platform above."""


@upstream.command(help="把还没有报送的修复和撤销写成文件（JSON 和 CSV），记为已报送。")
@click.argument(
    "folder", metavar="目录", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--again", type=int, help="重新写出已经报送的一份，给出编号")
def export(folder: Path, *, again: int | None) -> None:
    """Write the next export, or one that was written before.

    The files stand under their names before the export is committed: cut off in between, the next
    run writes the same number over them.
    """
    now = datetime.now(UTC)
    with opened() as chosen, refusing(), Writing() as session:
        if again is None:
            made = exports.collect(session, chosen.vault, now=now)
        else:
            made = exports.again(session, chosen.vault, again, now=now)
        if made is None:
            click.echo("没有还要报送的修复结果。")
            return
        try:
            written = _write(folder, made)
        except OSError as error:
            raise click.ClickException(_FAILED.format(error.strerror)) from None
    click.echo(f"第 {made.number} 份，{len(made.rows)} 条：{'，'.join(map(str, written))}")


_FAILED = "文件没有写成，也没有记为已报送：{}。请检查目录以后再执行一次。"


def _write(folder: Path, made: Export) -> list[Path]:
    files = {"json": upstream_file.as_json(made), "csv": upstream_file.as_csv(made)}
    named = {folder / upstream_file.name(made.number, end): text for end, text in files.items()}
    for path, text in named.items():
        _put(path, text)
    held = os.open(folder, os.O_RDONLY)
    os.fsync(held)
    os.close(held)
    return list(named)


def _put(path: Path, text: bytes) -> None:
    # They name persons: nobody else on this machine reads them, not even half written.
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
