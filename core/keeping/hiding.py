"""Hiding: records that are kept from the public while something is not clear, and let go again.

Quarantine (核实中) is for doubts about the record itself; a shield (暂停公示) for an entity whose
reorganisation a court has approved. One of the staff does either, and says why.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import standing
from core.calendar import day
from core.keeping import reach
from core.keeping.correcting import Tools
from core.keeping.errors import StateForbidsError, UndecidedError
from core.keeping.judged import judged, loaded
from core.records import Record, RecordChange, RecordState, facts_of
from core.staff.members import Staff
from core.staff.roles import Deed
from core.standing import STEPS, Step

_S = RecordState


def quarantine(session: Session, staff: Staff, record_id: int, *, why: str, now: datetime) -> None:
    """Keep a record from the public until its doubts are settled; whoever was told hears.

    Raises NotPermittedError, RecordElsewhereError, NoReasonError, StateForbidsError.
    """
    staff.demand(Deed.QUARANTINE_RECORD)
    record = reach.one(session, staff, record_id, locked=True)
    _move(session, staff, record, to=_S.QUARANTINED, why=why, now=now)


def release(
    session: Session, staff: Staff, record_id: int, *, why: str, tools: Tools, now: datetime
) -> RecordState:
    """Let a record go from quarantine; two must agree before it is published (again).

    Raises what `quarantine` does, and UndecidedError where the rules know no term for it.
    """
    staff.demand(Deed.QUARANTINE_RECORD)
    record = reach.one(session, staff, record_id, locked=True)
    if record.state is not _S.QUARANTINED:
        raise StateForbidsError
    to = _released(session, staff, record, tools=tools, now=now)
    if record.published_at:
        # What is published a second time is news again.
        record.version += 1
        session.flush()
    _move(session, staff, record, to=to, why=why, now=now)
    return to


def shield(session: Session, staff: Staff, record_id: int, *, why: str, now: datetime) -> None:
    """Suspend a record's publication; `why` names the court's ruling. Raises as `quarantine`."""
    staff.demand(Deed.CORRECT_RECORD)
    record = reach.one(session, staff, record_id, locked=True)
    _move(session, staff, record, to=_S.SHIELDED, why=why, now=now)


def unshield(session: Session, staff: Staff, record_id: int, *, why: str, now: datetime) -> None:
    """Publish a shielded record again, whose term ran on meanwhile. Raises as `quarantine`."""
    staff.demand(Deed.CORRECT_RECORD)
    record = reach.one(session, staff, record_id, locked=True)
    if record.state is not _S.SHIELDED:
        raise StateForbidsError
    _move(session, staff, record, to=_S.PUBLISHED, why=why, now=now)


def _released(
    session: Session, staff: Staff, record: Record, *, tools: Tools, now: datetime
) -> RecordState:
    reach.note_reading(session, staff, record, purpose="correct_record", now=now)
    facts = facts_of(record, tools.vault)
    ruling = judged(
        session, record, facts, decided=record.event_date, rules=tools.rules, today=day(now)
    )
    if ruling.left_open:
        raise UndecidedError
    return _S.HELD if _before(session, record) is _S.HELD else loaded(ruling)


def _before(session: Session, record: Record) -> RecordState | None:
    into = RecordChange.record_id == record.id, RecordChange.to_state == _S.QUARANTINED
    last = select(RecordChange.from_state).where(*into).order_by(RecordChange.id.desc())
    return session.scalar(last.limit(1))


def _move(
    session: Session, staff: Staff, record: Record, *, to: RecordState, why: str, now: datetime
) -> None:
    reason, before = reach.reason(why), record.state
    if to not in STEPS[before]:
        raise StateForbidsError
    standing.move(session, record.id, Step(to, staff.actor, reason), now=now)
    codes = {"from_state": before.value, "to_state": to.value}
    reach.act(session, staff, record, did="move_record", now=now, **codes)
