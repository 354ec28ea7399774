"""Possible: which steps a member of the staff can take on a case as it stands."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy.orm import Session

from core import progress, proposals
from core.applying import Office
from core.cases import Case, CaseState
from core.casework import held, steps
from core.proposals import Proposal
from core.staff.members import Staff
from core.staff.roles import Deed


class StaffStep(StrEnum):
    """What the staff can do about a case."""

    TAKE = "take"
    ANNOTATE = "annotate"
    FORWARD = "forward"
    ACCEPT = "accept"
    WANT_SUPPLEMENT = "want_supplement"
    EXTEND = "extend"
    PROPOSE = "propose"
    NOT_ACCEPT = "not_accept"
    TAKE_BACK = "take_back"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"


_TO: Mapping[StaffStep, CaseState] = {
    StaffStep.ANNOTATE: CaseState.ANNOTATED,
    StaffStep.FORWARD: CaseState.FORWARDED,
    StaffStep.ACCEPT: CaseState.ACCEPTED,
    StaffStep.WANT_SUPPLEMENT: CaseState.SUPPLEMENT_WANTED,
    StaffStep.NOT_ACCEPT: CaseState.NOT_ACCEPTED,
    StaffStep.PROPOSE: CaseState.REFUSED,
}


def of(session: Session, staff: Staff, case: Case, *, office: Office) -> list[StaffStep]:
    """List what this member can do about a case now."""
    if not held.is_held(session, staff, case):
        return []
    proposal = proposals.waiting(session, case.id)
    found = _of_handler(staff, case, proposal, office=office)
    if staff.may(Deed.CONFIRM_CASE) and proposal is not None and proposal.proposed_by != staff.id:
        found += [StaffStep.CONFIRM, StaffStep.SEND_BACK]
    return found


def _of_handler(
    staff: Staff, case: Case, proposal: Proposal | None, *, office: Office
) -> list[StaffStep]:
    if not staff.may(Deed.HANDLE_CASE):
        return []
    if proposal is not None:
        return [StaffStep.TAKE_BACK] if proposal.proposed_by == staff.id else []
    if case.handler_id not in (None, staff.id):
        return [StaffStep.TAKE]
    found = [step for step in StaffStep if step in _TO and _may(case, step)]
    if steps.extension(case, office=office) is not None:
        found.append(StaffStep.EXTEND)
    return found if case.handler_id == staff.id else [StaffStep.TAKE, *found]


def _may(case: Case, step: StaffStep) -> bool:
    goes_on = case.state is CaseState.SUPPLEMENT_WANTED and step in (
        StaffStep.ANNOTATE,
        StaffStep.FORWARD,
        StaffStep.ACCEPT,
    )
    return not goes_on and progress.may(case, _TO[step])
