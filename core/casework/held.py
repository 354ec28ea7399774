"""Held: whose case it is, and the case locked for whoever acts on it as they have seen it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import case_clock, cases, departments
from core.cases import Case, CaseState, Holder
from core.errors import CaseNotFoundError
from core.staff.errors import NotHeldError, StaleCaseError, TakenError
from core.staff.members import Staff
from core.staff.roles import Deed


@dataclass(frozen=True)
class Seen:
    """A case as somebody has seen it."""

    case_id: int
    version: int


def desk(case: Case) -> Holder | None:
    """Return whose case it is: also while the applicant is awaited; None once it is decided."""
    paused = case.state is CaseState.SUPPLEMENT_WANTED
    stands = (case.resumes if paused else None) or case.state
    return case_clock.holder(case, case_clock.leg(case_clock.track(case), stands))


def offices(session: Session, staff: Staff) -> Sequence[int] | None:
    """Return the departments that somebody works for: with those it took over; None for us."""
    if staff.department_id is None:
        return None
    return departments.with_predecessors(session, staff.department_id)


def may_see(session: Session, staff: Staff, case: Case) -> bool:
    """Say whether somebody may look at a case: a department at those that came to it."""
    if not staff.may(Deed.SEE_CASES):
        return False
    mine = offices(session, staff)
    if mine is None:
        return True
    if case.holder_id not in mine or case.review_of_id is not None:
        return False
    came = any(one.state is CaseState.FORWARDED for one in cases.steps(session, case.id))
    return desk(case) is Holder.DEPARTMENT or (came and not case.is_open)


def is_held(session: Session, staff: Staff, case: Case) -> bool:
    """Say whether it is the turn of somebody's office to act on a case."""
    mine = offices(session, staff)
    if mine is None:
        return desk(case) is Holder.PLATFORM
    return desk(case) is Holder.DEPARTMENT and case.holder_id in mine


def lock(session: Session, staff: Staff, seen: Seen, *, deed: Deed) -> Case:
    """Return a case, locked, to whoever may do this to it as they have seen it.

    Raises NotPermittedError, CaseNotFoundError, StaleCaseError, NotHeldError.
    """
    staff.demand(deed)
    one = select(Case).where(Case.id == seen.case_id).with_for_update()
    case = session.scalar(one.execution_options(populate_existing=True))
    if case is None or not may_see(session, staff, case):
        raise CaseNotFoundError
    if case.version != seen.version:
        raise StaleCaseError
    if not is_held(session, staff, case):
        raise NotHeldError
    return case


def handle(session: Session, staff: Staff, seen: Seen) -> Case:
    """Return a case, locked, to its handler; what nobody has taken is taken thereby.

    Raises what `lock` does, and TakenError.
    """
    case = lock(session, staff, seen, deed=Deed.HANDLE_CASE)
    if case.handler_id not in (None, staff.id):
        raise TakenError
    case.handler_id = staff.id
    return case
