"""Watch: who is told when an entity lands on a black list."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select
from sqlalchemy.orm import Session

from core import bulk
from core.calendar import day
from core.db import is_postgresql
from core.follows import Topic, end, start
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, owe_each
from core.records import Record, RecordKind, is_public
from core.subjects import Subject, SubjectKind


def follow(session: Session, account_id: int, subject_id: int, *, now: datetime) -> bool:
    """Follow an entity's black-list alerts; return whether that is new."""
    return start(session, account_id, Topic.SUBJECT, subject_id=subject_id, now=now)


def unfollow(session: Session, account_id: int, subject_id: int, *, now: datetime) -> None:
    """Stop following an entity. Raises NotFollowedError."""
    end(session, account_id, Topic.SUBJECT, subject_id=subject_id, now=now)


def alert(
    session: Session, record_ids: Iterable[int], *, now: datetime, max_age: timedelta
) -> None:
    """Owe an alert for each black-list record just published, and for what else is adverse.

    A record of an old decision raises none: telling old news as new has cost other platforms an
    injunction. A term that is over raises none either, nor does what is not for everybody's eyes,
    nor a natural person.
    """
    ids = list(record_ids)
    for kind, told in _TOLD_OF.items():
        _alert(session, ids, kind, told=told, oldest=day(now) - max_age, now=now)


class WhySilent(StrEnum):
    """Why no alert was ever owed for a record."""

    PERSON = "person"
    NO_NEWS = "no_news"
    NOT_PUBLIC = "not_public"
    OLD = "old"


def why_silent(session: Session, record: Record) -> WhySilent:
    """Say why a record of which nothing was owed raised no alert."""
    kind = session.scalar(select(Subject.kind).where(Subject.id == record.subject_id))
    if kind is SubjectKind.NATURAL_PERSON:
        return WhySilent.PERSON
    if not any(record.kind in told for told in _TOLD_OF.values()):
        return WhySilent.NO_NEWS
    return WhySilent.OLD if record.published_at else WhySilent.NOT_PUBLIC


# Licences, honours and promises are no news to be alarmed by.
_TOLD_OF = {
    EventKind.BLACKLISTED: (RecordKind.BLACK_LIST,),
    EventKind.RECORD_ADDED: (
        *(RecordKind.PENALTY, RecordKind.ABNORMAL_OPERATION),
        RecordKind.JUDGMENT_DEFAULTER,
    ),
}


def _alert(
    session: Session,
    record_ids: Sequence[int],
    kind: EventKind,
    *,
    told: Sequence[RecordKind],
    oldest: date,
    now: datetime,
) -> None:
    today = day(now)
    record: Any = Record.__table__.c
    key = literal(f"{kind}:").concat(record.natural_key)
    for part in (record.id, record.version):
        key = key.concat(":").concat(cast(part, String))
    event = {
        "kind": literal(kind.value),
        # With the id: after a rollback the same decision comes in as another record.
        "key": key,
        "audience": literal(Audience.SUBJECT_FOLLOWERS.value),
        "audience_id": record.subject_id,
        "event_date": record.event_date,
        "record_id": record.id,
        "facts": _object(session, "record_id", record.id),
    }
    entities = select(Subject.id).where(Subject.kind != SubjectKind.NATURAL_PERSON)
    news = select(*event.values()).where(
        bulk.among(session, record.id, record_ids),
        record.kind.in_(told),
        is_public(today),
        record.event_date.between(oldest, today),
        record.subject_id.in_(entities),
    )
    owe_each(session, list(event), news.order_by(record.id), now=now)


def _object(session: Session, name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
    make = func.json_build_object if is_postgresql(session) else func.json_object
    return make(name, value)
