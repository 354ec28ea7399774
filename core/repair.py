"""Credit repair (信用修复): the subject asks that a settled record come down early."""

from datetime import datetime

from sqlalchemy.orm import Session

from core import applying, records
from core.calendar import day
from core.cases import Case, CaseKind, Form
from core.errors import NotRepairableError, RepairTooEarlyError
from core.records import REPAIRABLE


def apply(
    session: Session,
    applicant: applying.Applicant,
    record_id: int,
    *,
    statement: str,
    now: datetime,
) -> Case:
    """File an application to repair a public record.

    Raises RecordNotFoundError, NotEntitledError, NotRepairableError, RepairTooEarlyError,
    AlreadyOpenError.
    """
    today = day(now)
    record = records.public_one(session, record_id, today=today)
    applying.demand_entitlement(session, applicant, record)
    if record.kind not in REPAIRABLE or record.repairable_from is None:
        raise NotRepairableError
    if today < record.repairable_from:
        raise RepairTooEarlyError
    form = Form(CaseKind.REPAIR, grounds="settled", statement=statement)
    return applying.file(session, applicant, record, form=form, now=now)
