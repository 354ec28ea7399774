"""Finding (查找): records by what is known of them; a person's by the exact number alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from core import departments, persons, search
from core.audit import purposes, trail
from core.departments import Department
from core.identifiers import normalise
from core.keeping import reach
from core.records import Record, RecordKind, RecordState
from core.staff.members import Staff
from core.staff.roles import Deed
from core.subjects import Subject, SubjectKind, name_key
from core.vault import Vault

PAGE = 50
_SHORTEST = 2
_MOST_NAMED = 100


@dataclass(frozen=True)
class Sought:
    """What is known of the records that are sought; empty where nothing is."""

    name: str = ""
    uscc: str = ""
    document_no: str = ""
    kind: RecordKind | None = None
    state: RecordState | None = None
    department: str = ""


class Found(NamedTuple):
    """One record that was found, and whom it is about; a person has no name here."""

    id: int
    name: str
    uscc: str | None
    kind: RecordKind
    list_kind: str | None
    title: str
    state: RecordState
    authority: str
    document_no: str
    department: str
    event_date: date
    ends_on: date | None


_COLUMNS: tuple[Any, ...] = (
    *(Record.id, Subject.name, Subject.uscc, Record.kind, Record.list_kind, Record.title),
    *(Record.state, Record.authority, Record.document_no, Department.name),
    *(Record.event_date, Record.ends_on),
)


def find(
    session: Session, staff: Staff, sought: Sought, *, limit: int = PAGE, before: int | None = None
) -> Sequence[Found]:
    """Find records of entities, the newest first. Raises NotPermittedError."""
    staff.demand(Deed.FIND_RECORDS)
    wanted = _of(session, staff).where(Subject.kind != SubjectKind.NATURAL_PERSON)
    wanted = wanted.where(*_conditions(session, sought))
    if before is not None:
        wanted = wanted.where(Record.id < before)
    return [Found(*row) for row in session.execute(wanted.limit(limit))]


def of_person(
    session: Session, staff: Staff, number: str, *, purpose: str, vault: Vault, now: datetime
) -> Sequence[Found]:
    """Return the records of whom an exact number names; the person sees who looked.

    Raises NotPermittedError.
    """
    staff.demand(Deed.READ_PERSON)
    subject_id = persons.find(session, vault, number)
    if subject_id is None:
        return []
    asker = purposes.staff(staff.actor, purpose)
    trail.note(session, asker.reads(subject_id, "records"), now=now)
    wanted = _of(session, staff).where(Record.subject_id == subject_id)
    return [Found(*row) for row in session.execute(wanted.limit(PAGE))]


def _of(session: Session, staff: Staff) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Subject, Subject.id == Record.subject_id)
        .join(Department, Department.id == Record.department_id)
        .where(reach.theirs(session, staff))
        .order_by(Record.id.desc())
    )


def _conditions(session: Session, sought: Sought) -> list[ColumnElement[bool]]:
    known = {
        Subject.uscc: normalise(sought.uscc) if sought.uscc else None,
        Record.document_no: sought.document_no.strip(),
        Record.kind: sought.kind,
        Record.state: sought.state,
    }
    found = [column == value for column, value in known.items() if value]
    if sought.name:
        found.append(Subject.id.in_(_named(session, sought.name)))
    if sought.department:
        named = departments.named(session, sought.department) or 0
        found.append(Record.department_id.in_(departments.with_predecessors(session, named)))
    return found


def _named(session: Session, name: str) -> list[int]:
    key = name_key(name)
    if len(key) < _SHORTEST:
        return []
    return [hit.id for hit in search.by_key(session, key, limit=_MOST_NAMED)]
