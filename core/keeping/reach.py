"""Reach: which records a member of the staff may touch, and who has read about which person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from core import departments
from core.audit import purposes, trail
from core.keeping.errors import RecordElsewhereError
from core.records import Record
from core.staff.errors import NoReasonError
from core.staff.members import Staff
from core.subjects import Subject, SubjectKind

_SHORTEST, _LONGEST = 2, 500


def theirs(session: Session, staff: Staff) -> ColumnElement[bool]:
    """Say in SQL which records are within a member's reach: the department's, or all."""
    if staff.department_id is None:
        return true()
    line = departments.with_predecessors(session, staff.department_id)
    return Record.department_id.in_(line)


def one(session: Session, staff: Staff, record_id: int, *, locked: bool = False) -> Record:
    """Return a record that a member may touch. Raises RecordElsewhereError."""
    wanted = select(Record).where(Record.id == record_id, theirs(session, staff))
    if locked:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    record = session.scalar(wanted)
    if record is None:
        raise RecordElsewhereError
    return record


def is_person(session: Session, record: Record) -> bool:
    """Say whether a record is about a natural person."""
    kind = session.scalar(select(Subject.kind).where(Subject.id == record.subject_id))
    return kind is SubjectKind.NATURAL_PERSON


def note_reading(
    session: Session,
    staff: Staff,
    record: Record,
    *,
    fields: Sequence[str] = ("facts",),
    purpose: str,
    now: datetime,
) -> None:
    """Let the trail know who reads about a person; of anybody else nothing is written."""
    if is_person(session, record):
        asker = purposes.staff(staff.actor, purpose)
        trail.note(session, asker.reads(record.subject_id, *fields), now=now)


def act(
    session: Session, staff: Staff, record: Record, *, did: str, now: datetime, **detail: int | str
) -> None:
    """Write down what a member did to a record."""
    done = trail.Act(staff.actor, "staff", did, f"record:{record.id}", detail)
    trail.note(session, done, now=now)


def reason(text: str) -> str:
    """Return why something is done, tidied. Raises NoReasonError."""
    why = " ".join(text.split())
    if not _SHORTEST <= len(why) <= _LONGEST:
        raise NoReasonError
    return why
