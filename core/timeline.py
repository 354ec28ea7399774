"""The timeline (时间线) of a record: what happened to it, and what is still to come, by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.calendar import day
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordChange, RecordState


class Happening(StrEnum):
    """What can stand on a timeline."""

    DECIDED = "decided"
    RECEIVED = "received"
    PUBLISHED = "published"
    FOLLOWERS_TOLD = "followers_told"
    CHANGED = "changed"
    CORRECTION_TOLD = "correction_told"
    REPAIRABLE = "repairable"
    ENDS = "ends"


@dataclass(frozen=True)
class Point:
    """One thing on a timeline. `at` is null where only the day is known; `why` is for CHANGED."""

    what: Happening
    day: date
    at: datetime | None = None
    state: RecordState | None = None
    why: str | None = None


_TOLD = {
    EventKind.BLACKLISTED: Happening.FOLLOWERS_TOLD,
    EventKind.RECORD_ADDED: Happening.FOLLOWERS_TOLD,
    EventKind.RECALLED: Happening.CORRECTION_TOLD,
}
# Publishing stands on the timeline by itself, and loading is our own affair.
_SILENT = frozenset({(None, RecordState.LOADED), (RecordState.LOADED, RecordState.PUBLISHED)})
_ORDER = list(Happening)


def of(session: Session, records: Sequence[Record]) -> Mapping[int, Sequence[Point]]:
    """Return the timeline of each record, oldest first. Who may see a record is asked elsewhere."""
    points = defaultdict(list, {record.id: _dates(record) for record in records})
    ids = list(points)
    changes = select(RecordChange).where(RecordChange.record_id.in_(ids))
    for change in session.scalars(changes):
        if (change.from_state, change.to_state) not in _SILENT:
            points[change.record_id].append(_changed(change))
    told = select(Event).where(Event.record_id.in_(ids), Event.kind.in_(list(_TOLD)))
    for event in session.scalars(told):
        point = Point(_TOLD[event.kind], day(event.owed_at), event.owed_at)
        points[event.record_id or 0].append(point)
    return {record_id: _in_order(found) for record_id, found in points.items()}


def _dates(record: Record) -> list[Point]:
    moments = {
        Happening.RECEIVED: record.received_at,
        Happening.PUBLISHED: record.published_at,
    }
    days = {
        Happening.DECIDED: record.event_date,
        Happening.REPAIRABLE: record.repairable_from,
        Happening.ENDS: record.ends_on,
    }
    known = [Point(what, day(at), at) for what, at in moments.items() if at]
    return known + [Point(what, on) for what, on in days.items() if on]


def _changed(change: RecordChange) -> Point:
    return Point(Happening.CHANGED, day(change.at), change.at, change.to_state, change.why or None)


def _in_order(points: Iterable[Point]) -> Sequence[Point]:
    def place(point: Point) -> tuple[date, int, float]:
        return point.day, _ORDER.index(point.what), point.at.timestamp() if point.at else 0

    return sorted(points, key=place)
