"""Deciding (决定): a handler proposes, and only another person lets it happen or sends it back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core import disputes, progress, proposals
from core.applying import Office
from core.case_errors import CaseClosedError
from core.cases import Case, CaseEvent, CaseKind, CaseState
from core.casework import held, remedies, reviewing, saying, steps
from core.casework.held import Seen
from core.casework.remedies import Doing
from core.casework.saying import Say
from core.db import insert
from core.objection import Grounds
from core.progress import Step
from core.proposals import ANSWER, CHANGES, Proposal, ProposalState, Remedy
from core.rules.reasons import Outcome
from core.staff.errors import (
    ProposalNotFoundError,
    ProposalWaitingError,
    RemedyError,
    SamePersonError,
)
from core.staff.members import Staff
from core.staff.roles import Deed

_OUTCOMES = {CaseState.UPHELD: Outcome.UPHELD, CaseState.REFUSED: Outcome.REFUSED}


@dataclass(frozen=True)
class Plan:
    """How a case is to be decided: upheld or refused, why, and what becomes of the record.

    `changes` are the new values of a record that is to be corrected.
    """

    outcome: CaseState
    say: Say
    remedy: Remedy | None = None
    changes: Mapping[str, str] | None = None


def propose(
    session: Session, staff: Staff, seen: Seen, *, plan: Plan, office: Office, now: datetime
) -> int:
    """Propose how to decide a case; return the id of the proposal. Nobody is told yet.

    Raises what held.handle does, CaseClosedError, ReasonError, TextMissingError, RemedyError,
    FirstDecisionError, SupplementRunningError and ProposalWaitingError.
    """
    case = held.handle(session, staff, seen)
    reviewing.demand_stranger(session, staff, case)
    _demand_sound(session, case, plan, office=office, now=now)
    if plan.changes:
        remedies.rehearse(session, Doing(case, staff, office, now), plan.changes)
    row = {
        "case_id": case.id,
        "outcome": plan.outcome,
        "reasons": ",".join(plan.say.reasons),
        "remedy": plan.remedy,
        "text_sealed": saying.sealed(plan.say, office=office),
        "changes_sealed": plan.changes and _sealed_changes(plan.changes, office),
        "state": ProposalState.PROPOSED,
        "proposed_by": staff.id,
        "proposed_at": now,
    }
    new = insert(session, Proposal).values(row).on_conflict_do_nothing()
    proposal_id: int | None = session.scalar(new.returning(Proposal.id))
    if proposal_id is None:
        raise ProposalWaitingError
    _note(session, staff, case, action="case_proposed", now=now)
    return proposal_id


def confirm(
    session: Session, staff: Staff, seen: Seen, *, office: Office, now: datetime
) -> CaseEvent:
    """Confirm what another person proposed: the case is decided, and the record follows at once.

    Raises what held.lock does, ProposalNotFoundError, SamePersonError and FirstDecisionError.
    """
    case, proposal = _waiting(session, staff, seen)
    if proposal.proposed_by == staff.id:
        raise SamePersonError
    reviewing.demand_stranger(session, staff, case)
    _answered(session, staff, proposal, became=ProposalState.CONFIRMED, now=now)
    reasons = proposal.reasons.split(",")
    step = Step(proposal.outcome, staff.actor, reasons, proposal.text_sealed)
    event = progress.move(session, case.id, step, rules=office.rules, now=now)
    if proposal.outcome is CaseState.UPHELD:
        remedies.carry_out(session, Doing(case, staff, office, now), proposal)
        if progress.may(case, CaseState.APPLIED):
            applied = Step(CaseState.APPLIED, staff.actor, reasons)
            event = progress.move(session, case.id, applied, rules=office.rules, now=now)
    elif case.kind is CaseKind.OBJECTION:
        disputes.settle(session, case, who=staff.actor, why="异议不予采纳", now=now)
    saying.owe_progress(session, case, event, now=now)
    return event


def send_back(
    session: Session, staff: Staff, seen: Seen, *, why: str, office: Office, now: datetime
) -> None:
    """Send a proposal back to its handler; the applicant is not told.

    Raises what held.lock does, ProposalNotFoundError, SamePersonError and TextMissingError.
    """
    case, proposal = _waiting(session, staff, seen)
    if proposal.proposed_by == staff.id:
        raise SamePersonError
    proposal.answer_sealed = office.vault.seal(saying.demand_text(why), ANSWER)
    _answered(session, staff, proposal, became=ProposalState.SENT_BACK, now=now)
    _note(session, staff, case, action="case_sent_back", now=now)


def take_back(session: Session, staff: Staff, seen: Seen, *, now: datetime) -> None:
    """Take back what one has proposed oneself.

    Raises what held.handle does, and ProposalNotFoundError.
    """
    case = held.handle(session, staff, seen)
    proposal = proposals.waiting(session, case.id)
    if proposal is None or proposal.proposed_by != staff.id:
        raise ProposalNotFoundError
    proposals.lapse(session, case.id)
    _note(session, staff, case, action="case_taken_back", now=now)


def _demand_sound(
    session: Session, case: Case, plan: Plan, *, office: Office, now: datetime
) -> None:
    if plan.outcome not in _OUTCOMES or not progress.may(case, plan.outcome):
        raise CaseClosedError
    steps.demand_over(case, now=now)
    saying.demand(case, _OUTCOMES[plan.outcome], say=plan.say, office=office, now=now)
    saying.demand_text(plan.say.text)
    _demand_remedy(case, plan)
    if proposals.waiting(session, case.id) is not None:
        raise ProposalWaitingError


def _demand_remedy(case: Case, plan: Plan) -> None:
    wanted = case.kind is CaseKind.OBJECTION and plan.outcome is CaseState.UPHELD
    corrects = plan.remedy is Remedy.CORRECT
    # What is somebody else's can only be taken down.
    unfit = case.grounds == Grounds.NOT_MINE and plan.remedy is not Remedy.WITHDRAW
    if wanted is (plan.remedy is None) or corrects is not bool(plan.changes) or (wanted and unfit):
        raise RemedyError


def _sealed_changes(changes: Mapping[str, str], office: Office) -> str:
    return office.vault.seal(json.dumps(dict(changes), ensure_ascii=False), CHANGES)


def _waiting(session: Session, staff: Staff, seen: Seen) -> tuple[Case, Proposal]:
    case = held.lock(session, staff, seen, deed=Deed.CONFIRM_CASE)
    proposal = proposals.waiting(session, case.id)
    if proposal is None:
        raise ProposalNotFoundError
    return case, proposal


def _answered(
    session: Session, staff: Staff, proposal: Proposal, *, became: ProposalState, now: datetime
) -> None:
    proposal.state, proposal.answered_by, proposal.answered_at = became, staff.id, now
    session.flush()


def _note(session: Session, staff: Staff, case: Case, *, action: str, now: datetime) -> None:
    progress.touch(case, now=now)
    progress.audit(session, case, action, who=staff.actor, now=now)
