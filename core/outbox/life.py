"""Life (消息的一生): why somebody got a notice, why not, and where it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.follows import Follow
from core.outbox import tries
from core.outbox.deliveries import Delivery, DeliveryState, Way, was_told
from core.outbox.events import TOPICS, Audience, Event
from core.outbox.settle import Receipt
from core.outbox.tries import Try
from core.staff.errors import StaffError
from core.subjects import Subject, SubjectKind


class EventNotFoundError(StaffError):
    """There is no such event."""

    code = "event_not_found"


class WhyNot(StrEnum):
    """Why an event brought somebody nothing."""

    NOT_YET = "not_yet"
    FOR_ANOTHER = "for_another"
    NEVER_FOLLOWED = "never_followed"
    FOLLOWED_LATER = "followed_later"
    HAD_LEFT = "had_left"
    NEVER_TOLD = "never_told"
    LEFT_BEFORE_SENDING = "left_before_sending"


@dataclass(frozen=True)
class Count:
    """How many deliveries of an event ended alike."""

    state: DeliveryState
    reason: str | None
    way: Way | None
    number: int


@dataclass(frozen=True)
class OfEvent:
    """An event, and what has become of all that it owed."""

    event: Event
    counts: Sequence[Count]
    followed: str | None = None


@dataclass(frozen=True)
class OfOne:
    """What an event has brought one account: a delivery with WeChat's receipt, or why none.

    `tries` are those that did not end it; `followed_since` is why it was for this account at all;
    `followed` is the name of the entity whose followers hear of it.
    """

    event: Event
    delivery: Delivery | None
    receipt: Receipt | None
    why_not: WhyNot | None
    tries: Sequence[Try] = ()
    followed_since: datetime | None = None
    followed: str | None = None


def of_event(session: Session, event_id: int) -> OfEvent:
    """Tell what has become of an event. Raises EventNotFoundError."""
    event = _event(session, event_id)
    alike = Delivery.state, Delivery.reason, Delivery.way
    mine = select(*alike, func.count()).where(Delivery.event_id == event_id)
    rows = session.execute(mine.group_by(*alike).order_by(func.count().desc(), *alike))
    return OfEvent(event, [Count(*row) for row in rows], _followed(session, event))


def of_one(session: Session, event_id: int, account_id: int) -> OfOne:
    """Tell what an event has brought one account, or why nothing. Raises EventNotFoundError."""
    event = _event(session, event_id)
    delivery = session.get(Delivery, (event_id, account_id))
    if delivery is None:
        why_not = _why_not(session, event, account_id)
        return OfOne(event, None, None, why_not, followed=_followed(session, event))
    receipt = session.get(Receipt, delivery.msgid) if delivery.msgid else None
    return _whole(session, OfOne(event, delivery, receipt, None), account_id)


def of_account(session: Session, account_id: int, *, limit: int = 20) -> Sequence[OfOne]:
    """List the newest of what an account was owed."""
    mine = select(Event, Delivery, Receipt).join(Delivery, Delivery.event_id == Event.id)
    mine = mine.outerjoin(Receipt, Receipt.msgid == Delivery.msgid)
    mine = mine.where(Delivery.account_id == account_id)
    rows = session.execute(mine.order_by(Event.id.desc()).limit(limit))
    found = [OfOne(event, delivery, receipt, None) for event, delivery, receipt in rows]
    return [_whole(session, one, account_id) for one in found]


def by_msgid(session: Session, msgid: str) -> tuple[int, int] | None:
    """Return the event and the account of a message by WeChat's number of it."""
    found = select(Delivery.event_id, Delivery.account_id).where(Delivery.msgid == msgid)
    row = session.execute(found.limit(1)).first()
    return (row[0], row[1]) if row else None


def _event(session: Session, event_id: int) -> Event:
    event = session.get(Event, event_id)
    if event is None:
        raise EventNotFoundError
    return event


def _whole(session: Session, one: OfOne, account_id: int) -> OfOne:
    """Add the tries of a delivery, and since when its account followed."""
    tried = tries.of(session, one.event.id, account_id)
    since = None
    if one.event.audience in TOPICS:
        follows = _follows(session, one.event, account_id)
        since = next((each.since for each in follows if _held(each, one.event.owed_at)), None)
    followed = _followed(session, one.event)
    return replace(one, tries=tried, followed_since=since, followed=followed)


def _followed(session: Session, event: Event) -> str | None:
    """Return the name of the entity whose followers hear of an event: it is public."""
    if event.audience is not Audience.SUBJECT_FOLLOWERS:
        return None
    is_entity = Subject.kind != SubjectKind.NATURAL_PERSON
    return session.scalar(select(Subject.name).where(Subject.id == event.audience_id, is_entity))


def _held(follow: Follow, then: datetime) -> bool:
    return follow.since <= then and (follow.until is None or follow.until > then)


def _follows(session: Session, event: Event, account_id: int) -> Sequence[Follow]:
    mine = (
        Follow.account_id == account_id,
        Follow.topic == TOPICS[event.audience],
        Follow.subject_id == event.audience_id,
    )
    return session.scalars(select(Follow).where(*mine).order_by(Follow.since)).all()


def _why_not(session: Session, event: Event, account_id: int) -> WhyNot:
    if event.audience is Audience.ACCOUNT:
        return WhyNot.NOT_YET if event.audience_id == account_id else WhyNot.FOR_ANOTHER
    if event.audience is Audience.TOLD:
        return _why_not_recalled(session, event, account_id)
    return _why_not_followed(session, event, account_id)


def _why_not_recalled(session: Session, event: Event, account_id: int) -> WhyNot:
    first = Delivery.event_id == event.audience_id, Delivery.account_id == account_id
    told = session.scalar(select(Delivery.event_id).where(*first, was_told()))
    return WhyNot.NEVER_TOLD if told is None else _pending(event, WhyNot.LEFT_BEFORE_SENDING)


def _why_not_followed(session: Session, event: Event, account_id: int) -> WhyNot:
    follows = _follows(session, event, account_id)
    then: datetime = event.owed_at
    if not follows:
        return WhyNot.NEVER_FOLLOWED
    if any(_held(one, then) for one in follows):
        return _pending(event, WhyNot.LEFT_BEFORE_SENDING)
    had_left = any(one.since <= then for one in follows)
    return WhyNot.HAD_LEFT if had_left else WhyNot.FOLLOWED_LATER


def _pending(event: Event, otherwise: WhyNot) -> WhyNot:
    return WhyNot.NOT_YET if event.expanded_at is None else otherwise
