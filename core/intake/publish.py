"""Publish: what a file brought becomes public, and its alerts are owed in the same transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import bulk
from core.intake import writes
from core.intake.writes import Run
from core.records import Record, RecordState
from core.standing import Step as Move

CHUNK = 5000
_BY_DATABASE = {"synchronize_session": False}
Alert = Callable[[Session, Sequence[int]], None]


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
    ours = _locked(session, ids)
    which = bulk.among(session, Record.id, ours)
    move = Move(RecordState.PUBLISHED, run.who, "公示")
    writes.note_each(session, run, which, step=move, before=RecordState.LOADED)
    public = {Record.state: move.to, Record.published_at: run.now}
    session.execute(update(Record).where(which).values(public), execution_options=_BY_DATABASE)
    alert(session, ours)
    return Step(len(ours), ids[-1])


def _locked(session: Session, ids: Sequence[int]) -> Sequence[int]:
    """Lock and read again: another run may have published or corrected some of them meanwhile."""
    still = bulk.among(session, Record.id, ids), Record.state == RecordState.LOADED
    locked = select(Record.id).where(*still).order_by(Record.natural_key).with_for_update()
    return session.scalars(locked).all()
