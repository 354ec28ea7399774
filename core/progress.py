"""Progress (办理流程): which step a case may take from where it stands, each one written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import case_clock, cases, proposals
from core.audit import trail
from core.calendar import day
from core.case_clock import Track
from core.case_errors import CaseClosedError
from core.cases import Action, Case, CaseEvent, CaseState
from core.rules import Rulebook

APPLICANT = "applicant"
_S = CaseState
_DECIDED = (_S.UPHELD, _S.REFUSED)
_ASKED = (_S.SUPPLEMENT_WANTED, _S.WITHDRAWN)
_OURS: Mapping[CaseState, frozenset[CaseState]] = {
    _S.SUBMITTED: frozenset((_S.ACCEPTED, _S.NOT_ACCEPTED, *_ASKED)),
    _S.ACCEPTED: frozenset((*_DECIDED, *_ASKED)),
    _S.SUPPLEMENT_WANTED: frozenset((_S.SUBMITTED, _S.ACCEPTED, _S.NOT_ACCEPTED, _S.WITHDRAWN)),
}
STEPS: Mapping[Track, Mapping[CaseState, frozenset[CaseState]]] = {
    Track.OBJECTION: {
        _S.SUBMITTED: frozenset((_S.ANNOTATED, _S.NOT_ACCEPTED, _S.WITHDRAWN)),
        _S.ANNOTATED: frozenset((_S.FORWARDED, *_DECIDED, *_ASKED)),
        _S.FORWARDED: frozenset((*_DECIDED, *_ASKED)),
        _S.SUPPLEMENT_WANTED: frozenset((_S.ANNOTATED, _S.FORWARDED, _S.REFUSED, _S.WITHDRAWN)),
        _S.UPHELD: frozenset((_S.APPLIED,)),
    },
    Track.REPAIR: {
        _S.SUBMITTED: frozenset((_S.FORWARDED, _S.WITHDRAWN)),
        _S.FORWARDED: frozenset((_S.ACCEPTED, _S.NOT_ACCEPTED, *_ASKED)),
        _S.ACCEPTED: frozenset((*_DECIDED, *_ASKED)),
        _S.SUPPLEMENT_WANTED: frozenset((_S.FORWARDED, _S.ACCEPTED, _S.NOT_ACCEPTED, _S.WITHDRAWN)),
        _S.UPHELD: frozenset((_S.APPLIED,)),
        # False papers: the repair is undone, the record is published again.
        _S.APPLIED: frozenset((_S.REVOKED,)),
    },
    Track.COMPLAINT: _OURS,
    Track.DATA_REQUEST: _OURS,
    Track.REVIEW: {
        _S.SUBMITTED: frozenset((_S.NOT_ACCEPTED, *_DECIDED, *_ASKED)),
        _S.SUPPLEMENT_WANTED: frozenset((_S.SUBMITTED, _S.NOT_ACCEPTED, _S.WITHDRAWN)),
        _S.UPHELD: frozenset((_S.APPLIED,)),
        _S.APPLIED: frozenset((_S.REVOKED,)),
    },
}


@dataclass(frozen=True)
class Step:
    """Where a case goes, who says so, and why: codes, and a sealed text.

    `by` is the account of the applicant, if it is not who filed.
    """

    to: CaseState
    who: str
    reasons: Sequence[str] = ()
    note_sealed: str | None = None
    by: int | None = None


def may(case: Case, to: CaseState) -> bool:
    """Say whether a case may take a step; out of a pause it goes back to where it came from."""
    if to not in STEPS[case_clock.track(case)].get(case.state, frozenset()):
        return False
    goes_on = case.state is CaseState.SUPPLEMENT_WANTED and to in cases.OPEN
    return case.resumes is to if goes_on else True


def move(
    session: Session, case_id: int, step: Step, *, rules: Rulebook, now: datetime
) -> CaseEvent:
    """Let a case take a step, and its clock with it. Raises CaseClosedError.

    A proposal that still waits was made for what the case no longer is, and lapses.
    """
    one = select(Case).where(Case.id == case_id).with_for_update()
    case = session.scalars(one.execution_options(populate_existing=True)).one()
    if not may(case, step.to):
        raise CaseClosedError
    proposals.lapse(session, case.id)
    today, before = day(now), case.state
    if step.to is CaseState.SUPPLEMENT_WANTED:
        case_clock.pause(case, rules=rules, today=today)
    case.state = step.to
    _set_clock(case, before, rules=rules, today=today)
    touch(case, now=now)
    event = cases.note(session, case, Action.MOVED, who=step.who, now=now)
    event.reasons, event.note_sealed = ",".join(step.reasons) or None, step.note_sealed
    audit(session, case, f"case_{step.to}", who=step.who, by=step.by, now=now)
    return event


def touch(case: Case, *, now: datetime) -> None:
    """Note that a case has changed."""
    case.version += 1
    case.changed_at = now


def audit(
    session: Session,
    case: Case,
    action: str,
    *,
    who: str,
    now: datetime,
    by: int | None = None,
) -> None:
    """Write into the trail who did what to a case."""
    actor = f"account:{by or case.account_id}" if who == APPLICANT else who
    role = actor.partition(":")[0] if who != APPLICANT else APPLICANT
    trail.note(session, trail.Act(actor, role, action, f"case:{case.id}"), now=now)


def _set_clock(case: Case, before: CaseState, *, rules: Rulebook, today: date) -> None:
    goes_on = before is CaseState.SUPPLEMENT_WANTED and case.state in cases.OPEN
    (case_clock.resume if goes_on else case_clock.start)(case, rules=rules, today=today)
