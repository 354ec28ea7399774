"""Steps (办理环节): what a handler does on the way to a decision; the applicant hears of each."""

from datetime import datetime

from sqlalchemy.orm import Session

from core import case_clock, cases, disputes, progress, proposals
from core.applying import Office
from core.calendar import day
from core.case_errors import CaseClosedError
from core.cases import Action, Case, CaseEvent, CaseState
from core.casework import held, reviewing, saying
from core.casework.held import Seen
from core.casework.saying import Say
from core.progress import Step
from core.rules.reasons import Outcome
from core.staff.errors import NotExtendableError, ProposalWaitingError, SupplementRunningError
from core.staff.members import Staff
from core.staff.roles import Deed


def take(session: Session, staff: Staff, seen: Seen, *, now: datetime) -> None:
    """Take a case, perhaps from a colleague; one with a proposal is left as it is.

    Raises what held.lock does, and ProposalWaitingError.
    """
    case = held.lock(session, staff, seen, deed=Deed.HANDLE_CASE)
    if proposals.waiting(session, case.id) is not None:
        raise ProposalWaitingError
    case.handler_id = staff.id
    progress.touch(case, now=now)
    progress.audit(session, case, "case_taken", who=staff.actor, now=now)


def annotate(
    session: Session, staff: Staff, seen: Seen, *, office: Office, now: datetime
) -> CaseEvent:
    """Mark the record that an objection disputes; one that is "not me" is shown no longer.

    Raises what held.handle does, and CaseClosedError.
    """
    case = held.handle(session, staff, seen)
    event = _move(
        session, case, _step(staff, CaseState.ANNOTATED, office=office), office=office, now=now
    )
    disputes.mark(session, case, who=staff.actor, now=now)
    return event


def forward(
    session: Session, staff: Staff, seen: Seen, *, office: Office, now: datetime
) -> CaseEvent:
    """Hand a case to the department that decided on the record.

    Raises what held.handle does, and CaseClosedError.
    """
    case = held.handle(session, staff, seen)
    case.handler_id = None  # it is for the department to say who
    return _move(
        session, case, _step(staff, CaseState.FORWARDED, office=office), office=office, now=now
    )


def accept(
    session: Session, staff: Staff, seen: Seen, *, office: Office, now: datetime
) -> CaseEvent:
    """Accept a repair or a complaint: it will be decided. Raises as `forward` does."""
    case = held.handle(session, staff, seen)
    return _move(
        session, case, _step(staff, CaseState.ACCEPTED, office=office), office=office, now=now
    )


def not_accept(
    session: Session, staff: Staff, seen: Seen, *, say: Say, office: Office, now: datetime
) -> CaseEvent:
    """Do not accept a case, for reasons.

    Raises as `forward` does, ReasonError, FirstDecisionError and SupplementRunningError.
    """
    case = held.handle(session, staff, seen)
    reviewing.demand_stranger(session, staff, case)
    demand_over(case, now=now)
    saying.demand(case, Outcome.NOT_ACCEPTED, say=say, office=office, now=now)
    step = _step(staff, CaseState.NOT_ACCEPTED, say, office=office)
    return _move(session, case, step, office=office, now=now)


def want_supplement(
    session: Session, staff: Staff, seen: Seen, *, say: Say, office: Office, now: datetime
) -> CaseEvent:
    """Ask the applicant for what is missing; the clock stops until it comes.

    Raises as `forward` does, and ReasonError.
    """
    case = held.handle(session, staff, seen)
    saying.demand(case, Outcome.SUPPLEMENT, say=say, office=office, now=now)
    step = _step(staff, CaseState.SUPPLEMENT_WANTED, say, office=office)
    return _move(session, case, step, office=office, now=now)


def extend(
    session: Session, staff: Staff, seen: Seen, *, say: Say, office: Office, now: datetime
) -> CaseEvent:
    """Prolong the clock of a case once, by what its rule lets it have.

    Raises as `forward` does, ReasonError and NotExtendableError.
    """
    case = held.handle(session, staff, seen)
    saying.demand(case, Outcome.EXTENDED, say=say, office=office, now=now)
    days = extension(case, office=office)
    if days is None:
        raise NotExtendableError
    proposals.lapse(session, case.id)
    case_clock.extend(case, days, rules=office.rules)
    progress.touch(case, now=now)
    event = cases.note(session, case, Action.EXTENDED, who=staff.actor, now=now)
    event.reasons, event.note_sealed = ",".join(say.reasons), saying.sealed(say, office=office)
    progress.audit(session, case, "case_extended", who=staff.actor, now=now)
    saying.owe_progress(session, case, event, now=now)
    return event


def extension(case: Case, *, office: Office) -> int | None:
    """Return by how many working days the clock of a case may be prolonged now, if at all."""
    leg = case_clock.leg(case_clock.track(case), case.state)
    paused = case.state is CaseState.SUPPLEMENT_WANTED
    if leg is None or paused or case.clock_from is None or case.extended_days is not None:
        return None
    period = office.rules.period(leg.clock, case.clock_from)
    return period.extension_days if period else None


def demand_over(case: Case, *, now: datetime) -> None:
    """Raise SupplementRunningError while the applicant may still send what was asked for."""
    waits = case.state is CaseState.SUPPLEMENT_WANTED and case.due_on is not None
    if waits and day(now) <= (case.due_on or day(now)):
        raise SupplementRunningError


def _step(staff: Staff, to: CaseState, say: Say | None = None, *, office: Office) -> Step:
    say = say or Say()
    return Step(to, staff.actor, say.reasons, saying.sealed(say, office=office))


def _move(session: Session, case: Case, step: Step, *, office: Office, now: datetime) -> CaseEvent:
    # Out of a pause only the applicant lets a case go on.
    if case.state is CaseState.SUPPLEMENT_WANTED and step.to in cases.OPEN:
        raise CaseClosedError
    event = progress.move(session, case.id, step, rules=office.rules, now=now)
    saying.owe_progress(session, case, event, now=now)
    return event
