"""Leasing: who may send what, and when: taken for a while, begun, and nobody else's meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from core import bulk
from core.db import is_postgresql
from core.outbox.deliveries import (
    MOST_TRIES,
    NEVER_REPEATED,
    OPEN,
    Delivery,
    DeliveryState,
    EventKind,
    Way,
)
from core.pace import Pace


class Place(NamedTuple):
    """Where a lease ended in the queue."""

    due_at: datetime
    event_id: int
    account_id: int


class Leased(NamedTuple):
    """One delivery that somebody holds: all that sending and settling ask of it.

    `unsure` is as it was before this try; `refused` are the ways that have said never, in one
    text; `place` is where it stood in the queue (PostgreSQL).
    """

    event_id: int
    account_id: int
    kind: EventKind
    tries: int
    fence: int
    unsure: bool
    refused: str | None
    place: Place | None

    @property
    def key(self) -> tuple[int, int]:
        """Return the event and the account: the idempotency key."""
        return self.event_id, self.account_id


# What may have reached WeChat goes first: behind a long queue WeChat would have forgotten it.
_UNSURE_FIRST = (True, False)


def _is_remembered(now: datetime, pace: Pace) -> sa.ColumnElement[bool]:
    """Whatever may already have reached WeChat is tried again only while WeChat remembers it."""
    fresh = Delivery.first_try_at > now - pace.wechat_memory
    # Nothing but a template message has a key by which its repetition is dropped.
    by_wechat = sa.or_(Delivery.way.is_(None), Delivery.way == Way.WECHAT)
    return sa.and_(fresh, by_wechat, Delivery.kind.not_in(NEVER_REPEATED))


def _is_due(*, urgent: bool, unsure: bool, now: datetime, pace: Pace) -> sa.ColumnElement[bool]:
    # What is worn out is left to the sweep: a row that kills its worker must come to an end.
    may_try = _is_remembered(now, pace) if unsure else Delivery.tries < MOST_TRIES
    queue = Delivery.urgent.is_(urgent), Delivery.unsure.is_(unsure)
    return sa.and_(OPEN, *queue, Delivery.due_at <= now, may_try)


def is_due(session: Session, *, urgent: bool, now: datetime, pace: Pace) -> bool:
    """Say whether a worker would find anything to send."""
    for unsure in _UNSURE_FIRST:
        due = select(Delivery.event_id).where(
            _is_due(urgent=urgent, unsure=unsure, now=now, pace=pace)
        )
        if session.scalar(due.limit(1)) is not None:
            return True
    return False


@dataclass(frozen=True)
class Turn:
    """What a worker asks for: how many of which queue; of what is sure, from behind a place on."""

    urgent: bool
    limit: int
    after: Place | None = None


def lease(session: Session, turn: Turn, *, now: datetime, pace: Pace) -> list[Leased]:
    """Take deliveries that are due for a while. What is not settled in time falls due again."""
    taken: list[Leased] = []
    for unsure in _UNSURE_FIRST:
        if len(taken) < turn.limit:
            due = [_is_due(urgent=turn.urgent, unsure=unsure, now=now, pace=pace)]
            if turn.after and not unsure:
                # The dead entries of what was leased before would be passed by again each time.
                due.append(tuple_(*_QUEUE) > tuple_(*map(_literal, _QUEUE, turn.after)))
            left = turn.limit - len(taken)
            taken += _taken(session, due, limit=left, until=now + pace.lease)
    return taken


_QUEUE = (Delivery.due_at, Delivery.event_id, Delivery.account_id)


def _literal(column: Any, value: object) -> sa.ColumnElement[Any]:  # noqa: ANN401
    return sa.literal(value, column.type)


def _taken(
    session: Session, due: Sequence[sa.ColumnElement[bool]], *, limit: int, until: datetime
) -> list[Leased]:
    waiting = select(*_QUEUE).where(*due).order_by(*_QUEUE).limit(limit)
    first = waiting.with_for_update(skip_locked=True).cte("first_ones").c
    taken = (
        update(Delivery)
        .where(Delivery.event_id == first.event_id, Delivery.account_id == first.account_id)
        .values(
            state=DeliveryState.LEASED,
            tries=Delivery.tries + 1,
            fence=Delivery.fence + 1,
            due_at=until,
        )
        # SQLite returns nothing of another table, and leaves no dead entries.
        .returning(*_LEASED, first.due_at if is_postgresql(session) else sa.null())
    )
    rows = session.execute(taken, execution_options={"synchronize_session": False}).all()
    return [Leased._make((*row[:-1], _place(row))) for row in rows]


_LEASED = (
    *(Delivery.event_id, Delivery.account_id, Delivery.kind),
    *(Delivery.tries, Delivery.fence, Delivery.unsure, Delivery.refused),
)


def _place(row: Sequence[Any]) -> Place | None:
    return Place(row[-1], row[0], row[1]) if row[-1] else None


def begin(
    session: Session,
    leased: Iterable[Leased],
    *,
    way: Way = Way.WECHAT,
    now: datetime,
    pace: Pace,
) -> set[Any]:
    """Say that sending starts now, for all at once; return the keys that are still ours.

    What may have reached somebody by WeChat goes on by WeChat or not at all.
    """
    rows = [(*delivery.key, delivery.fence) for delivery in leased]
    if not rows:
        return set()
    ours = bulk.given(session, _HELD, rows).c
    again = _is_remembered(now, pace) if way is Way.WECHAT else sa.false()
    started = (
        update(Delivery)
        .where(*are_held(ours, DeliveryState.LEASED))
        # The holder may have slept since its lease, past the time of WeChat's memory.
        .where(sa.or_(sa.not_(Delivery.unsure), again))
        .values(
            state=DeliveryState.SENDING,
            unsure=True,
            way=way,
            first_try_at=sa.func.coalesce(
                Delivery.first_try_at, sa.literal(now, Delivery.due_at.type)
            ),
            due_at=now + pace.send_lease,
        )
        .returning(Delivery.event_id, Delivery.account_id)
    )
    keys = session.execute(started, execution_options={"synchronize_session": False})
    return {tuple(row) for row in keys}


_HELD = (Delivery.event_id, Delivery.account_id, Delivery.fence)


def are_held(rows: Any, state: DeliveryState) -> tuple[sa.ColumnElement[bool], ...]:  # noqa: ANN401
    """Match given rows only while nobody else has leased them since: `fence` says."""
    # Statistics made before we began say that no row is in this state: PostgreSQL would look for
    # the one that it expects, again for each of ours. Of a text put together it expects nothing.
    put_together = sa.type_coerce(Delivery.state, sa.String).concat("")
    return (
        Delivery.event_id == rows.event_id,
        Delivery.account_id == rows.account_id,
        Delivery.fence == rows.fence,
        put_together == state.value,
    )


def oldest_due(session: Session, *, now: datetime, pace: Pace) -> datetime | None:
    """Return since when the oldest urgent delivery has waited for a worker, if any does."""
    due = [_is_due(urgent=True, unsure=unsure, now=now, pace=pace) for unsure in _UNSURE_FIRST]
    return session.scalar(select(sa.func.min(Delivery.due_at)).where(sa.or_(*due)))
