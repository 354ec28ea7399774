"""Publish: what a file brought becomes public, and its alerts are owed in the same transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.intake import writes
from core.intake.writes import Run
from core.records import Record, RecordState

CHUNK = 500
Alert = Callable[[Session, Sequence[Record]], None]


@dataclass(frozen=True)
class Step:
    """How many records one step published, and the last that it looked at."""

    published: int
    last: int


def publish(
    session: Session, run: Run, *, alert: Alert, after: int = 0, chunk: int = CHUNK
) -> Step | None:
    """Publish the next records of a file; None once there is nothing left.

    Only what was loaded is published: what is held or quarantined stays where it is. `alert` owes
    whoever follows an entity that a list now names.
    """
    waiting = Record.batch_id.in_(run.same_file), Record.state == RecordState.LOADED
    next_ones = select(Record.id).where(*waiting, Record.id > after).order_by(Record.id)
    ids = session.scalars(next_ones.limit(chunk)).all()
    if not ids:
        return None
    # Locked and read again: another run may have published or corrected some of them meanwhile.
    locked = select(Record).where(Record.id.in_(ids), Record.state == RecordState.LOADED)
    records = session.scalars(locked.order_by(Record.natural_key).with_for_update()).all()
    for record in records:
        record.state, record.published_at = RecordState.PUBLISHED, run.now
    session.flush()
    changes = [(record.id, RecordState.LOADED, record.state) for record in records]
    writes.note(session, run, changes, why="公示")
    alert(session, records)
    return Step(len(records), ids[-1])
