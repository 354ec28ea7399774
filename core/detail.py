"""Detail (记录详情): one public record with all that an answer in a conversation leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.departments import Department
from core.errors import RecordNotFoundError
from core.records import Record, RecordKind, RecordState, is_public, told
from core.subjects import Subject, SubjectKind

# What of a record's facts is told to everybody; whatever else a file brought stays with us.
TOLD = (
    *("violation_type", "violation_facts", "legal_basis", "content", "fine_wan"),
    *("confiscated_wan", "licence_taken", "document_title", "category", "certificate_name"),
    *("licence_no", "valid_from", "valid_to", "promise_type", "matter", "fulfilment"),
    *("result", "list_name"),
)


@dataclass(frozen=True)
class Detail:
    """One public record. `rule` names the term that was applied; `facts` are those of TOLD."""

    id: int
    version: int
    name: str
    uscc: str
    kind: RecordKind
    list_kind: str | None
    title: str
    severity: str | None
    state: RecordState
    authority: str
    department: str
    document_no: str
    event_date: date
    published_on: date | None
    repairable_from: date | None
    ends_on: date | None
    rule: str | None
    facts: Mapping[str, Any]


def of(session: Session, record_id: int, *, today: date) -> Detail:
    """Return a record that the public may see.

    Raises RecordNotFoundError alike for one that is missing, hidden, or about a natural person.
    """
    found = (
        select(Record, Subject.name, Subject.uscc, Department.name.label("department"))
        .join(Subject, Subject.id == Record.subject_id)
        .join(Department, Department.id == Record.department_id)
        .where(Record.id == record_id, is_public(today))
        .where(Subject.kind != SubjectKind.NATURAL_PERSON)
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise RecordNotFoundError
    record: Record = row.Record
    return Detail(
        **told(record, row.department),
        version=record.version,
        name=row.name,
        uscc=row.uscc,
        facts={name: record.facts[name] for name in TOLD if record.facts.get(name)},
    )
