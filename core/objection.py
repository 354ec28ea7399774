"""Objection (异议): the subject says that a record of its own is wrong."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from core import applying, eligibility
from core.applying import Form, Office
from core.calendar import day
from core.cases import Case, CaseKind, Opening
from core.eligibility import Applicant


class Grounds(StrEnum):
    """Why a record is said to be wrong."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    TERM_OVER = "term_over"
    NOT_PUBLIC = "not_public"
    NOT_MINE = "not_mine"
    ALREADY_REPAIRED = "already_repaired"
    PRIVACY = "privacy"


def file(
    session: Session,
    applicant: Applicant,
    record_id: int,
    *,
    form: Form,
    office: Office,
    now: datetime,
) -> Case:
    """File an objection to a record.

    Raises RecordNotFoundError, NotEntitledError, NotPublishedError, AlreadyOpenError, and what
    is wrong with the files.
    """
    today = day(now)
    record = eligibility.own_record(session, applicant, record_id, today=today)
    eligibility.refuse(session, record, CaseKind.OBJECTION, today=today)
    eligibility.note_access(session, applicant, record, purpose="objection", now=now)
    opening = Opening(
        CaseKind.OBJECTION,
        account_id=applicant.account_id,
        grounds=form.grounds,
        statement_sealed=office.sealed(form.statement),
        record_id=record.id,
        subject_id=record.subject_id,
        organisation=eligibility.acting_for(session, applicant, record),
        holder_id=record.department_id,
    )
    return applying.file(session, opening, form.evidence, rules=office.rules, now=now)
