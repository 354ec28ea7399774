"""Reading (查看): one record with its history, who was told of it, and the cases about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import corrections
from core.cases import Case
from core.corrections import Changes, Correction
from core.db import Facts
from core.departments import Department
from core.keeping import fields, reach
from core.outbox.deliveries import Delivery, EventKind, was_told
from core.outbox.events import Event
from core.records import Record, RecordChange, facts_of
from core.staff import approvals
from core.staff.approvals import Approval, ApprovalState, Matter
from core.staff.members import Staff
from core.staff.roles import Deed
from core.subjects import Subject
from core.vault import Vault


@dataclass(frozen=True)
class Told:
    """One thing that people were told of a record: to how many it is owed, how many have it."""

    kind: EventKind
    at: datetime
    owed: int
    told: int


@dataclass(frozen=True)
class Sheet:
    """All that staff see of a record; `values` only once somebody may read a person's."""

    record: Record
    subject: Subject
    department: str
    is_person: bool
    values: Facts | None
    history: Sequence[RecordChange]
    corrections: Sequence[tuple[Correction, Changes | None]]
    told: Sequence[Told]
    cases: Sequence[Case]
    asked: Approval | None
    asked_why: str | None


def sheet(
    session: Session,
    staff: Staff,
    record_id: int,
    *,
    vault: Vault,
    purpose: str | None = None,
    now: datetime,
) -> Sheet:
    """Return a record as staff see it; of a person the facts only for a `purpose`.

    Raises NotPermittedError, RecordElsewhereError.
    """
    staff.demand(Deed.FIND_RECORDS)
    record = reach.one(session, staff, record_id)
    subject = session.get_one(Subject, record.subject_id)
    is_person = reach.is_person(session, record)
    is_open = not is_person or purpose is not None
    if is_person and purpose:
        staff.demand(Deed.READ_PERSON)
        reach.note_reading(session, staff, record, purpose=purpose, now=now)
    kept, asked = corrections.listing(session, record.id), _asked(session, record.id)
    return Sheet(
        record=record,
        subject=subject,
        department=session.get_one(Department, record.department_id).name,
        is_person=is_person,
        values=fields.held(record, facts_of(record, vault)) if is_open else None,
        history=_history(session, record.id),
        corrections=[
            (one, corrections.changes_of(one, vault) if is_open else None) for one in kept
        ],
        told=_told(session, record.id),
        cases=_cases(session, record.id),
        asked=asked,
        asked_why=approvals.why(asked, vault) if asked else None,
    )


def _history(session: Session, record_id: int) -> Sequence[RecordChange]:
    of_record = select(RecordChange).where(RecordChange.record_id == record_id)
    return session.scalars(of_record.order_by(RecordChange.id)).all()


def _told(session: Session, record_id: int) -> Sequence[Told]:
    events = select(Event).where(Event.record_id == record_id).order_by(Event.id)
    found = session.scalars(events).all()
    counts = _counts(session, [one.id for one in found])
    return [Told(one.kind, one.owed_at, *counts.get(one.id, (0, 0))) for one in found]


def _counts(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    told = func.count().filter(was_told())
    wanted = select(Delivery.event_id, func.count(), told).where(Delivery.event_id.in_(ids))
    rows = session.execute(wanted.group_by(Delivery.event_id))
    return {event_id: (owed, reached) for event_id, owed, reached in rows}


def _cases(session: Session, record_id: int) -> Sequence[Case]:
    about = select(Case).where(Case.record_id == record_id).order_by(Case.id.desc())
    return session.scalars(about.limit(20)).all()


def _asked(session: Session, record_id: int) -> Approval | None:
    asked = Approval.matter == Matter.WITHDRAW_RECORD, Approval.object_id == record_id
    open_ = select(Approval).where(*asked, Approval.state == ApprovalState.ASKED)
    return session.scalar(open_)
