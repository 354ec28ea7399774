"""Reviewing (复核): a review is decided by nobody who took part in the decision reviewed."""

from sqlalchemy.orm import Session

from core import cases, proposals
from core.cases import Case, CaseState
from core.proposals import ProposalState
from core.staff.errors import FirstDecisionError
from core.staff.members import Staff

_DECIDED = frozenset({CaseState.UPHELD, CaseState.REFUSED, CaseState.NOT_ACCEPTED})


def demand_stranger(session: Session, staff: Staff, case: Case) -> None:
    """Raise FirstDecisionError for who took part in the decision that this case reviews."""
    if case.review_of_id is not None and staff.id in _deciders(session, case.review_of_id):
        raise FirstDecisionError


def _deciders(session: Session, case_id: int) -> set[int]:
    made = [
        one for one in proposals.of_case(session, case_id) if one.state is ProposalState.CONFIRMED
    ]
    took_part = {one.proposed_by for one in made} | {one.answered_by for one in made}
    said = {one.who for one in cases.steps(session, case_id) if one.state in _DECIDED}
    alone = {int(who.removeprefix("staff:")) for who in said if who.startswith("staff:")}
    return {one for one in took_part | alone if one is not None}
