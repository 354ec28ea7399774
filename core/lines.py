"""Lines (记录清单): the records of one subject as one viewer may see them, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Date, literal, select, tuple_
from sqlalchemy.orm import Session

from core import disclosure, timeline
from core.calendar import day
from core.db import Facts
from core.departments import Department
from core.disclosure import Viewer
from core.records import Record, RecordKind, RecordState, Visibility, facts_of
from core.timeline import Point
from core.vault import Vault

MOST = 500


class Place(NamedTuple):
    """Where a list goes on: behind this record."""

    event_date: date
    id: int


@dataclass(frozen=True)
class Wanted:
    """Of which subject, and which part of its records: the newest decisions first."""

    subject_id: int
    limit: int = MOST
    after: Place | None = None


@dataclass(frozen=True)
class Line:
    """One record, in clear. `seen_by` is how widely it is shown on the day of reading."""

    id: int
    version: int
    kind: RecordKind
    list_kind: str | None
    title: str
    severity: str | None
    state: RecordState
    authority: str
    document_no: str
    event_date: date
    published_at: datetime | None
    repairable_from: date | None
    ends_on: date | None
    rule: str | None
    department: str
    seen_by: Visibility
    timeline: Sequence[Point]
    facts: Facts


@dataclass(frozen=True)
class Lines:
    """One page: it may be short though another follows. `following` is None at the end."""

    items: Sequence[Line]
    following: Place | None


_OWN = {name for name in Line.__annotations__ if name in Record.__table__.c} - {"facts"}


def of(session: Session, vault: Vault, viewer: Viewer, *, wanted: Wanted, now: datetime) -> Lines:
    """Return a page of records. Of a natural person whoever calls writes the access row."""
    rows = session.execute(_page(wanted)).all()
    following = None
    if len(rows) > wanted.limit:
        last = rows[wanted.limit - 1].Record
        following = Place(last.event_date, last.id)
    shown = [
        row for row in rows[: wanted.limit] if disclosure.may_see(viewer, row.Record, day(now))
    ]
    times = timeline.of(session, [row.Record for row in shown])
    lines = [
        _line(vault, row.Record, department=row.name, times=times[row.Record.id], today=day(now))
        for row in shown
    ]
    return Lines(lines, following)


def _page(wanted: Wanted) -> Any:  # noqa: ANN401 - a statement of two columns
    place = tuple_(Record.event_date, Record.id)
    held = (
        select(Record, Department.name)
        .join(Department, Department.id == Record.department_id)
        .where(Record.subject_id == wanted.subject_id)
        .order_by(Record.event_date.desc(), Record.id.desc())
        .limit(wanted.limit + 1)
    )
    if wanted.after is None:
        return held
    last = literal(wanted.after.event_date, Date), literal(wanted.after.id, BigInteger)
    return held.where(place < tuple_(*last))


def _line(
    vault: Vault, record: Record, *, department: str, times: Sequence[Point], today: date
) -> Line:
    held = {name: getattr(record, name) for name in _OWN}
    seen_by, facts = disclosure.level(record, today), facts_of(record, vault)
    return Line(**held, department=department, seen_by=seen_by, timeline=times, facts=facts)
