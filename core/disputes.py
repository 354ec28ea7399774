"""Disputes (异议标注): the mark that a record bears while an objection to it is open.

Of a record that is said to be somebody else's ("this is not me") even the mark would tell too
much: its display is frozen instead.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import standing
from core.cases import Case, CaseEvent, CaseState
from core.objection import Grounds
from core.records import STANDING, Record, RecordChange, RecordState
from core.standing import Step

_MARKS = (RecordState.DISPUTED, RecordState.SHIELDED)


def mark(session: Session, case: Case, *, who: str, now: datetime) -> None:
    """Mark the record that a case disputes, or freeze its display; what is not shown stays."""
    record = _record(session, case)
    frozen = Grounds.NOT_MINE in case.grounds.split(",")
    to = RecordState.SHIELDED if frozen else RecordState.DISPUTED
    if record is None or record.state not in STANDING or record.state is to:
        return
    why = "异议称不是本人，暂停公示" if frozen else "异议标注"
    standing.move(session, record.id, Step(to, who, why), now=now)


def settle(session: Session, case: Case, *, who: str, why: str, now: datetime) -> None:
    """Let a record stand again as it did before this case; nobody is told: nothing changed."""
    record = _record(session, case)
    before = None if record is None else _before(session, case, record)
    if record is not None and before is not None:
        standing.move(session, record.id, Step(before, who, why, is_return=True), now=now)


def _record(session: Session, case: Case) -> Record | None:
    if case.record_id is None:
        return None
    one = select(Record).where(Record.id == case.record_id).with_for_update()
    return session.scalars(one.execution_options(populate_existing=True)).one()


def _before(session: Session, case: Case, record: Record) -> RecordState | None:
    """Return how the record stood before it was marked; None if no mark of this case is on it."""
    if record.state not in _MARKS:
        return None
    marked = RecordChange.record_id == record.id, RecordChange.to_state == record.state
    latest = select(RecordChange).where(*marked).order_by(RecordChange.id.desc()).limit(1)
    change = session.scalar(latest)
    if record.state is RecordState.DISPUTED:
        return (change and change.from_state) or RecordState.PUBLISHED
    # Display may have been frozen for another cause, which this case must not undo.
    annotated = CaseEvent.case_id == case.id, CaseEvent.state == CaseState.ANNOTATED
    at = session.scalars(select(CaseEvent.at).where(*annotated)).all()
    return change.from_state if change and change.at in at else None
