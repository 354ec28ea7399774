"""Seen: lines as they were last taken in, so that a file sent again is recognised unread.

A line is named by a keyed hash of its cells and of all that decides what they mean: our code, the
rules, the columns. The name stands with the record whose content the line is; where the name is
found, reading the line would change nothing. Lines about natural persons, and lines that were
loaded with a remark, are not named: they are always read. The table may be emptied at any time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, BigId, insert, is_postgresql
from core.intake.layouts import Layout
from core.intake.lines import Line
from core.intake.rows import Row
from core.intake.writes import HELD, Held
from core.records import Record
from core.vault import Vault

_BETWEEN = "\x1f"
_SIZE = 16


class SeenLine(Base):
    """The line that a record's content is."""

    __tablename__ = "intake_lines"

    record_id: Mapped[BigId] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[str] = mapped_column(index=True)


@dataclass(frozen=True)
class Names:
    """How the lines of one file are named."""

    key: bytes

    def of(self, line: Line) -> str | None:
        """Return the name of a line; None for one that must be read in any case."""
        text = _BETWEEN.join(line.cells)
        if line.fault or text.count(_BETWEEN) != len(line.cells) - 1:
            return None
        return blake2b(
            text.encode(errors="surrogatepass"), key=self.key, digest_size=_SIZE
        ).hexdigest()


def names(vault: Vault, layout: Layout, *, version: str) -> Names:
    """Return how lines of a layout are named; `version` stands for our code and the rules."""
    read_by = _BETWEEN.join([version, layout.name, *(field or "" for field in layout.places)])
    return Names(vault.hashes(read_by)[0].encode())


def recognised(session: Session, wanted: Iterable[str | None]) -> dict[str, Held]:
    """Return what is held of the lines that change nothing, by their names."""
    known = [name for name in wanted if name]
    if not known:
        return {}
    found = select(SeenLine.line, *HELD).join(Record, Record.id == SeenLine.record_id)
    rows: Any = session.execute(found.where(bulk.among(session, SeenLine.line, known)))
    return {name: Held(*held) for name, *held in rows}


def remember(
    session: Session, rows: Iterable[Row], ids: Mapping[str, int], *, named: Mapping[int, str]
) -> None:
    """Keep which line each record's content is: `ids` by natural key, `named` by row number."""
    lines = {ids[row.natural_key]: named.get(row.number) if _plain(row) else None for row in rows}
    forget(session, [record_id for record_id, name in lines.items() if name is None])
    kept = sorted((record_id, name) for record_id, name in lines.items() if name)
    if not kept:
        return
    columns = SeenLine.__table__.c
    if is_postgresql(session):
        staged = bulk.stage(session, columns, kept, name="intake_met")
        new = insert(session, SeenLine).from_select(["record_id", "line"], select(staged))
        session.execute(_renamed(new))
    else:
        values = [{"record_id": record_id, "line": name} for record_id, name in kept]
        session.execute(_renamed(insert(session, SeenLine)), values)


def forget(session: Session, record_ids: Iterable[int]) -> None:
    """Let records be read anew the next time that their lines come."""
    if gone := list(record_ids):
        session.execute(delete(SeenLine).where(bulk.among(session, SeenLine.record_id, gone)))


def _renamed(new: Any) -> Any:  # noqa: ANN401 - each engine has its own INSERT
    """Write only where the name is another one."""
    named = new.excluded.line
    return new.on_conflict_do_update(
        index_elements=["record_id"], set_={"line": named}, where=SeenLine.line != named
    )


def _plain(row: Row) -> bool:
    return not (row.person or row.warnings or row.org_code)
