"""Objection (异议): the subject says that a public record is wrong."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from core import applying, records
from core.calendar import day
from core.cases import Case, CaseKind, Form


class Grounds(StrEnum):
    """Why a record is said to be wrong."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    TERM_OVER = "term_over"
    NOT_PUBLIC = "not_public"
    NOT_MINE = "not_mine"
    ALREADY_REPAIRED = "already_repaired"


def file(
    session: Session,
    applicant: applying.Applicant,
    record_id: int,
    *,
    grounds: Grounds,
    statement: str,
    now: datetime,
) -> Case:
    """File an objection to a public record.

    Raises RecordNotFoundError, NotEntitledError, AlreadyOpenError.
    """
    record = records.public_one(session, record_id, today=day(now))
    applying.demand_entitlement(session, applicant, record)
    form = Form(CaseKind.OBJECTION, grounds=grounds, statement=statement)
    return applying.file(session, applicant, record, form=form, now=now)
