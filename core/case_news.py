"""News of a case (办理进展): one step as its notice tells it, and what happens next until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core import representation
from core.cases import Action, Case, CaseEvent, CaseKind, CaseState, Holder
from core.db import Facts
from core.departments import Department
from core.objection import Grounds
from core.outbox.events import Event
from core.rules import Clock


@dataclass(frozen=True)
class Next:
    """What happens next in a case: by which clock, whose turn it is, and until when.

    `on_behalf` says that the platform acts for the office.
    """

    clock: Clock
    holder: Holder | None
    office: str | None
    due_on: date
    provisional: bool
    on_behalf: bool = False


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One step of a case; `following` only while it is the latest one.

    `not_mine` says that the applicant holds the record to be somebody else's.
    """

    kind: CaseKind
    code: str
    action: Action
    state: CaseState
    reasons: tuple[str, ...]
    at: datetime
    not_mine: bool
    following: Next | None


@dataclass(frozen=True)
class Deadline:
    """A deadline that is near (the applicant's own) or that somebody has missed.

    `following` is what is still due; None once the case has gone on, and then it is no news.
    """

    kind: CaseKind
    code: str
    is_late: bool
    following: Next | None


@dataclass(frozen=True)
class Closed:
    """What was told about the case of an organisation that its reader represents no more."""


def acting(session: Session, events: Sequence[Event], *, today: date) -> Mapping[int, str | None]:
    """Return whom the accounts that were told of cases represent today."""
    told = {event.audience_id for event in events if "case_id" in event.facts} - {None}
    return representation.of_accounts(session, told, today=today) if told else {}


def is_closed(session: Session, event: Event, acting: Mapping[int, str | None]) -> bool:
    """Say whether an event is about a case that is not shown any more to who was told of it."""
    if "case_id" not in event.facts:
        return False
    case = session.get_one(Case, int(event.facts["case_id"]))
    return case.organisation not in (None, acting.get(event.audience_id or 0))


def of_deadline(session: Session, facts: Facts, *, is_late: bool) -> Deadline:
    """Return what there is to tell of a deadline, as the case stands today."""
    case = session.get_one(Case, int(facts["case_id"]))
    told = facts["clock"], facts["due_on"]
    waits = case.is_open and (case.clock, str(case.due_on)) == told
    following = _next(session, case) if waits else None
    return Deadline(case.kind, case.receipt_code, is_late, following)


def of_step(session: Session, event_id: int) -> Progress:
    """Return what there is to tell of a step, as the case stands today. The step exists."""
    step = session.get_one(CaseEvent, event_id)
    case = session.get_one(Case, step.case_id)
    return Progress(
        kind=case.kind,
        code=case.receipt_code,
        action=step.action or Action.MOVED,
        state=step.state,
        reasons=tuple(step.reasons.split(",")) if step.reasons else (),
        at=step.at,
        not_mine=Grounds.NOT_MINE in case.grounds.split(","),
        following=_next(session, case) if case.state is step.state else None,
    )


def _next(session: Session, case: Case) -> Next | None:
    if case.clock is None or case.due_on is None:
        return None
    on_behalf = case.holder is Holder.PLATFORM and case.stands_in_for is not None
    theirs = case.holder is Holder.DEPARTMENT or on_behalf
    office = session.get_one(Department, case.holder_id).name if theirs and case.holder_id else None
    return Next(
        case.clock,
        case.holder,
        office,
        case.due_on,
        provisional=bool(case.due_provisional),
        on_behalf=on_behalf,
    )
