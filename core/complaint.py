"""Complaint (投诉): somebody is not content with how we, or a department, went about it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import applying, eligibility
from core.applying import Form, Office
from core.calendar import day
from core.case_errors import DepartmentNotFoundError, TooManyCasesError
from core.cases import IS_OPEN, Case, CaseKind, Opening
from core.departments import Department
from core.eligibility import Applicant
from core.errors import NotEntitledError
from core.records import Record

MOST_OPEN = 10  # for one account at a time


class Matter(StrEnum):
    """What a complaint is about."""

    RECORD_HANDLING = "record_handling"
    DEPARTMENT = "department"
    SERVICE = "service"


@dataclass(frozen=True)
class Target:
    """What is complained about: a record or a department may be named."""

    matter: Matter
    record_id: int | None = None
    department_id: int | None = None


def file(
    session: Session,
    applicant: Applicant,
    target: Target,
    *,
    form: Form,
    office: Office,
    now: datetime,
) -> Case:
    """File a complaint; it is for the platform to decide, never for who is complained about.

    Raises RecordNotFoundError, DepartmentNotFoundError, TooManyCasesError, and what is wrong
    with the files.
    """
    _refuse_floods(session, applicant)
    record = _target(session, applicant, target, today=day(now))
    opening = Opening(
        CaseKind.COMPLAINT,
        account_id=applicant.account_id,
        grounds=(target.matter,),
        statement_sealed=office.sealed(form.statement),
        record_id=target.record_id,
        organisation=eligibility.acting_for(session, applicant, record) if record else None,
        department_id=target.department_id,
    )
    return applying.file(session, opening, form.evidence, rules=office.rules, now=now)


def _refuse_floods(session: Session, applicant: Applicant) -> None:
    mine = Case.account_id == applicant.account_id, Case.kind == CaseKind.COMPLAINT
    waiting = select(func.count()).where(*mine, IS_OPEN)
    if (session.scalar(waiting) or 0) >= MOST_OPEN:
        raise TooManyCasesError


def _target(
    session: Session, applicant: Applicant, target: Target, *, today: date
) -> Record | None:
    """Return the record that is complained about, if it is one. Raises what is wrong with it."""
    if target.department_id and session.get(Department, target.department_id) is None:
        raise DepartmentNotFoundError
    if target.record_id is None:
        return None
    # What everybody may see may be complained about by everybody.
    with suppress(NotEntitledError):
        eligibility.own_record(session, applicant, target.record_id, today=today)
    return session.get_one(Record, target.record_id)
