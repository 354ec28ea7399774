"""Events: what happened and who must hear of it. Written in the transaction that caused it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from core.db import Base, BigId, Facts, PrimaryKey, insert
from core.follows import Follow, Topic, at_the_time
from core.outbox.deliveries import (
    ALERTS,
    TERMS,
    Delivery,
    DeliveryState,
    EventKind,
    is_urgent,
    was_told,
)

CHUNK = 2000


class Audience(StrEnum):
    """Who must hear of an event: one account, whoever followed then, whoever was told of another.

    Of TOLD, `audience_id` is the event whose recipients these are.
    """

    ACCOUNT = "account"
    SUBJECT_FOLLOWERS = "subject_followers"
    LIST_FOLLOWERS = "list_followers"
    CAMPAIGN_SUBSCRIBERS = "campaign_subscribers"
    TOLD = "told"


TOPICS = {
    Audience.SUBJECT_FOLLOWERS: Topic.SUBJECT,
    Audience.LIST_FOLLOWERS: Topic.LIST,
    Audience.CAMPAIGN_SUBSCRIBERS: Topic.CAMPAIGNS,
}


class Event(Base):
    """One thing that happened. `key` is its business key: the same thing is owed once."""

    __tablename__ = "events"

    id: Mapped[PrimaryKey]
    kind: Mapped[EventKind]
    key: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[Audience]
    audience_id: Mapped[BigId]
    record_id: Mapped[BigId | None] = mapped_column(index=True)
    facts: Mapped[Facts]
    event_date: Mapped[date]
    owed_at: Mapped[datetime]
    reached: Mapped[BigId] = mapped_column(default=0)
    expanded_at: Mapped[datetime | None]


WAITING = Event.expanded_at.is_(None)
_URGENT = Event.kind.in_([kind for kind in EventKind if is_urgent(kind)])
Index(
    "ix_events_waiting",
    Event.id,
    postgresql_where=WAITING,
    sqlite_where=WAITING,
)


@dataclass(frozen=True)
class Owed:
    """An event about to be written."""

    kind: EventKind
    key: str
    audience: Audience
    event_date: date
    audience_id: int = 0
    record_id: int | None = None
    facts: Facts = field(default_factory=dict)


def owe(session: Session, *owed: Owed, now: datetime) -> None:
    """Write events, passing over those already owed."""
    rows = [vars(one) | {"owed_at": now, "reached": 0} for one in owed]
    if rows:
        session.execute(insert(session, Event).on_conflict_do_nothing(), rows)


def owe_each(session: Session, columns: Sequence[str], rows: Select[Any], *, now: datetime) -> None:
    """Write an event for each row of a question, passing over those already owed."""
    fixed = literal(now, Event.owed_at.type), literal(0)
    new = insert(session, Event).from_select(
        [*columns, "owed_at", "reached"], rows.add_columns(*fixed), include_defaults=False
    )
    session.execute(new.on_conflict_do_nothing())


def oldest_waiting(session: Session, *, urgent: bool) -> datetime | None:
    """Return since when the oldest event has lacked deliveries, if any does."""
    waiting = WAITING, _URGENT if urgent else not_(_URGENT)
    return session.scalar(select(func.min(Event.owed_at)).where(*waiting))


def expand(
    session: Session, *, now: datetime, chunk: int = CHUNK, only_urgent: bool = False
) -> bool:
    """Write the next chunk of deliveries of one event; return whether there was one to do.

    The row lock is the lease: a dispatcher that dies gives its chunk back with its transaction.
    """
    wanted = (WAITING, _URGENT) if only_urgent else (WAITING,)
    # A campaign with a million subscribers is not in front of an alert, nor an alert with a million
    # followers, once begun, in front of what is owed after it.
    begun = case((Event.reached > 0, 1), else_=0)
    waiting = select(Event).where(*wanted).order_by(case((_URGENT, 0), else_=1), begun, Event.id)
    event = session.scalar(waiting.limit(1).with_for_update(skip_locked=True))
    if event is None:
        return False
    if event.audience is Audience.ACCOUNT:
        _deliver_to(session, event, select(literal(event.audience_id).label("account_id")), now=now)
        event.expanded_at = now
        return True
    _expand_many(session, event, now=now, chunk=chunk)
    return True


def deliver(
    session: Session, which: ColumnElement[bool], account_id: int, *, now: datetime
) -> None:
    """Write the deliveries of some events to one account, passing over those already there."""
    events = select(Event.id, Event.kind, _URGENT.label("urgent")).where(which).subquery().c
    whose = {"event_id": events.id, "account_id": literal(account_id)}
    _write(session, whose | {"kind": events.kind, "urgent": events.urgent}, now=now)


def _followers(event: Event, now: datetime) -> Select[int]:
    # Who has since left is skipped; who came later never asked to hear of this.
    followed = at_the_time(TOPICS[event.audience], event.audience_id, event.owed_at)
    still = or_(Follow.until.is_(None), Follow.until > now)
    next_ones = select(Follow.account_id).where(followed, still)
    return next_ones.where(Follow.account_id > event.reached).order_by(Follow.account_id)


def _told(event: Event) -> Select[int]:
    told = Delivery.event_id == event.audience_id, was_told(), Delivery.account_id > event.reached
    return (
        select(Delivery.account_id)
        .where(*told, not_(_told_otherwise(event)))
        .order_by(Delivery.account_id)
    )


def _told_otherwise(event: Event) -> ColumnElement[bool]:
    """Say who hears of a correction already, having been alerted before a date of its term came."""
    first = aliased(Event)
    about = aliased(Event)
    before = (
        select(func.max(first.id))
        .where(first.record_id == event.record_id, first.kind.in_(ALERTS | TERMS))
        .where(first.id < event.audience_id)
        .group_by(first.kind)
    )
    other = aliased(Delivery)
    is_of_term = exists().where(about.id == event.audience_id, about.kind.in_(TERMS))
    heard = exists().where(
        other.account_id == Delivery.account_id, other.event_id.in_(before), was_told(other)
    )
    return and_(is_of_term, heard)


def _expand_many(session: Session, event: Event, *, now: datetime, chunk: int) -> None:
    is_recall = event.audience is Audience.TOLD
    whom = _told(event) if is_recall else _followers(event, now)
    next_ones = whom.limit(chunk).subquery()
    count, last = session.execute(
        select(func.count(), func.max(next_ones.c.account_id)).select_from(next_ones)
    ).one()
    if count:
        _deliver_to(session, event, select(next_ones.c.account_id), now=now)
        event.reached = last
    if count < chunk:
        event.expanded_at = now


def _deliver_to(
    session: Session, event: Event, accounts: Select[tuple[int]], *, now: datetime
) -> None:
    source = accounts.subquery()
    urgent = literal(is_urgent(event.kind))
    one = {"event_id": literal(event.id), "kind": literal(event.kind.value), "urgent": urgent}
    _write(session, {"account_id": source.c.account_id} | one, now=now)


def _write(session: Session, whose: dict[str, Any], *, now: datetime) -> None:
    columns = whose | {
        "state": literal(DeliveryState.DUE.value),
        "tries": literal(0),
        "fence": literal(0),
        "unsure": false(),
        "due_at": literal(now, Delivery.due_at.type),
    }
    rows = select(*columns.values()).where(true())
    new = insert(session, Delivery).from_select(list(columns), rows, include_defaults=False)
    session.execute(new.on_conflict_do_nothing())
