"""Telling: what a report says of a subject at one instant.

Of an entity all that the public may see; of a person, who alone can ask for it and hands it on,
all that whoever a person authorised may see.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core import registered
from core.calendar import day
from core.departments import Department
from core.records import Record, RecordKind, facts_of, is_public, told
from core.registered import NOTHING, Registered
from core.reports import personal
from core.reports.ledger import Purpose, Report, ReportRecord, ReportState
from core.subjects import Subject, SubjectKind, SubjectState
from core.vault import Vault


class Told(NamedTuple):
    """One record as a report tells it. `basis` is the law that the deciding authority named."""

    id: int
    kind: RecordKind
    list_kind: str | None
    title: str
    severity: str | None
    state: str
    authority: str
    department: str
    document_no: str
    event_date: date
    published_on: date | None
    repairable_from: date | None
    ends_on: date | None
    rule: str | None
    basis: str | None


@dataclass(frozen=True)
class Snapshot:
    """All that a report tells, and by what it can be verified."""

    report_no: str
    verify_code: str
    purpose: Purpose
    as_of: datetime
    valid_until: date
    uscc: str | None
    uscc_check_ok: bool
    name: str
    kind: SubjectKind
    state: SubjectState
    district: str
    records: tuple[Told, ...]
    state_since: date | None = None
    zone: str | None = None
    registered_as_of: date | None = None
    registered: Registered = NOTHING
    id_number: str | None = None

    @property
    def hash(self) -> str:
        """Return a hash that changes with whatever is told."""
        text = json.dumps(asdict(self), default=str, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def snapshot(
    session: Session, vault: Vault, report_id: int, *, valid_days: int, now: datetime
) -> Snapshot | None:
    """Read what a report has to tell now, and write down which records it tells.

    None if the report is made already. The records are locked while we read: whoever withdraws
    one comes before us, and it is not told, or after us, and finds who was told. Of a natural
    person the access row is written, too.
    """
    report = session.get_one(Report, report_id)
    if report.state is not ReportState.REQUESTED:  # before a person is read for nothing
        return None
    subject = session.get_one(Subject, report.subject_id)
    name, id_number = personal.named(session, vault, report, now=now) or (subject.name, None)
    all_told = Snapshot(
        report_no=report.report_no,
        verify_code=report.verify_code,
        purpose=report.purpose,
        as_of=now,
        valid_until=day(now) + timedelta(days=valid_days),
        uscc=subject.uscc,
        uscc_check_ok=subject.uscc_check_ok,
        id_number=id_number,
        name=name,
        kind=subject.kind,
        state=subject.state,
        district=subject.district,
        records=_records(session, vault, subject=subject, today=day(now)),
        state_since=subject.state_since,
        zone=subject.zone,
        registered_as_of=subject.registered_as_of,
        registered=registered.of(session, subject.id),
    )
    return all_told if _noted(session, report_id, all_told) else None


def _noted(session: Session, report_id: int, snapshot: Snapshot) -> bool:
    waiting = Report.id == report_id, Report.state == ReportState.REQUESTED
    facts = {
        "as_of": snapshot.as_of,
        "valid_until": snapshot.valid_until,
        "snapshot_hash": snapshot.hash,
    }
    noted = update(Report).where(*waiting).values(facts).returning(Report.id)
    if session.scalar(noted) is None:
        return False
    session.execute(delete(ReportRecord).where(ReportRecord.report_id == report_id))
    rows = [{"report_id": report_id, "record_id": record.id} for record in snapshot.records]
    if rows:
        session.execute(ReportRecord.__table__.insert(), rows)  # type: ignore[attr-defined]
    return True


def _records(session: Session, vault: Vault, *, subject: Subject, today: date) -> tuple[Told, ...]:
    of_person = subject.kind is SubjectKind.NATURAL_PERSON
    shown = personal.is_shown(today) if of_person else is_public(today)
    told_of = (
        select(Record, Department.name)
        .join(Department, Department.id == Record.department_id)
        .where(Record.subject_id == subject.id, shown)
        # In the order in which everybody locks records, whatever the order of the report.
        .order_by(Record.natural_key)
        .with_for_update(read=True, of=Record)
        .execution_options(populate_existing=True)
    )
    found = [
        Told(**told(record, department), basis=_basis(facts_of(record, vault)))
        for record, department in session.execute(told_of)
    ]
    return tuple(sorted(found, key=lambda one: (one.event_date, one.id), reverse=True))


def _basis(facts: dict[str, Any]) -> str | None:
    named = facts.get("legal_basis")
    return named if isinstance(named, str) and named.strip() else None
