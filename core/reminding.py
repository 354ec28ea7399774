"""Reminding (到期提醒): followers hear when a record may be repaired, and before it ends.

Each is told once for a version of a record, however often this runs; a day that was missed while
nothing ran is made up for within two days, and never later: it would be no news.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select
from sqlalchemy.orm import Session

from core.calendar import day
from core.db import is_postgresql
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, owe_each
from core.records import Record, is_public
from core.subjects import Subject, SubjectKind

LATE = timedelta(days=2)
SOON = timedelta(days=7)  # before the last day of publication


def remind(session: Session, *, now: datetime) -> None:
    """Owe what has become due by today to those who follow the entity."""
    today, last = day(now), day(now) + SOON
    _owe(session, EventKind.REPAIRABLE, (today - LATE, today), now=now)
    _owe(session, EventKind.ENDING, (last - LATE, last), now=now)


def _owe(session: Session, kind: EventKind, days: tuple[date, date], *, now: datetime) -> None:
    record: Any = Record.__table__.c
    of = record.repairable_from if kind is EventKind.REPAIRABLE else record.ends_on
    key: Any = literal(f"{kind}")
    for part in (record.id, record.version, of):
        key = key.concat(":").concat(cast(part, String))
    entities = select(Subject.id).where(Subject.kind != SubjectKind.NATURAL_PERSON)
    event: dict[str, Any] = {
        "kind": literal(kind.value),
        "key": key,
        "audience": literal(Audience.SUBJECT_FOLLOWERS.value),
        "audience_id": record.subject_id,
        "event_date": of,
        "record_id": record.id,
        "facts": _object(session, record.id),
    }
    due = select(*event.values()).where(of.between(*days), is_public(day(now)))
    due = due.where(record.subject_id.in_(entities))
    owe_each(session, list(event), due.order_by(record.id), now=now)


def _object(session: Session, value: ColumnElement[Any]) -> ColumnElement[Any]:
    make = func.json_build_object if is_postgresql(session) else func.json_object
    return make("record_id", value)
