"""Revoking (撤销修复): a repair that was got by false material is undone, by two of the staff.

The record is shown again for the term that the rules give it, the certificate no longer holds,
the promise is on record as broken, and who was told of the repair hears that it was undone.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import certificates, progress, promises, restoring
from core.applying import Office
from core.case_errors import CaseClosedError
from core.cases import Case, CaseEvent, CaseKind, CaseState
from core.casework import held, saying
from core.casework.saying import Say
from core.errors import CaseNotFoundError
from core.progress import Step
from core.rules.reasons import Outcome
from core.staff import approvals
from core.staff.approvals import Approval, ApprovalState, Matter
from core.staff.members import Staff


def ask(
    session: Session, staff: Staff, case_id: int, *, say: Say, office: Office, now: datetime
) -> int:
    """Ask that a granted repair be revoked; return the id of the request. Nobody is told yet.

    Raises CaseNotFoundError, CaseClosedError, ReasonError, TextMissingError, NotPermittedError
    and AlreadyAskedError.
    """
    case = _granted(session, staff, case_id)
    saying.demand(case, Outcome.REVOKED, say=say, office=office, now=now)
    text, reasons = saying.demand_text(say.text), list(say.reasons)
    wish = approvals.typed(office.vault, Matter.REVOKE_REPAIR, case.id, why=text, reasons=reasons)
    return approvals.ask(session, staff, wish, now=now)


def confirm(
    session: Session, staff: Staff, approval_id: int, *, office: Office, now: datetime
) -> CaseEvent:
    """Revoke the repair that another person asked to revoke, with all that follows.

    Raises ApprovalNotFoundError, NotPermittedError, SamePersonError, CaseNotFoundError and
    CaseClosedError.
    """
    approval = approvals.approve(session, staff, approval_id, now=now)
    case = _granted(session, staff, approval.object_id)
    say = Say(tuple(approval.facts["reasons"]), approvals.why(approval, office.vault))
    note = saying.sealed(say, office=office)
    step = Step(CaseState.REVOKED, staff.actor, say.reasons, note)
    event = progress.move(session, case.id, step, rules=office.rules, now=now)
    certificates.revoke(session, case.id, now=now)
    promises.break_(session, case, now=now)
    if case.record_id is not None:
        restoring.restore(session, case.record_id, who=staff.actor, rules=office.rules, now=now)
    saying.owe_progress(session, case, event, now=now)
    return event


def of(session: Session, staff: Staff, case_id: int) -> tuple[Case, bool]:
    """Return a case, and whether somebody has asked to revoke it. Raises CaseNotFoundError."""
    case = session.get(Case, case_id)
    if case is None or not held.may_see(session, staff, case):
        raise CaseNotFoundError
    same = Approval.object_id == case_id, Approval.matter == Matter.REVOKE_REPAIR
    waits = select(Approval.id).where(*same, Approval.state == ApprovalState.ASKED)
    return case, session.scalar(waits) is not None


def may_ask(case: Case) -> bool:
    """Say whether a case is a repair that was granted."""
    return case.kind is CaseKind.REPAIR and progress.may(case, CaseState.REVOKED)


def _granted(session: Session, staff: Staff, case_id: int) -> Case:
    one = select(Case).where(Case.id == case_id).with_for_update()
    case = session.scalar(one.execution_options(populate_existing=True))
    if case is None or not held.may_see(session, staff, case):
        raise CaseNotFoundError
    if not may_ask(case):
        raise CaseClosedError
    return case
