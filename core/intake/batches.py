"""Batches: one file taken in, with its counts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, PrimaryKey


class BatchState(StrEnum):
    """How far a file has come."""

    RUNNING = "running"
    DONE = "done"
    ROLLED_BACK = "rolled_back"


class Batch(Base):
    """One run over one file: rows read = loaded + unchanged + rejected."""

    __tablename__ = "intake_batches"

    id: Mapped[PrimaryKey]
    file_name: Mapped[str]
    file_hash: Mapped[str] = mapped_column(index=True)
    layout: Mapped[str]
    state: Mapped[BatchState]
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_loaded: Mapped[int] = mapped_column(default=0)
    rows_unchanged: Mapped[int] = mapped_column(default=0)
    rows_rejected: Mapped[int] = mapped_column(default=0)
    warnings: Mapped[int] = mapped_column(default=0)
    who: Mapped[str | None]
    report: Mapped[str | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


@dataclass
class Counts:
    """How rows ended."""

    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    rejected: int = 0
    warnings: int = 0

    def add(self, other: "Counts") -> None:
        """Add the rows of another chunk."""
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


class RowsLostError(Exception):
    """A row was read and neither loaded, unchanged nor rejected: a fault of ours."""


@dataclass(frozen=True)
class File:
    """What is known of a file before its first row."""

    name: str
    hash: str
    layout: str


def begin(session: Session, file: File, *, who: str, now: datetime) -> int:
    """Open a batch for a file and return its id."""
    batch = Batch(
        file_name=file.name,
        file_hash=file.hash,
        layout=file.layout,
        state=BatchState.RUNNING,
        who=who,
        started_at=now,
    )
    session.add(batch)
    session.flush()
    return batch.id


def count(session: Session, batch_id: int, counts: Counts) -> None:
    """Add a chunk's counts, in the chunk's own transaction. Raises RowsLostError."""
    if counts.read != counts.loaded + counts.unchanged + counts.rejected:
        raise RowsLostError(str(counts))
    added = {
        Batch.rows_read: Batch.rows_read + counts.read,
        Batch.rows_loaded: Batch.rows_loaded + counts.loaded,
        Batch.rows_unchanged: Batch.rows_unchanged + counts.unchanged,
        Batch.rows_rejected: Batch.rows_rejected + counts.rejected,
        Batch.warnings: Batch.warnings + counts.warnings,
    }
    session.execute(update(Batch).where(Batch.id == batch_id).values(added))


def finish(session: Session, batch_id: int, *, now: datetime) -> None:
    """Close a batch whose file was read to its end."""
    done = {Batch.state: BatchState.DONE, Batch.finished_at: now}
    session.execute(update(Batch).where(Batch.id == batch_id).values(done))


def newest(session: Session, *, limit: int = 20) -> list[Batch]:
    """List batches, newest first."""
    return list(session.scalars(select(Batch).order_by(Batch.id.desc()).limit(limit)))


def is_done(session: Session, file_hash: str) -> bool:
    """Say whether a file with this content was taken in to its end."""
    found = select(Batch.id).where(Batch.file_hash == file_hash, Batch.state == BatchState.DONE)
    return session.scalar(found.limit(1)) is not None


def of_same_file(session: Session, batch_id: int) -> frozenset[int]:
    """Return every batch of the same content, this one included."""
    own = select(Batch.file_hash).where(Batch.id == batch_id).scalar_subquery()
    return frozenset(session.scalars(select(Batch.id).where(Batch.file_hash == own)))
