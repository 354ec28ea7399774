"""Deliveries: one row for each person and event, from due to a final state."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index, select, tuple_, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, BigId
from core.pace import Pace

MOST_TRIES = 10


class EventKind(StrEnum):
    """What can happen; messages/ owns the wording."""

    BLACKLISTED = "blacklisted"
    CAMPAIGN = "campaign"
    CASE_MOVED = "case_moved"
    CASE_OPENED = "case_opened"
    LATE_REPLY = "late_reply"
    LIST_RELEASED = "list_released"
    RECALLED = "recalled"
    REPORT_READY = "report_ready"
    REPORT_RECALLED = "report_recalled"


# An alert never waits behind a campaign, or behind the many who follow a list.
_NOT_URGENT = frozenset({EventKind.CAMPAIGN, EventKind.LIST_RELEASED})
# A customer-service message has no client_msg_id: WeChat cannot drop its repetition.
_NEVER_REPEATED = frozenset({EventKind.LATE_REPLY})


def is_urgent(kind: EventKind) -> bool:
    """Say whether the worker that serves only urgent things takes this kind."""
    return kind not in _NOT_URGENT


class Way(StrEnum):
    """How somebody is told outside the inbox: by one of these, never by two."""

    WECHAT = "wechat"
    PUSH = "push"


class DeliveryState(StrEnum):
    """Where a delivery is. The last four are final."""

    DUE = "due"
    LEASED = "leased"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SUPPRESSED = "suppressed"


class Delivery(Base):
    """One event for one account; also its line in the inbox.

    `unsure` says that some try may have reached WeChat without our knowing: it holds from the
    moment a send begins until WeChat's answer denies it. From `first_try_at` on WeChat remembers
    the client_msg_id for ten minutes, and only so long may it be tried again.
    `fence` grows with each lease: who settles with an old one settles nothing. `shown_at` is when
    the inbox first listed it, `read_at` when its reader said so. `way` is how the last try went
    out: what may have been told one way is never told another.
    """

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_inbox", "account_id", "event_id"),)

    event_id: Mapped[BigId] = mapped_column(ForeignKey("events.id"), primary_key=True)
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    kind: Mapped[EventKind]
    urgent: Mapped[bool]
    state: Mapped[DeliveryState]
    tries: Mapped[int]
    fence: Mapped[int]
    unsure: Mapped[bool]
    way: Mapped[Way | None]
    due_at: Mapped[datetime]
    first_try_at: Mapped[datetime | None]
    msgid: Mapped[str | None] = mapped_column(index=True)
    reason: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]

    @property
    def key(self) -> tuple[int, int]:
        """Return the event and the account: the idempotency key."""
        return self.event_id, self.account_id


_OPEN = Delivery.state.in_([DeliveryState.DUE, DeliveryState.LEASED, DeliveryState.SENDING])
Index(
    "ix_deliveries_open",
    Delivery.urgent,
    Delivery.unsure,
    Delivery.due_at,
    postgresql_where=_OPEN,
    sqlite_where=_OPEN,
)
# What may have reached WeChat goes first: behind a long queue WeChat would have forgotten it.
_UNSURE_FIRST = (True, False)


def _is_remembered(now: datetime, pace: Pace) -> sa.ColumnElement[bool]:
    """Whatever may already have reached WeChat is tried again only while WeChat remembers it."""
    fresh = Delivery.first_try_at > now - pace.wechat_memory
    # The push provider drops no repetition either.
    by_wechat = sa.or_(Delivery.way.is_(None), Delivery.way == Way.WECHAT)
    return sa.and_(fresh, by_wechat, Delivery.kind.not_in(_NEVER_REPEATED))


def _is_due(*, urgent: bool, unsure: bool, now: datetime, pace: Pace) -> sa.ColumnElement[bool]:
    # What is worn out is left to the sweep: a row that kills its worker must come to an end.
    may_try = _is_remembered(now, pace) if unsure else Delivery.tries < MOST_TRIES
    queue = Delivery.urgent.is_(urgent), Delivery.unsure.is_(unsure)
    return sa.and_(_OPEN, *queue, Delivery.due_at <= now, may_try)


def is_due(session: Session, *, urgent: bool, now: datetime, pace: Pace) -> bool:
    """Say whether a worker would find anything to send."""
    for unsure in _UNSURE_FIRST:
        due = select(Delivery.event_id).where(
            _is_due(urgent=urgent, unsure=unsure, now=now, pace=pace)
        )
        if session.scalar(due.limit(1)) is not None:
            return True
    return False


def lease(
    session: Session, *, urgent: bool, limit: int, now: datetime, pace: Pace
) -> Sequence[Delivery]:
    """Take deliveries that are due for a while. What is not settled in time falls due again."""
    taken: list[Delivery] = []
    for unsure in _UNSURE_FIRST:
        if len(taken) < limit:
            due = _is_due(urgent=urgent, unsure=unsure, now=now, pace=pace)
            until = now + pace.lease
            taken += _taken(session, due, limit=limit - len(taken), until=until)
    return taken


def _taken(
    session: Session, due: sa.ColumnElement[bool], *, limit: int, until: datetime
) -> Sequence[Delivery]:
    first = select(Delivery.event_id, Delivery.account_id).where(due).order_by(Delivery.due_at)
    first_ones = first.limit(limit).with_for_update(skip_locked=True).cte("first_ones")
    one = (Delivery.event_id, Delivery.account_id)
    taken = (
        update(Delivery)
        .where(tuple_(*one) == tuple_(first_ones.c.event_id, first_ones.c.account_id))
        .values(
            state=DeliveryState.LEASED,
            tries=Delivery.tries + 1,
            fence=Delivery.fence + 1,
            due_at=until,
        )
        .returning(Delivery)
    )
    unchecked = {"synchronize_session": False, "populate_existing": True}
    return session.scalars(taken, execution_options=unchecked).all()


def begin(
    session: Session,
    leased: Iterable[Delivery],
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
    return (
        Delivery.event_id == rows.event_id,
        Delivery.account_id == rows.account_id,
        Delivery.fence == rows.fence,
        Delivery.state == state,
    )


def was_told() -> sa.ColumnElement[bool]:
    """Say in SQL to whom a delivery may have told something, by a message or in the inbox.

    A leased one counts: its letter may be written already, and go out after we have looked.
    """
    seen = Delivery.shown_at.is_not(None), Delivery.read_at.is_not(None)
    return sa.or_(Delivery.state.in_(_OUT), Delivery.unsure, *seen)


_OUT = (
    DeliveryState.LEASED,
    DeliveryState.SENDING,
    DeliveryState.ACCEPTED,
    DeliveryState.DELIVERED,
    DeliveryState.UNKNOWN,
)


def oldest_due(session: Session, *, now: datetime, pace: Pace) -> datetime | None:
    """Return since when the oldest urgent delivery has waited for a worker, if any does."""
    due = [_is_due(urgent=True, unsure=unsure, now=now, pace=pace) for unsure in _UNSURE_FIRST]
    return session.scalar(select(sa.func.min(Delivery.due_at)).where(sa.or_(*due)))
