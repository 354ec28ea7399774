"""Agreed (两人同意): a batch is published or withdrawn once one has asked and another has agreed.

Agreeing adds a work (core.intake.works); `publish_next` and `withdraw_next` do a chunk of it, at
the console's worker and at the command line alike, with both names in the trail.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from core import departments
from core.audit import trail
from core.intake import batches, publish, rollback, works, writes
from core.intake.batches import Batch, BatchState
from core.intake.errors import (
    BatchElsewhereError,
    NothingToPublishError,
    NothingToWithdrawError,
)
from core.intake.publish import Step
from core.intake.works import WorkKind
from core.records import Record, RecordState
from core.staff import approvals
from core.staff.approvals import Approval, Matter, Wish
from core.staff.errors import ApprovalNotFoundError, NoReasonError
from core.staff.members import Staff
from core.vault import Vault

_KINDS = {Matter.PUBLISH_BATCH: WorkKind.PUBLISH, Matter.WITHDRAW_BATCH: WorkKind.WITHDRAW}
Alert = Callable[[Session, Sequence[int]], None]


@dataclass(frozen=True)
class Agreed:
    """What two have agreed on: of which batch, who asked, who approved, and why.

    On a desk nobody need be named: then `by` says which command it was.
    """

    batch_id: int
    asked_by: int | None
    approved_by: int | None
    why: str
    by: str = "cli"

    @property
    def who(self) -> str:
        """Return how a record's history names who let it happen."""
        return f"staff:{self.approved_by}" if self.approved_by else self.by

    def act(self, what: str, records: int) -> trail.Act:
        """Return what is noted of a chunk."""
        actor, role = (self.who, "staff") if self.approved_by else ("cli", self.by)
        detail = {"records": records} | ({"asked_by": self.asked_by} if self.asked_by else {})
        return trail.Act(actor, role, what, f"batch:{self.batch_id}", detail)


def ask_publication(
    session: Session, staff: Staff, batch_id: int, *, why: str, vault: Vault, now: datetime
) -> int:
    """Ask that a batch be published; return the id of the request.

    Raises NotPermittedError, BatchElsewhereError, NoReasonError, NothingToPublishError and
    AlreadyAskedError.
    """
    staff.demand(approvals.DEEDS[Matter.PUBLISH_BATCH][0])
    batch = one(session, staff, batch_id)
    if not waiting(session, batch.id):
        raise NothingToPublishError
    wish = _wish(Matter.PUBLISH_BATCH, batch_id, why=why, vault=vault)
    return approvals.ask(session, staff, wish, now=now)


def ask_withdrawal(
    session: Session, staff: Staff, batch_id: int, *, why: str, vault: Vault, now: datetime
) -> int:
    """Ask that a whole batch be withdrawn; return the id of the request.

    Raises NotPermittedError, BatchElsewhereError, NoReasonError, NothingToWithdrawError and
    AlreadyAskedError.
    """
    staff.demand(approvals.DEEDS[Matter.WITHDRAW_BATCH][0])
    if one(session, staff, batch_id).state is not BatchState.DONE:
        raise NothingToWithdrawError
    wish = _wish(Matter.WITHDRAW_BATCH, batch_id, why=why, vault=vault)
    return approvals.ask(session, staff, wish, now=now)


def both(
    session: Session, two: tuple[Staff, Staff], wish: Wish, *, vault: Vault, now: datetime
) -> Agreed:
    """Note that one has asked and another agreed, where both are named at once.

    Raises NotPermittedError, SamePersonError, AlreadyAskedError and BatchElsewhereError.
    """
    for staff in two:
        one(session, staff, wish.object_id)
    approval = session.get_one(Approval, approvals.by_two(session, two, wish, now=now))
    return Agreed(wish.object_id, two[0].id, two[1].id, approvals.why(approval, vault))


def approve(session: Session, staff: Staff, approval_id: int, *, now: datetime) -> int:
    """Let a batch be published or withdrawn; return the id of the work that does it.

    Raises ApprovalNotFoundError, NotPermittedError, SamePersonError, BatchElsewhereError.
    """
    approval = approvals.approve(session, staff, approval_id, now=now)
    if approval.matter not in _KINDS:
        raise ApprovalNotFoundError
    one(session, staff, approval.object_id)
    wanted = works.Wanted(
        kind=_KINDS[approval.matter],
        asked_by=approval.asked_by,
        batch_id=approval.object_id,
        approved_by=staff.id,
        why_sealed=approval.why_sealed,
    )
    return works.add(session, wanted, now=now)


def waiting(session: Session, batch_id: int) -> int:
    """Count the records of a file that are loaded and not published."""
    return session.scalar(select(func.count()).where(_unpublished(session, batch_id))) or 0


def publish_next(
    session: Session,
    agreed: Agreed,
    *,
    vault: Vault,
    alert: Alert,
    now: datetime,
    after: int = 0,
) -> Step | None:
    """Publish the next records of a batch, behind the last one done; None at the end."""
    run = writes.begun(session, agreed.batch_id, who=agreed.who, now=now, vault=vault)
    step = publish.publish(session, run, alert=alert, after=after)
    if step is not None:
        trail.note(session, agreed.act("publish", step.published), now=now)
    return step


def withdraw_next(session: Session, agreed: Agreed, *, now: datetime) -> int:
    """Withdraw the next records of a batch, or what it registered; 0 once it is closed."""
    gone = rollback.step(session, agreed.batch_id, who=agreed.who, why=agreed.why, now=now)
    trail.note(session, agreed.act("withdraw", gone), now=now)
    return gone


def one(session: Session, staff: Staff, batch_id: int) -> Batch:
    """Return a batch; a department may only touch one that holds nobody else's records.

    Raises BatchElsewhereError.
    """
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise BatchElsewhereError
    if staff.department_id is not None:
        line = departments.with_predecessors(session, staff.department_id)
        of_batch = Record.batch_id.in_(batches.of_same_file(session, batch_id))
        others = select(Record.id).where(of_batch, Record.department_id.not_in(line)).limit(1)
        if session.scalar(others) is not None:
            raise BatchElsewhereError
    return batch


def _wish(matter: Matter, batch_id: int, *, why: str, vault: Vault) -> Wish:
    if not why.strip():
        raise NoReasonError
    return approvals.typed(vault, matter, batch_id, why=why.strip())


def _unpublished(session: Session, batch_id: int) -> ColumnElement[bool]:
    of_file = Record.batch_id.in_(batches.of_same_file(session, batch_id))
    return and_(of_file, Record.state == RecordState.LOADED)
