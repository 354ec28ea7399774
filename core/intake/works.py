"""Works (归集任务): taking a file in, publishing or withdrawing a batch, done by whichever worker.

A worker leases one, works in chunks, and says with each, in the chunk's own transaction, how far it
is. Cut off anywhere, the work falls due again; whoever holds an old lease changes nothing.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, BigId, PrimaryKey, fixed
from core.intake.batches import Batch
from core.pace import Pace
from core.staff.members import Member

MOST_TRIES = 10


class WorkKind(StrEnum):
    """What is to be done."""

    TAKE_IN = "take_in"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class WorkState(StrEnum):
    """Where a work stands. The last two are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Work(Base):
    """One work, who asked for it and who agreed; `done` counts records, `tries` in a row."""

    __tablename__ = "intake_works"

    id: Mapped[PrimaryKey]
    kind: Mapped[WorkKind]
    upload_id: Mapped[BigId | None] = mapped_column(ForeignKey("uploads.id"), index=True)
    batch_id: Mapped[BigId | None] = mapped_column(ForeignKey(Batch.id), index=True)
    asked_by: Mapped[BigId] = mapped_column(ForeignKey(Member.id))
    approved_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    why: Mapped[str | None]  # of before it was sealed
    why_sealed: Mapped[str | None]
    state: Mapped[WorkState]
    done: Mapped[BigId]
    tries: Mapped[int]
    fence: Mapped[int]
    due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


_OPEN = fixed(Work.state, WorkState.WAITING, WorkState.RUNNING)
Index("ix_intake_works_open", Work.due_at, postgresql_where=_OPEN, sqlite_where=_OPEN)


@dataclass(frozen=True)
class Wanted:
    """What is to be done, about which upload or batch, and who agreed that it is."""

    kind: WorkKind
    asked_by: int
    upload_id: int | None = None
    batch_id: int | None = None
    approved_by: int | None = None
    why: str | None = None
    why_sealed: str | None = None


@dataclass(frozen=True)
class Taken:
    """A work in the hands of one worker."""

    id: int
    wanted: Wanted
    fence: int


class LostLeaseError(Exception):
    """Another worker has taken this work, or it has ended: leave it alone."""


def add(session: Session, wanted: Wanted, *, now: datetime) -> int:
    """Let a work be done; return its id."""
    row = Work(
        **vars(wanted),
        state=WorkState.WAITING,
        done=0,
        tries=0,
        fence=0,
        due_at=now,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether a worker would find something to do."""
    return session.scalar(select(Work.id).where(_due(now)).limit(1)) is not None


def lease(
    session: Session, *, now: datetime, pace: Pace, work_id: int | None = None
) -> Taken | None:
    """Take the work that is due longest, or this one, for a while."""
    wanted = select(Work).where(_due(now)).order_by(Work.due_at, Work.id).limit(1)
    if work_id is not None:
        wanted = wanted.where(Work.id == work_id)
    work = session.scalar(wanted.with_for_update(skip_locked=True))
    if work is None:
        return None
    work.state, work.due_at = WorkState.RUNNING, now + pace.lease
    work.tries, work.fence = work.tries + 1, work.fence + 1
    session.flush()
    names = [one.name for one in fields(Wanted)]
    return Taken(work.id, Wanted(**{one: getattr(work, one) for one in names}), work.fence)


def is_worn_out(session: Session, taken: Taken) -> bool:
    """Say whether a work has cut off its workers again and again, without getting on."""
    return session.get_one(Work, taken.id).tries > MOST_TRIES


def step(session: Session, taken: Taken, done: int, *, now: datetime, pace: Pace) -> None:
    """Say that so much more is done; the lease begins anew. Raises LostLeaseError: undo it."""
    held = _held(session, taken)
    held.done, held.tries, held.due_at = held.done + done, 0, now + pace.lease
    session.flush()


def pause(session: Session, taken: Taken, *, now: datetime) -> None:
    """Give a work back, to be gone on with at once by whoever is free. Raises LostLeaseError."""
    _held(session, taken).due_at = now
    session.flush()


def end(session: Session, taken: Taken, state: WorkState, *, now: datetime) -> None:
    """End a work. Raises LostLeaseError."""
    held = _held(session, taken)
    held.state, held.due_at, held.finished_at = state, None, now
    session.flush()


def of_batch(session: Session, batch_id: int) -> list[Work]:
    """List what was done with a batch beside taking it in, the oldest first."""
    wanted = select(Work).where(Work.batch_id == batch_id).order_by(Work.id)
    return list(session.scalars(wanted))


def _due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_OPEN, Work.due_at <= now)


def _held(session: Session, taken: Taken) -> Work:
    ours = Work.id == taken.id, Work.state == WorkState.RUNNING, Work.fence == taken.fence
    wanted = select(Work).where(*ours).with_for_update()
    held = session.scalar(wanted.execution_options(populate_existing=True))
    if held is None:
        raise LostLeaseError
    return held
