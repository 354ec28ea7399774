"""Standing in (代办): the platform's staff act for a department of which nobody can handle cases.

A supervisor of the platform says so of one case, and can give it back. Whoever filed the case is
told that the platform acts on behalf of that department; each step names who took it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import cases, departments, progress, proposals
from core.audit import trail
from core.cases import Action, Case, Holder
from core.casework import held, saying
from core.casework.held import Seen
from core.errors import CaseNotFoundError
from core.staff import members
from core.staff.errors import NotPermittedError, StaleCaseError, StandInError
from core.staff.members import Member, MemberState, Staff
from core.staff.roles import Deed


def begin(session: Session, staff: Staff, seen: Seen, *, now: datetime) -> None:
    """Let the platform act in a case for its department.

    Raises NotPermittedError, CaseNotFoundError, StaleCaseError and StandInError.
    """
    case = _case(session, staff, seen)
    if not may_begin(session, case):
        raise StandInError
    case.stands_in_for, case.handler_id = case.holder_id, None
    if case.holder is Holder.DEPARTMENT:
        case.holder = Holder.PLATFORM
    _note(session, staff, case, action="case_stood_in", now=now)
    event = cases.note(session, case, Action.STAND_IN, who=staff.actor, now=now)
    saying.owe_progress(session, case, event, now=now)


def give_back(session: Session, staff: Staff, seen: Seen, *, now: datetime) -> None:
    """Give a case back to its department. Raises as `begin` does."""
    case = _case(session, staff, seen)
    if case.stands_in_for is None or not case.is_open:
        raise StandInError
    # What the platform proposed is not the department's to confirm.
    proposals.lapse(session, case.id)
    case.stands_in_for = case.handler_id = None
    if case.holder is Holder.PLATFORM:
        case.holder = held.desk(case)
    _note(session, staff, case, action="case_given_back", now=now)
    event = cases.note(session, case, Action.GIVEN_BACK, who=staff.actor, now=now)
    saying.owe_progress(session, case, event, now=now)


def may_begin(session: Session, case: Case) -> bool:
    """Say whether a case waits at a department of which nobody can handle it."""
    waits = case.is_open and held.desk(case) is Holder.DEPARTMENT and case.holder_id is not None
    return waits and not _is_staffed(session, case.holder_id or 0)


def _is_staffed(session: Session, department_id: int) -> bool:
    today = departments.successors(session).get(department_id, department_id)
    theirs = Member.department_id.in_([department_id, today])
    found = session.scalars(select(Member).where(theirs, Member.state == MemberState.ACTIVE))
    return any(members.at_work(one).may(Deed.HANDLE_CASE) for one in found)


def _case(session: Session, staff: Staff, seen: Seen) -> Case:
    staff.demand(Deed.ASSIGN_STAND_IN)
    if staff.department_id is not None:
        raise NotPermittedError
    one = select(Case).where(Case.id == seen.case_id).with_for_update()
    case = session.scalar(one.execution_options(populate_existing=True))
    if case is None:
        raise CaseNotFoundError
    if case.version != seen.version:
        raise StaleCaseError
    return case


def _note(session: Session, staff: Staff, case: Case, *, action: str, now: datetime) -> None:
    progress.touch(case, now=now)
    detail = {"department": case.holder_id}
    act = trail.Act(staff.actor, "staff", action, f"case:{case.id}", detail)
    trail.note(session, act, now=now)
