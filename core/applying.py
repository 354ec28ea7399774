"""Applying: what objection and repair share: who may file, and the receipt that is owed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core import cases
from core.calendar import day
from core.cases import Case, Form
from core.errors import NotEntitledError
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.records import Record
from core.subjects import Subject


@dataclass(frozen=True)
class Applicant:
    """Who files: an account, and the code of the entity that it was verified to represent."""

    account_id: int
    organisation: str | None


def demand_entitlement(session: Session, applicant: Applicant, record: Record) -> None:
    """Let only the subject's verified representative file. Raises NotEntitledError."""
    subject = session.get_one(Subject, record.subject_id)
    if applicant.organisation != subject.uscc:
        raise NotEntitledError


def file(
    session: Session, applicant: Applicant, record: Record, *, form: Form, now: datetime
) -> Case:
    """Open the case and owe its receipt. Raises AlreadyOpenError."""
    case = cases.open_one(session, record, form, account_id=applicant.account_id, now=now)
    receipt = Owed(
        kind=EventKind.CASE_OPENED,
        key=f"{EventKind.CASE_OPENED}:{case.receipt_code}",
        audience=Audience.ACCOUNT,
        audience_id=applicant.account_id,
        event_date=day(now),
        facts={"case_id": case.id},
    )
    owe(session, receipt, now=now)
    return case
