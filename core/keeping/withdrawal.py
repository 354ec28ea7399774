"""Withdrawal (撤销): one of the staff asks, another lets it happen; the public learns why."""

from datetime import datetime

from sqlalchemy.orm import Session

from core import standing
from core.keeping import reach
from core.keeping.errors import StateForbidsError
from core.records import Record, RecordState
from core.staff import approvals
from core.staff.approvals import Matter
from core.staff.errors import ApprovalNotFoundError
from core.staff.members import Staff
from core.standing import STEPS, Step
from core.vault import Vault

_GONE = RecordState.WITHDRAWN


def ask(
    session: Session, staff: Staff, record_id: int, *, why: str, vault: Vault, now: datetime
) -> int:
    """Ask that a record be withdrawn; return the id of the request.

    Raises NotPermittedError, RecordElsewhereError, NoReasonError, StateForbidsError,
    AlreadyAskedError.
    """
    wish = approvals.typed(vault, Matter.WITHDRAW_RECORD, record_id, why=reach.reason(why))
    staff.demand(approvals.DEEDS[wish.matter][0])
    _withdrawable(session, staff, record_id)
    return approvals.ask(session, staff, wish, now=now)


def approve(
    session: Session, staff: Staff, approval_id: int, *, vault: Vault, now: datetime
) -> None:
    """Withdraw the record as somebody else has asked; whoever was told of it hears.

    Raises ApprovalNotFoundError, NotPermittedError, SamePersonError, RecordElsewhereError,
    StateForbidsError.
    """
    approval = approvals.approve(session, staff, approval_id, now=now)
    if approval.matter is not Matter.WITHDRAW_RECORD:
        raise ApprovalNotFoundError
    record = _withdrawable(session, staff, approval.object_id)
    step = Step(_GONE, staff.actor, approvals.why(approval, vault))
    standing.move(session, record.id, step, now=now)
    asker = approval.asked_by
    reach.act(session, staff, record, did="withdraw_record", now=now, asked_by=asker)


def _withdrawable(session: Session, staff: Staff, record_id: int) -> Record:
    record = reach.one(session, staff, record_id, locked=True)
    if _GONE not in STEPS[record.state]:
        raise StateForbidsError
    return record
