"""Heard: the life of a notice as the staff may ask for it; of a person, for a purpose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import accounts, cases, realname, watch
from core.accounts import Channel
from core.audit import purposes, trail
from core.cases import Case
from core.casework import held
from core.casework.staff_notices import StaffNotice
from core.errors import CaseNotFoundError, RecordNotFoundError
from core.outbox import life
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Event
from core.outbox.life import EventNotFoundError, OfEvent, OfOne
from core.records import Record
from core.staff.errors import NotPermittedError, PurposeMissingError
from core.staff.members import Staff
from core.staff.roles import Deed
from core.subjects import Subject, SubjectKind
from core.watch import WhySilent

MOST = 50  # events of a record or a case that are told of at once


class LifePurpose(StrEnum):
    """For what the staff ask what became of a person's notices."""

    CHECK = "check_notice"
    ANSWER = "answer_notice"


@dataclass(frozen=True)
class Wanted:
    """Whose life is asked for: an event's, an account's, those of a case or of a record.

    With an account beside an event or a record: what that account got of it, or why nothing.
    """

    event: int | None = None
    account: int | None = None
    case: int | None = None
    record: int | None = None


@dataclass(frozen=True)
class Heard:
    """What became of events as a whole, and of each for one account.

    `silent` is why nothing was ever owed for a record.
    """

    events: Sequence[OfEvent] = ()
    ones: Sequence[OfOne] = ()
    silent: WhySilent | None = None


@dataclass(frozen=True)
class _Person:
    """A natural person whom an answer tells of; who has not been verified has no subject."""

    subject_id: int | None


def look(
    session: Session, staff: Staff, wanted: Wanted, *, purpose: LifePurpose | None, now: datetime
) -> Heard:
    """Tell what became of notices, and note who asked about whom if it is a person.

    Raises NotPermittedError, EventNotFoundError, CaseNotFoundError, RecordNotFoundError and
    PurposeMissingError.
    """
    staff.demand(Deed.SEE_NOTICE_LIFE)
    _demand_theirs(session, staff, wanted)
    for person in set(_persons(session, wanted)):
        if purpose is None:
            raise PurposeMissingError
        asker = purposes.staff(staff.actor, purpose)
        access = trail.Access(**vars(asker), fields=("notices",), subject_id=person.subject_id)
        trail.note(session, access, now=now)
    return _found(session, wanted)


def at_address(session: Session, staff: Staff, text: str) -> Wanted | None:
    """Return what a message's number, an openid or a receipt code leads to; None for nothing.

    Raises NotPermittedError.
    """
    staff.demand(Deed.SEE_NOTICE_LIFE)
    if one := life.by_msgid(session, text):
        return Wanted(event=one[0], account=one[1])
    if account := accounts.known_at(session, Channel.WECHAT, text):
        return Wanted(account=account)
    try:
        return Wanted(case=cases.by_code(session, text).id)
    except CaseNotFoundError:
        return None


def of_record(session: Session, record_id: int, account_id: int | None = None) -> Heard:
    """Tell what a record owed, or what of it one account got. Raises RecordNotFoundError."""
    return _found(session, Wanted(record=record_id, account=account_id))


def of_case(session: Session, code: str) -> Heard:
    """Tell what a case owed, by its receipt code. Raises CaseNotFoundError."""
    return _found(session, Wanted(case=cases.by_code(session, code).id))


def _demand_theirs(session: Session, staff: Staff, wanted: Wanted) -> None:
    """Let a department ask about its own cases and records only."""
    mine = held.offices(session, staff)
    if mine is None:
        return
    if wanted.event or wanted.account or not (wanted.case or wanted.record):
        raise NotPermittedError
    if wanted.case and not held.may_see(session, staff, _case(session, wanted.case)):
        raise CaseNotFoundError
    if wanted.record and _record(session, wanted.record).department_id not in mine:
        raise RecordNotFoundError


def _persons(session: Session, wanted: Wanted) -> Iterator[_Person]:
    for account_id in _accounts(session, wanted):
        verified = realname.of_account(session, account_id)
        if verified is None or verified.organisation is None:
            yield _Person(verified.subject_id if verified else None)
    for subject_id in _subjects(session, wanted):
        kind = session.scalar(select(Subject.kind).where(Subject.id == subject_id))
        if kind is SubjectKind.NATURAL_PERSON:
            yield _Person(subject_id)


def _accounts(session: Session, wanted: Wanted) -> Iterator[int]:
    if wanted.account:
        yield wanted.account
    if wanted.event and (event := session.get(Event, wanted.event)):
        yield from [event.audience_id] if event.audience is Audience.ACCOUNT else []
    if wanted.case:
        yield _case(session, wanted.case).account_id


def _subjects(session: Session, wanted: Wanted) -> Iterator[int]:
    if wanted.case and (subject_id := _case(session, wanted.case).subject_id):
        yield subject_id
    if wanted.record:
        yield _record(session, wanted.record).subject_id
    if wanted.event and (event := session.get(Event, wanted.event)) and event.record_id:
        yield _record(session, event.record_id).subject_id


def _found(session: Session, wanted: Wanted) -> Heard:
    if wanted.case:
        whose = _case(session, wanted.case).account_id
        return Heard(ones=_each(session, _of_case(session, wanted.case), whose))
    if wanted.event or wanted.record:
        events = [wanted.event] if wanted.event else _of_record(session, wanted.record or 0)
        if not events:
            record = _record(session, wanted.record or 0)
            return Heard(silent=watch.why_silent(session, record))
        if wanted.account:
            return Heard(ones=_each(session, events, wanted.account))
        return Heard(events=[life.of_event(session, one) for one in events])
    if wanted.account:
        return Heard(ones=life.of_account(session, wanted.account))
    raise EventNotFoundError


def _each(session: Session, events: Sequence[int], account_id: int) -> Sequence[OfOne]:
    return [life.of_one(session, one, account_id) for one in events]


def _of_record(session: Session, record_id: int) -> Sequence[int]:
    _record(session, record_id)
    mine = select(Event.id).where(Event.record_id == record_id)
    return session.scalars(mine.order_by(Event.id.desc()).limit(MOST)).all()


def _of_case(session: Session, case_id: int) -> Sequence[int]:
    """Find what a case owed by the keys that it owed it under: they are unique, and indexed."""
    mine = select(Event.id).where(Event.key.in_(list(_keys(session, case_id))))
    return session.scalars(mine.order_by(Event.id.desc()).limit(MOST)).all()


def _keys(session: Session, case_id: int) -> Iterator[str]:
    yield f"{EventKind.CASE_OPENED}:{_case(session, case_id).receipt_code}"
    for step in cases.steps(session, case_id):
        yield f"{EventKind.CASE_MOVED}:{step.id}"
    of_case = StaffNotice.case_id == case_id
    said = select(StaffNotice.clock, StaffNotice.due_on).where(of_case).distinct()
    for clock, due_on in session.execute(said):
        for kind in (EventKind.CASE_DUE, EventKind.CASE_OVERDUE):
            yield f"{kind}:{case_id}:{clock}:{due_on}"


def _case(session: Session, case_id: int) -> Case:
    case = session.get(Case, case_id)
    if case is None:
        raise CaseNotFoundError
    return case


def _record(session: Session, record_id: int) -> Record:
    record = session.get(Record, record_id)
    if record is None:
        raise RecordNotFoundError
    return record
