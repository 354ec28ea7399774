"""Watch: who is told when an entity lands on a black list."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from core.calendar import day
from core.follows import Topic, end, start
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.records import Record, RecordKind, Visibility


def follow(session: Session, account_id: int, subject_id: int, *, now: datetime) -> bool:
    """Follow an entity's black-list alerts; return whether that is new."""
    return start(session, account_id, Topic.SUBJECT, subject_id=subject_id, now=now)


def unfollow(session: Session, account_id: int, subject_id: int, *, now: datetime) -> None:
    """Stop following an entity. Raises NotFollowedError."""
    end(session, account_id, Topic.SUBJECT, subject_id=subject_id, now=now)


def alert(
    session: Session, published: Iterable[Record], *, now: datetime, max_age: timedelta
) -> None:
    """Owe an alert for each black-list record just published.

    A record of an old decision raises none: telling old news as new has cost other platforms an
    injunction. A term that is over raises none either.
    """
    today = day(now)
    fresh = [record for record in published if _is_news(record, today, max_age)]
    owe(session, *map(_alert, fresh), now=now)


def _is_news(record: Record, today: date, max_age: timedelta) -> bool:
    ended = record.ends_on is not None and record.ends_on < today
    recent = today - max_age <= record.event_date <= today
    is_shown = record.kind is RecordKind.BLACK_LIST and record.visibility is Visibility.PUBLIC
    return is_shown and recent and not ended


def _alert(record: Record) -> Owed:
    return Owed(
        kind=EventKind.BLACKLISTED,
        # With the id: after a rollback the same decision comes in as another record.
        key=f"{EventKind.BLACKLISTED}:{record.natural_key}:{record.id}:{record.version}",
        audience=Audience.SUBJECT_FOLLOWERS,
        audience_id=record.subject_id,
        event_date=record.event_date,
        record_id=record.id,
        facts={"record_id": record.id},
    )
