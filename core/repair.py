"""Credit repair (信用修复): the subject asks that a settled record come down early."""

from datetime import datetime

from sqlalchemy.orm import Session

from core import applying, eligibility, promises
from core.applying import Form, Office
from core.calendar import day
from core.cases import Case, CaseKind, Opening
from core.eligibility import Applicant

SETTLED = "settled"


def apply(
    session: Session,
    applicant: Applicant,
    record_id: int,
    *,
    form: Form,
    office: Office,
    now: datetime,
) -> Case:
    """File an application to repair a record, with the promise (信用承诺) that the law demands.

    Raises RecordNotFoundError, NotEntitledError, NotPublishedError, NotRepairableError,
    RepairTooEarlyError, AlreadyOpenError, PromiseMissingError, PromiseOutdatedError, and what
    is wrong with the files.
    """
    today = day(now)
    record = eligibility.own_record(session, applicant, record_id, today=today)
    eligibility.refuse(session, record, CaseKind.REPAIR, today=today)
    version = promises.demand(promised=form.promised, version=form.promise_version)
    eligibility.note_access(session, applicant, record, purpose="repair", now=now)
    opening = Opening(
        CaseKind.REPAIR,
        account_id=applicant.account_id,
        grounds=(SETTLED,),
        statement_sealed=office.sealed(form.statement),
        record_id=record.id,
        subject_id=record.subject_id,
        organisation=eligibility.acting_for(session, applicant, record),
        holder_id=record.department_id,
        promised_at=now,
        promise_version=version,
    )
    return applying.file(session, opening, form.evidence, rules=office.rules, now=now)
