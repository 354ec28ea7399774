"""Operating: how a worker does an operation, whatever cuts it off.

A worker leases one, works in steps, and says with each step, in the same transaction, how far it
is: cut off anywhere, the operation falls due again and goes on from there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.db import Facts
from core.errors import OperationFailedError
from core.operations import OPEN, Operation, OperationKind, OperationState, Owner
from core.pace import Pace

MOST_TRIES = 10


@dataclass(frozen=True)
class Taken:
    """An operation in the hands of one worker; `done` is from where it goes on."""

    id: int
    kind: OperationKind
    owner: Owner
    given: Mapping[str, object]
    done: int
    fence: int


class LostLeaseError(Exception):
    """Another worker has taken this operation, or it has ended: leave it alone."""


def _is_due(kinds: Iterable[OperationKind], now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(OPEN, Operation.due_at <= now, Operation.kind.in_(sorted(kinds)))


def is_due(session: Session, kinds: Iterable[OperationKind], *, now: datetime) -> bool:
    """Say whether a worker would find an operation of these kinds to do, or to give up."""
    due = select(Operation.id).where(_is_due(kinds, now))
    return session.scalar(due.limit(1)) is not None


def lease(
    session: Session, kinds: Iterable[OperationKind], *, now: datetime, pace: Pace
) -> Taken | None:
    """Take the next operation of these kinds for a while: unless it steps on, it falls due again.

    What has killed its worker again and again is given up, so that it stops nobody else.
    """
    kinds = list(kinds)
    worn_out = _is_due(kinds, now), Operation.tries >= MOST_TRIES
    session.execute(update(Operation).where(*worn_out).values(_failed(None, now)))
    due = select(Operation).where(_is_due(kinds, now)).order_by(Operation.due_at, Operation.id)
    one = session.scalar(due.limit(1).with_for_update(skip_locked=True))
    if one is None:
        return None
    one.state, one.due_at = OperationState.RUNNING, now + pace.lease
    one.tries, one.fence = one.tries + 1, one.fence + 1
    one.started_at = one.started_at or now
    session.flush()
    owner = Owner(one.owner_kind, one.owner_id)
    return Taken(one.id, one.kind, owner, one.given, one.done, one.fence)


def step(
    session: Session, taken: Taken, done: int, *, total: int | None, now: datetime, pace: Pace
) -> None:
    """Say how far it is, in the transaction of what was done; the lease begins anew.

    Raises LostLeaseError: let it undo the step.
    """
    held = _held(session, taken)
    held.done, held.total, held.tries, held.due_at = done, total, 0, now + pace.lease
    session.flush()


def pause(session: Session, taken: Taken, *, now: datetime) -> None:
    """Give an operation back, to be gone on with at once by whoever is free. Raises the same."""
    _held(session, taken).due_at = now
    session.flush()


def finish(session: Session, taken: Taken, result: Facts, *, now: datetime) -> None:
    """End it well, in the transaction of its last step. Raises LostLeaseError."""
    _held(session, taken)
    _end(session, taken.id, _finished(result, now))


def fail(session: Session, taken: Taken, error: str, *, now: datetime) -> None:
    """End it with the code of a refusal: to try again would change nothing. Raises the same."""
    _held(session, taken)
    _end(session, taken.id, _failed(error, now))


def begin(session: Session, operation_id: int, *, now: datetime) -> None:
    """Say that whoever does the work of an operation that is not leased has begun."""
    begun = {"state": OperationState.RUNNING, "started_at": now}
    waiting = Operation.id == operation_id, Operation.state == OperationState.WAITING
    session.execute(update(Operation).where(*waiting).values(begun))


def ended(session: Session, ids: Iterable[int], result: Facts | None, *, now: datetime) -> None:
    """End operations that are not leased: with what came of them, or as failed with None."""
    values = _failed(None, now) if result is None else _finished(result, now)
    for operation_id in ids:
        _end(session, operation_id, values)


def _held(session: Session, taken: Taken) -> Operation:
    running = Operation.id == taken.id, Operation.state == OperationState.RUNNING
    wanted = select(Operation).where(*running, Operation.fence == taken.fence).with_for_update()
    held = session.scalar(wanted.execution_options(populate_existing=True))
    if held is None:
        raise LostLeaseError
    return held


def _end(session: Session, operation_id: int, values: Facts) -> None:
    session.execute(update(Operation).where(Operation.id == operation_id, OPEN).values(values))


def _finished(result: Facts, now: datetime) -> Facts:
    return {"state": OperationState.DONE, "result": result, "finished_at": now, "due_at": None}


def _failed(error: str | None, now: datetime) -> Facts:
    code = error or OperationFailedError.code
    return {"state": OperationState.FAILED, "error": code, "finished_at": now, "due_at": None}
