"""Eligibility (能不能办): may one object to a record, or ask for its repair; if not, why not.

The same judgement answers the question before the form and decides when the form is filed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import disclosure
from core.audit import trail
from core.calendar import day
from core.case_errors import NotPublishedError
from core.cases import IS_OPEN, Case, CaseKind
from core.disclosure import Viewer, ViewerKind
from core.errors import (
    AlreadyOpenError,
    CreditError,
    NotEntitledError,
    NotRepairableError,
    RecordNotFoundError,
    RepairTooEarlyError,
)
from core.records import REPAIRABLE, STANDING, Record
from core.rules import Clock, Rulebook
from core.subjects import Subject, SubjectKind
from core.workdays import Deadline

_OWN = "《个人信息保护法》第四十五条"


@dataclass(frozen=True)
class Applicant:
    """Who files: an account, the entity that it represents, the natural person that it is."""

    account_id: int
    organisation: str | None = None
    subject_id: int | None = None


class Need(StrEnum):
    """What an application needs. Nothing else may be asked for (国办发〔2025〕22号)."""

    PROOF_OF_PERFORMANCE = "proof_of_performance"
    PROMISE = "promise"
    PROOF_OF_FAULT = "proof_of_fault"


NEEDS = {
    CaseKind.OBJECTION: (Need.PROOF_OF_FAULT,),
    CaseKind.REPAIR: (Need.PROOF_OF_PERFORMANCE, Need.PROMISE),
}
# What a case passes through until it is decided, one after the other.
_CLOCKS = {
    CaseKind.OBJECTION: (Clock.OBJECTION_FORWARD, Clock.OBJECTION_DECIDE),
    CaseKind.REPAIR: (Clock.REPAIR_FINISH,),
}


@dataclass(frozen=True)
class Answer:
    """May one apply? `reasons` are codes of refusals; `answered_by` is for who files today."""

    kind: CaseKind
    reasons: tuple[str, ...]
    opens_on: date | None
    needs: tuple[Need, ...]
    working_days: int
    answered_by: Deadline

    @property
    def may(self) -> bool:
        """Say whether nothing stands in the way."""
        return not self.reasons


@dataclass(frozen=True)
class Eligibility:
    """What may be asked about a record of one's own."""

    record: Record
    objection: Answer
    repair: Answer


def of(
    session: Session, applicant: Applicant, record_id: int, *, rules: Rulebook, now: datetime
) -> Eligibility:
    """Say what may be asked about a record of one's own, and write down that a person looked.

    Raises RecordNotFoundError, NotEntitledError.
    """
    record = own_record(session, applicant, record_id, today=day(now))
    note_access(session, applicant, record, purpose="eligibility", now=now)
    answers = [
        _answer(session, record, kind, rules=rules, today=day(now))
        for kind in (CaseKind.OBJECTION, CaseKind.REPAIR)
    ]
    return Eligibility(record, *answers)


def own_record(session: Session, applicant: Applicant, record_id: int, *, today: date) -> Record:
    """Return a record to its subject, or to who represents it.

    Raises RecordNotFoundError, and NotEntitledError for what is somebody else's but public.
    """
    record = session.get(Record, record_id)
    if record is None:
        raise RecordNotFoundError
    subject = session.get_one(Subject, record.subject_id)
    mine = is_own(applicant, subject)
    viewer = Viewer(ViewerKind.SUBJECT if mine else ViewerKind.PUBLIC, record.subject_id)
    # What is public of a natural person is for lists; by its number nobody else gets at it.
    hidden = not mine and subject.kind is SubjectKind.NATURAL_PERSON
    if hidden or not disclosure.may_see(viewer, record, today):
        raise RecordNotFoundError
    if not mine:
        raise NotEntitledError
    return record


def is_own(applicant: Applicant, subject: Subject) -> bool:
    """Say whether an applicant is this subject, or represents it."""
    represents = applicant.organisation is not None and applicant.organisation == subject.uscc
    return represents or applicant.subject_id == subject.id


def acting_for(session: Session, applicant: Applicant, record: Record) -> str | None:
    """Return the code of the entity whose record it is, if the applicant acts for that entity."""
    code = session.get_one(Subject, record.subject_id).uscc
    return code if code is not None and code == applicant.organisation else None


def refuse(session: Session, record: Record, kind: CaseKind, *, today: date) -> None:
    """Raise what stands in the way of an application, if anything does."""
    for refusal in _refusals(session, record, kind, today=today):
        raise refusal


def note_access(
    session: Session, applicant: Applicant, record: Record, *, purpose: str, now: datetime
) -> None:
    """Write down that a natural person's record was read by the person."""
    if applicant.subject_id != record.subject_id:
        return
    look = trail.Access(
        actor=f"account:{applicant.account_id}",
        role="self",
        purpose=purpose,
        legal_basis=_OWN,
        fields=("records",),
        subject_id=record.subject_id,
    )
    trail.note(session, look, now=now)


def _answer(
    session: Session, record: Record, kind: CaseKind, *, rules: Rulebook, today: date
) -> Answer:
    days = sum(rules.clock(clock, today) for clock in _CLOCKS[kind])
    return Answer(
        kind=kind,
        reasons=tuple(one.code for one in _refusals(session, record, kind, today=today)),
        opens_on=record.repairable_from if kind is CaseKind.REPAIR else None,
        needs=NEEDS[kind],
        working_days=days,
        answered_by=rules.workdays.deadline(today, days),
    )


def _refusals(
    session: Session, record: Record, kind: CaseKind, *, today: date
) -> list[type[CreditError]]:
    found: list[type[CreditError]] = []
    if not _stands(record, today):
        found.append(NotPublishedError)
    if kind is CaseKind.REPAIR:
        if record.kind not in REPAIRABLE or record.repairable_from is None:
            found.append(NotRepairableError)
        elif today < record.repairable_from:
            found.append(RepairTooEarlyError)
    if _is_open(session, record, kind):
        found.append(AlreadyOpenError)
    return found


def _stands(record: Record, today: date) -> bool:
    return record.state in STANDING and (record.ends_on is None or today <= record.ends_on)


def _is_open(session: Session, record: Record, kind: CaseKind) -> bool:
    same = Case.record_id == record.id, Case.kind == kind, IS_OPEN
    return session.scalar(select(Case.id).where(*same).limit(1)) is not None
