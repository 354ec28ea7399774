"""Detail of a case (办件详情): all that its applicant may see of it, texts in clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core import case_access, cases, eligibility, own_cases
from core.applying import Office
from core.calendar import day
from core.cases import Case, CaseEvent
from core.eligibility import Applicant
from core.evidence import ledger
from core.evidence.ledger import Evidence
from core.objection import Grounds
from core.own_cases import Possible
from core.records import Record, RecordState


@dataclass(frozen=True)
class Told:
    """One step of a case, with what was said."""

    event: CaseEvent
    text: str | None


@dataclass(frozen=True)
class Detail:
    """A case in full. `review` is the review of it, `first` the case that it is a review of.

    `is_frozen` says that its record is not shown until it is decided whose it is.
    """

    case: Case
    statement: str
    steps: Sequence[Told]
    evidence: Sequence[Evidence]
    possible: Sequence[Possible]
    review_until: date | None
    review: Case | None
    first: Case | None
    is_frozen: bool


def read(
    session: Session, applicant: Applicant, code: str, *, office: Office, now: datetime
) -> Detail:
    """Return a case to who filed it; a person's is noted as read. Raises CaseNotFoundError."""
    case = case_access.of_applicant(session, code, applicant)
    if case.record_id is not None and case.subject_id is not None:
        record = session.get_one(Record, case.record_id)
        eligibility.note_access(session, applicant, record, purpose="own_case", now=now)
    today = day(now)
    possible = own_cases.possible(session, case, rules=office.rules, today=today)
    reviewable = Possible.REVIEW in possible
    return Detail(
        case=case,
        statement=own_cases.statement_of(case, office),
        steps=[_told(event, office) for event in cases.steps(session, case.id)],
        evidence=ledger.of_case(session, case.id),
        possible=possible,
        review_until=own_cases.review_until(session, case, office.rules) if reviewable else None,
        review=own_cases.review_of(session, case),
        first=session.get(Case, case.review_of_id) if case.review_of_id else None,
        is_frozen=_is_frozen(session, case),
    )


def _is_frozen(session: Session, case: Case) -> bool:
    if not case.is_open or case.record_id is None or Grounds.NOT_MINE not in case.grounds:
        return False
    return session.get_one(Record, case.record_id).state is RecordState.SHIELDED


def _told(event: CaseEvent, office: Office) -> Told:
    if event.note_sealed is not None:
        return Told(event, office.vault.open(event.note_sealed, cases.NOTE))
    return Told(event, event.note or None)
