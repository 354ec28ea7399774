"""One's own cases: what the applicant can still do: supplement, withdraw, ask for a review."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import (
    applying,
    cases,
    complaint,
    data_request,
    disputes,
    objection,
    progress,
    proposals,
    repair,
    tallies,
)
from core.applying import Form, Office
from core.calendar import day
from core.case_errors import (
    AlreadyReviewedError,
    CaseClosedError,
    NotResubmittableError,
    NotReviewableError,
    ReviewTooLateError,
    TooMuchEvidenceError,
)
from core.cases import OPEN, Action, Case, CaseEvent, CaseKind, CaseState, Opening
from core.complaint import Matter, Target
from core.eligibility import Applicant
from core.errors import AlreadyOpenError
from core.evidence import ledger
from core.evidence.ledger import CaseEvidence
from core.progress import APPLICANT, Step
from core.rules import Clock, Rulebook
from core.tallies import Counted

MOST_FILES = 30
_TURNED_DOWN = frozenset({CaseState.REFUSED, CaseState.NOT_ACCEPTED})
_MAY_COME_AGAIN = _TURNED_DOWN | {CaseState.WITHDRAWN}


class Possible(StrEnum):
    """What the applicant can do about a case."""

    SUPPLEMENT = "supplement"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    RESUBMIT = "resubmit"


def supplement(
    session: Session, by: Applicant, case: Case, *, form: Form, office: Office, now: datetime
) -> CaseEvent:
    """Add a text and files to an open case; one that waited for them goes on, and its clock.

    Raises CaseClosedError, TooMuchEvidenceError, DailyLimitError, and what is wrong with the files.
    """
    if case.state not in OPEN:
        raise CaseClosedError
    files = select(func.count()).where(CaseEvidence.case_id == case.id)
    if (session.scalar(files) or 0) + len(form.evidence) > MOST_FILES:
        raise TooMuchEvidenceError
    tallies.add(session, by.account_id, Counted.SUPPLEMENTS, now=now)
    ledger.attach(session, case.id, form.evidence, account_id=by.account_id, now=now)
    sealed = office.vault.seal(form.statement, cases.NOTE)
    if case.state is CaseState.SUPPLEMENT_WANTED and case.resumes:
        step = Step(case.resumes, APPLICANT, note_sealed=sealed, by=by.account_id)
        event = progress.move(session, case.id, step, rules=office.rules, now=now)
        event.action = Action.SUPPLEMENTED
        return event
    proposals.lapse(session, case.id)  # it did not know of this
    progress.touch(case, now=now)
    event = cases.note(session, case, Action.SUPPLEMENTED, who=APPLICANT, now=now)
    event.note_sealed = sealed
    progress.audit(session, case, "case_supplemented", who=APPLICANT, by=by.account_id, now=now)
    return event


def withdraw(
    session: Session, by: Applicant, case: Case, *, rules: Rulebook, now: datetime
) -> None:
    """Take a case back; the record that it disputed stands as before. Raises CaseClosedError."""
    step = Step(CaseState.WITHDRAWN, APPLICANT, by=by.account_id)
    progress.move(session, case.id, step, rules=rules, now=now)
    if case.kind is CaseKind.OBJECTION:
        disputes.settle(session, case, who=APPLICANT, why="异议已撤回", now=now)


def review(
    session: Session, by: Applicant, case: Case, *, form: Form, office: Office, now: datetime
) -> Case:
    """Ask that a refusal be looked at once more, by somebody else: once, within the term.

    Raises NotReviewableError, AlreadyReviewedError, ReviewTooLateError, AlreadyOpenError, and
    what is wrong with the files.
    """
    _demand_reviewable(session, case, rules=office.rules, today=day(now))
    opening = Opening(
        case.kind,
        account_id=by.account_id,
        grounds=case.grounds.split(","),
        statement_sealed=office.sealed(form.statement),
        record_id=case.record_id,
        subject_id=case.subject_id,
        organisation=case.organisation,
        department_id=case.department_id,
        holder_id=case.holder_id,
        review_of_id=case.id,
        promised_at=case.promised_at,
        promise_version=case.promise_version,
    )
    try:
        return applying.file(session, opening, form.evidence, rules=office.rules, now=now)
    except AlreadyOpenError:
        if review_of(session, case) is not None:
            raise AlreadyReviewedError from None
        raise


def resubmit(
    session: Session,
    applicant: Applicant,
    case: Case,
    *,
    form: Form,
    office: Office,
    now: datetime,
) -> Case:
    """File once more what was turned down or withdrawn, with its files and perhaps new ones.

    Raises NotResubmittableError, and whatever filing it for the first time would.
    """
    if case.state not in _MAY_COME_AGAIN or case.review_of_id is not None:
        raise NotResubmittableError
    said = form.statement or statement_of(case, office)
    again = replace(form, statement=said, grounds=case.grounds.split(","))
    new = _filed(session, applicant, case, form=again, office=office, now=now)
    ledger.carry(session, case.id, new.id, now=now)
    return new


def possible(session: Session, case: Case, *, rules: Rulebook, today: date) -> list[Possible]:
    """List what the applicant can do about a case today."""
    found = [Possible.SUPPLEMENT] if case.state in OPEN else []
    if progress.may(case, CaseState.WITHDRAWN):
        found.append(Possible.WITHDRAW)
    try:
        _demand_reviewable(session, case, rules=rules, today=today)
        found.append(Possible.REVIEW)
    except (NotReviewableError, AlreadyReviewedError, ReviewTooLateError):
        pass
    if case.state in _MAY_COME_AGAIN and case.review_of_id is None:
        found.append(Possible.RESUBMIT)
    return found


def review_of(session: Session, case: Case) -> Case | None:
    """Return the review of a case, if there is one."""
    return session.scalar(select(Case).where(Case.review_of_id == case.id))


def statement_of(case: Case, office: Office) -> str:
    """Return in clear what the applicant said."""
    if case.statement_sealed is None:
        return case.statement or ""
    return office.vault.open(case.statement_sealed, cases.STATEMENT)


def _filed(
    session: Session,
    applicant: Applicant,
    case: Case,
    *,
    form: Form,
    office: Office,
    now: datetime,
) -> Case:
    if case.kind is CaseKind.COMPLAINT:
        target = Target(Matter(form.grounds[0]), case.record_id, case.department_id)
        return complaint.file(session, applicant, target, form=form, office=office, now=now)
    if case.kind is CaseKind.DATA_REQUEST:
        return data_request.file(session, applicant, form=form, office=office, now=now)
    file = objection.file if case.kind is CaseKind.OBJECTION else repair.apply
    return file(session, applicant, case.record_id or 0, form=form, office=office, now=now)


def _demand_reviewable(session: Session, case: Case, *, rules: Rulebook, today: date) -> None:
    if case.state not in _TURNED_DOWN or case.review_of_id is not None:
        raise NotReviewableError
    if review_of(session, case) is not None:
        raise AlreadyReviewedError
    if today > review_until(session, case, rules):
        raise ReviewTooLateError


def review_until(session: Session, case: Case, rules: Rulebook) -> date:
    """Return the last day on which a review of a refused case may be asked for."""
    refused = CaseEvent.case_id == case.id, CaseEvent.state == case.state
    latest = select(CaseEvent.at).where(*refused).order_by(CaseEvent.id.desc()).limit(1)
    decided = day(session.scalar(latest) or case.opened_at)
    return rules.deadline(Clock.REVIEW_REQUEST, decided).day
