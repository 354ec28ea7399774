"""Data requests (个人信息请求): a person asks to see, have, correct or delete what we hold of them.

It is for this platform to answer, and for nobody but the person to ask (个人信息保护法, 44 to 50).
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import applying
from core.applying import Form, Office
from core.case_errors import TooManyCasesError
from core.cases import IS_OPEN, Case, CaseKind, Opening
from core.eligibility import Applicant
from core.errors import NotVerifiedError

MOST_OPEN = 10  # for one account at a time


class Right(StrEnum):
    """What may be asked for."""

    ACCESS = "access"
    COPY = "copy"
    CORRECT = "correct"
    DELETE = "delete"
    EXPLAIN = "explain"
    WITHDRAW_CONSENT = "withdraw_consent"


def file(
    session: Session, applicant: Applicant, *, form: Form, office: Office, now: datetime
) -> Case:
    """File a request about one's own data; its grounds are rights.

    Raises NotVerifiedError, TooManyCasesError, and what is wrong with the files.
    """
    if applicant.subject_id is None:
        raise NotVerifiedError
    _refuse_floods(session, applicant)
    opening = Opening(
        CaseKind.DATA_REQUEST,
        account_id=applicant.account_id,
        grounds=form.grounds,
        statement_sealed=office.sealed(form.statement),
        subject_id=applicant.subject_id,
    )
    return applying.file(session, opening, form.evidence, rules=office.rules, now=now)


def _refuse_floods(session: Session, applicant: Applicant) -> None:
    mine = Case.account_id == applicant.account_id, Case.kind == CaseKind.DATA_REQUEST
    waiting = select(func.count()).where(*mine, IS_OPEN)
    if (session.scalar(waiting) or 0) >= MOST_OPEN:
        raise TooManyCasesError
