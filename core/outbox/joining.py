"""Joining (合并): what is owed to one account is owed to another from now on, and nothing twice.

Whoever was about to be written to by the first is not: a worker begins only with a row that is
still there. What was already going out is never tried again.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from core.follows import Follow
from core.outbox.deliveries import Delivery, DeliveryState, was_told
from core.outbox.events import TOPICS, WAITING, Audience, Event, deliver

_OPEN = (DeliveryState.DUE, DeliveryState.LEASED)
# Somebody may have got it by WeChat or push; of what is SENDING nobody will hear any more.
_OUT = (
    *(DeliveryState.SENDING, DeliveryState.ACCEPTED),
    *(DeliveryState.DELIVERED, DeliveryState.UNKNOWN),
)


def owe(
    session: Session, source: int, into: int, *, skip_locked: bool = False, now: datetime
) -> None:
    """Owe `into` what events still waiting for their deliveries would have brought `source`.

    The events are locked before anything else is, as whoever expands them does.
    """
    awaited = and_(WAITING, _awaits(source, now))
    waiting = select(Event.id).where(awaited).order_by(Event.id)
    waiting = waiting.with_for_update(skip_locked=skip_locked)
    if ids := session.scalars(waiting).all():
        deliver(session, Event.id.in_(ids), into, now=now)
    alone = Event.audience == Audience.ACCOUNT, Event.audience_id == source
    session.execute(update(Event).where(*alone, WAITING).values(audience_id=into))


def _awaits(account_id: int, now: datetime) -> ColumnElement[bool]:
    """Say in SQL which events have an account among those that they have not reached yet."""
    topics = (
        and_(Event.audience == audience, Follow.topic == topic)
        for audience, topic in TOPICS.items()
    )
    still = or_(Follow.until.is_(None), and_(Follow.until > Event.owed_at, Follow.until > now))
    follows = exists().where(
        Follow.account_id == account_id,
        Follow.subject_id == Event.audience_id,
        Follow.since <= Event.owed_at,
        still,
        or_(*topics),
    )
    told = exists().where(
        Delivery.account_id == account_id,
        Delivery.event_id == Event.audience_id,
        Event.audience == Audience.TOLD,
        was_told(),
    )
    itself = and_(Event.audience == Audience.ACCOUNT, Event.audience_id == account_id)
    return or_(itself, and_(Event.reached < account_id, or_(follows, told)))


def deliveries(session: Session, source: int, into: int, *, now: datetime) -> None:
    """Move the deliveries of `source`; of an event that both have, the one that was told stays."""
    mine, theirs = aliased(Delivery), aliased(Delivery)
    both = (
        select(mine, theirs)
        .join(theirs, theirs.event_id == mine.event_id)
        .where(mine.account_id == into, theirs.account_id == source)
        .order_by(mine.event_id)
        .with_for_update()
    )
    spare = [_spare(*pair) for pair in session.execute(both)]
    session.flush()
    if spare:
        keys = tuple_(Delivery.event_id, Delivery.account_id)
        session.execute(delete(Delivery).where(keys.in_([one.key for one in spare])))
    moved = Delivery.account_id == source
    # WeChat knows it under the former account: to try again would be a second message.
    cut_off = {"state": DeliveryState.UNKNOWN, "reason": "linked", "settled_at": now}
    unsure = or_(Delivery.state == DeliveryState.SENDING, Delivery.unsure)
    unsettled = Delivery.state.in_((*_OPEN, DeliveryState.SENDING))
    _change(session, and_(moved, unsure, unsettled), **cut_off)
    _change(session, moved, account_id=into)


def _change(session: Session, which: ColumnElement[bool], **values: object) -> None:
    changed = update(Delivery).where(which).values(values)
    session.execute(changed, execution_options={"synchronize_session": False})


def _spare(mine: Delivery, theirs: Delivery) -> Delivery:
    """Return the one of two that goes; what its reader has seen stays seen."""
    kept, gone = (theirs, mine) if _counts_more(theirs, mine) else (mine, theirs)
    kept.shown_at = kept.shown_at or gone.shown_at
    kept.read_at = kept.read_at or gone.read_at
    return gone


def _counts_more(one: Delivery, other: Delivery) -> bool:
    """Say whether one of two was told, or can still be, when the other was not and cannot."""
    if _is_out(one) or _is_out(other):
        return not _is_out(other)
    return one.state in _OPEN and other.state not in _OPEN


def _is_out(one: Delivery) -> bool:
    return one.unsure or one.state in _OUT
