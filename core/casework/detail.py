"""Detail: a case in full, as the staff who may see it read it; of a person, for a purpose."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import cases, own_cases, persons, phones, privacy, proposals, realname
from core.applying import Office
from core.audit import purposes, trail
from core.case_errors import EvidenceNotFoundError, EvidenceNotReadyError, EvidenceUnfitError
from core.cases import Case, CaseEvent
from core.casework import held
from core.casework.purposes import CasePurpose, offered
from core.db import Facts
from core.departments import Department
from core.errors import CaseNotFoundError
from core.evidence import ledger
from core.evidence.kinds import EvidenceState
from core.evidence.ledger import CaseEvidence, Evidence
from core.proposals import ANSWER, CHANGES, Proposal
from core.records import Record, facts_of
from core.staff import members
from core.staff.errors import PurposeMissingError
from core.staff.members import Staff
from core.staff.roles import Deed
from core.subjects import Subject, SubjectKind

_FIELDS = ("records", "facts", "case")


@dataclass(frozen=True)
class Filed:
    """Who filed a case, as far as the staff need to know: an organisation, or masked."""

    organisation: str | None
    name: str | None
    phone: str | None
    is_verified: bool


@dataclass(frozen=True)
class Said:
    """One step or proposal, with the text in clear and who of the staff it was."""

    of: CaseEvent | Proposal
    text: str | None
    who: str | None
    answer: str | None = None
    answered_by: str | None = None
    changes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """One file of evidence, with its name in clear."""

    evidence: Evidence
    name: str


@dataclass(frozen=True)
class StaffDetail:
    """A case in full. `facts` are those of the record, `first` and `review` other cases' ids."""

    case: Case
    subject: str | None
    record: Record | None
    facts: Facts
    filed: Filed
    statement: str
    steps: Sequence[Said]
    proposals: Sequence[Said]
    evidence: Sequence[File]
    handler: str | None
    review: Case | None
    stands_in_for: str | None


def is_personal(session: Session, case: Case) -> bool:
    """Say whether a case tells of a natural person: as its subject, or as who filed for oneself."""
    if case.organisation is not None:
        return False
    if case.subject_id is not None:
        kind = session.scalar(select(Subject.kind).where(Subject.id == case.subject_id))
        return kind is SubjectKind.NATURAL_PERSON
    verified = realname.of_account(session, case.account_id)
    return verified is None or verified.organisation is None


def visible(session: Session, staff: Staff, case_id: int) -> Case:
    """Return a case to who may see it. Raises NotPermittedError, CaseNotFoundError."""
    staff.demand(Deed.SEE_CASES)
    case = session.get(Case, case_id)
    if case is None or not held.may_see(session, staff, case):
        raise CaseNotFoundError
    return case


def read(
    session: Session,
    staff: Staff,
    case_id: int,
    *,
    purpose: CasePurpose | None,
    office: Office,
    now: datetime,
) -> StaffDetail:
    """Return a case in full, and note who read it if it tells of a person.

    Raises NotPermittedError, CaseNotFoundError and PurposeMissingError.
    """
    case = visible(session, staff, case_id)
    _note(session, staff, case, purpose=purpose, fields=_FIELDS, now=now)
    record = session.get(Record, case.record_id) if case.record_id else None
    history, plans = cases.steps(session, case.id), proposals.of_case(session, case.id)
    names = members.names(session, _staff_of(case, history, plans))
    return StaffDetail(
        case=case,
        subject=_subject(session, case, record=record, office=office),
        record=record,
        facts=facts_of(record, office.vault) if record and _about(session, case, record) else {},
        filed=_filed(session, case, office),
        statement=own_cases.statement_of(case, office),
        steps=[_step(event, office, names) for event in history],
        proposals=[_proposal(one, office, names) for one in plans],
        evidence=[_file(one, office) for one in ledger.of_case(session, case.id)],
        handler=names.get(case.handler_id or 0),
        review=own_cases.review_of(session, case),
        stands_in_for=_stands_in_for(session, case),
    )


def evidence(
    session: Session,
    staff: Staff,
    case_id: int,
    *,
    public_id: str,
    purpose: CasePurpose | None,
    now: datetime,
) -> Evidence:
    """Return a clean file of a case, and note who opened it if the case tells of a person.

    Raises what `read` does, EvidenceNotFoundError, EvidenceNotReadyError and EvidenceUnfitError.
    """
    case = visible(session, staff, case_id)
    held_by = CaseEvidence.case_id == case.id, Evidence.public_id == public_id
    joined = select(Evidence).join(CaseEvidence, CaseEvidence.evidence_id == Evidence.id)
    one = session.scalar(joined.where(*held_by))
    if one is None:
        raise EvidenceNotFoundError
    if one.state is EvidenceState.PENDING:
        raise EvidenceNotReadyError
    if one.state is not EvidenceState.CLEAN:
        raise EvidenceUnfitError
    _note(session, staff, case, purpose=purpose, fields=("evidence",), now=now)
    return one


def _note(
    session: Session,
    staff: Staff,
    case: Case,
    *,
    purpose: CasePurpose | None,
    fields: tuple[str, ...],
    now: datetime,
) -> None:
    if not is_personal(session, case):
        return
    if purpose not in offered(staff):
        raise PurposeMissingError
    verified = realname.of_account(session, case.account_id)
    whose = case.subject_id or (verified.subject_id if verified else None)
    asker = purposes.staff(staff.actor, purpose or "")
    trail.note(session, trail.Access(**vars(asker), fields=fields, subject_id=whose), now=now)


def _stands_in_for(session: Session, case: Case) -> str | None:
    if case.stands_in_for is None:
        return None
    return session.get_one(Department, case.stands_in_for).name


def _staff_of(case: Case, history: Sequence[CaseEvent], plans: Sequence[Proposal]) -> set[int]:
    did = {int(one.who[6:]) for one in history if one.who.startswith("staff:")}
    planned = {one.proposed_by for one in plans} | {one.answered_by for one in plans}
    return {one for one in did | planned | {case.handler_id} if one is not None}


def _about(session: Session, case: Case, record: Record) -> bool:
    """Say whether a record may be opened with its case: another person's may not."""
    kind = session.scalar(select(Subject.kind).where(Subject.id == record.subject_id))
    return kind is not SubjectKind.NATURAL_PERSON or record.subject_id == case.subject_id


def _subject(session: Session, case: Case, *, record: Record | None, office: Office) -> str | None:
    subject_id = case.subject_id or (record.subject_id if record else None)
    if subject_id is None:
        return None
    subject = session.get_one(Subject, subject_id)
    if subject.kind is not SubjectKind.NATURAL_PERSON:
        return subject.name
    known = (
        persons.look(session, office.vault, subject_id) if subject_id == case.subject_id else None
    )
    return f"{_masked(known.name)}（{privacy.tail(known.number)}）" if known else None


def _filed(session: Session, case: Case, office: Office) -> Filed:
    verified = realname.of_account(session, case.account_id)
    code = case.organisation or (verified.organisation if verified else None)
    named = session.scalar(select(Subject.name).where(Subject.uscc == code)) if code else None
    number = phones.of_account(session, office.vault, case.account_id)
    return Filed(code, named, phones.masked(number) if number else None, verified is not None)


def _masked(name: str) -> str:
    return name[:1] + "*" * (len(name) - 1)


def _step(event: CaseEvent, office: Office, names: dict[int, str]) -> Said:
    sealed = event.note_sealed
    text = office.vault.open(sealed, cases.NOTE) if sealed else event.note or None
    role, _, number = event.who.partition(":")
    return Said(event, text, names.get(int(number)) if role == "staff" and number else None)


def _proposal(one: Proposal, office: Office, names: dict[int, str]) -> Said:
    answer = office.vault.open(one.answer_sealed, ANSWER) if one.answer_sealed else None
    text = office.vault.open(one.text_sealed, cases.NOTE)
    changes = office.vault.open(one.changes_sealed, CHANGES) if one.changes_sealed else "{}"
    who, answered_by = names.get(one.proposed_by), names.get(one.answered_by or 0)
    return Said(one, text, who, answer, answered_by=answered_by, changes=json.loads(changes))


def _file(one: Evidence, office: Office) -> File:
    return File(one, office.vault.open(one.name_sealed, ledger.NAME))
