"""Standing (记录状态): how a record passes from one state to the next, and who then hears of it.

Whatever a record loses, everyone who was told of it is owed a recall (更正通知), in the same
transaction. The table below says which steps there are; every step is a row with who and why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.calendar import day
from core.db import insert
from core.errors import RecordNotFoundError
from core.outbox.deliveries import ALERTS, TERMS, EventKind
from core.outbox.events import Audience, Event, Owed, owe
from core.records import STANDING, STANDS, Record, RecordChange, RecordState
from core.reports import making

_S = RecordState
_LEAVING = (_S.REPAIRED, _S.EXPIRED, _S.WITHDRAWN, _S.SHIELDED, _S.REMOVED, _S.QUARANTINED)
_SHOWN = (*_LEAVING, _S.HELD, _S.PUBLISHED, _S.DISPUTED, _S.CORRECTED)
STEPS: Mapping[RecordState, frozenset[RecordState]] = {
    _S.LOADED: frozenset((_S.PUBLISHED, _S.HELD, _S.QUARANTINED, _S.WITHDRAWN, _S.REMOVED)),
    _S.HELD: frozenset((_S.LOADED, _S.QUARANTINED, _S.WITHDRAWN, _S.REMOVED)),
    _S.QUARANTINED: frozenset((_S.LOADED, _S.HELD, _S.WITHDRAWN, _S.REMOVED)),
    _S.PUBLISHED: frozenset(_SHOWN) - {_S.PUBLISHED},
    _S.DISPUTED: frozenset(_SHOWN) - {_S.DISPUTED},
    _S.CORRECTED: frozenset(_SHOWN),
    # A rescheme that fails brings the record back; so does a repair got by false papers.
    _S.SHIELDED: frozenset(
        (_S.PUBLISHED, _S.CORRECTED, _S.HELD, _S.REPAIRED, _S.EXPIRED, _S.WITHDRAWN, _S.REMOVED)
    ),
    _S.REPAIRED: frozenset((_S.PUBLISHED, _S.WITHDRAWN)),
    _S.EXPIRED: frozenset((_S.PUBLISHED, _S.WITHDRAWN)),
    _S.WITHDRAWN: frozenset(),
    _S.REMOVED: frozenset((_S.WITHDRAWN,)),
}
CHUNK = 500


class IllegalStepError(Exception):
    """A record cannot pass from where it stands to where it should."""

    def __init__(self, before: RecordState, after: RecordState) -> None:
        super().__init__(f"{before} -> {after}")


@dataclass(frozen=True)
class Step:
    """Where records go, who says so, and why; one that returns is as it was, and nobody is told."""

    to: RecordState
    who: str
    why: str
    is_return: bool = False


def move(session: Session, record_id: int, step: Step, *, now: datetime) -> None:
    """Move one record. Raises RecordNotFoundError, IllegalStepError."""
    record = session.scalar(select(Record).where(Record.id == record_id).with_for_update())
    if record is None:
        raise RecordNotFoundError
    if step.to not in STEPS[record.state]:
        raise IllegalStepError(record.state, step.to)
    _moved(session, [record], step, now=now)


def move_all(session: Session, ids: Iterable[int], step: Step, *, now: datetime) -> list[int]:
    """Move those of some records that may take this step; return their ids in order."""
    may = [state for state, after in STEPS.items() if step.to in after]
    wanted = select(Record).where(Record.id.in_(list(ids)), Record.state.in_(may))
    records = session.scalars(wanted.order_by(Record.natural_key).with_for_update()).all()
    _moved(session, records, step, now=now)
    return sorted(record.id for record in records)


def expire(session: Session, *, now: datetime, chunk: int = CHUNK) -> int:
    """Record that terms are over; return how many of a chunk. Seeing never waits for this."""
    over = STANDS, Record.ends_on < day(now)
    due = select(Record.id).where(*over).order_by(Record.ends_on).limit(chunk)
    # What somebody else is changing may get another term: it is looked at again the next time.
    ids = session.scalars(due.with_for_update(skip_locked=True)).all()
    step = Step(RecordState.EXPIRED, who="ticker", why="公示期满")
    return len(move_all(session, ids, step, now=now))


def any_over(session: Session, today: date) -> bool:
    """Say whether some record still stands whose term is over."""
    over = STANDS, Record.ends_on < today
    # In the order of its index: else a planner that expects many reads the whole table for none.
    first = select(Record.id).where(*over).order_by(Record.ends_on).limit(1)
    return session.scalar(first) is not None


def _moved(session: Session, records: Sequence[Record], step: Step, *, now: datetime) -> None:
    if not records:
        return
    ids = [record.id for record in records]
    told = [record.id for record in records if _must_tell(record.state, step)]
    changes = [
        {"record_id": record.id, "from_state": record.state, "to_state": step.to}
        | {"at": now, "who": step.who, "why": step.why}
        for record in records
    ]
    session.execute(insert(session, RecordChange), changes)
    session.execute(update(Record).where(Record.id.in_(ids)).values(state=step.to))
    recall(session, told, step, now=now)


def _must_tell(before: RecordState, step: Step) -> bool:
    reads_otherwise = step.to is RecordState.CORRECTED and not step.is_return
    return before in STANDING and (step.to not in STANDING or reads_otherwise)


def recall(session: Session, record_ids: Sequence[int], step: Step, *, now: datetime) -> None:
    """Owe everyone who was told of these records what has become of them; recall the reports."""
    if not record_ids:
        return
    if step.to is not RecordState.EXPIRED:  # a report says itself when a term is over
        making.recall_for_records(session, record_ids, now=now)
    # Whoever was told of an earlier publication has heard how that one ended.
    of_each = Event.record_id.in_(record_ids), Event.kind.in_(ALERTS | TERMS)
    newest = select(func.max(Event.id)).where(*of_each).group_by(Event.record_id, Event.kind)
    alerts = (
        select(Event.id, Event.event_date, Event.record_id, Record.version)
        .join(Record, Record.id == Event.record_id)
        .where(Event.id.in_(newest))
        .order_by(Event.id)
    )
    rows = session.execute(alerts).mappings()
    owe(session, *(_recall(row, step) for row in rows), now=now)


def _recall(alert: Mapping[Any, Any], step: Step) -> Owed:
    return Owed(
        kind=EventKind.RECALLED,
        key=f"{EventKind.RECALLED}:{alert['id']}:{alert['version']}:{step.to}",
        audience=Audience.TOLD,
        audience_id=alert["id"],
        event_date=alert["event_date"],
        record_id=alert["record_id"],
        facts={"became": step.to.value},
    )
