"""Approvals (双人审批): what one of the staff asks for, and only another may let happen.

Asking changes nothing. Whoever approves does so in the transaction that does the thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.audit import trail
from core.db import Base, BigId, Facts, PrimaryKey, fixed, insert
from core.staff.errors import AlreadyAskedError, ApprovalNotFoundError, SamePersonError
from core.staff.members import Member, Staff
from core.staff.roles import Deed
from core.vault import Vault

WHY = "approvals.why"  # sealed columns


class Matter(StrEnum):
    """What needs two."""

    PUBLISH_BATCH = "publish_batch"
    WITHDRAW_BATCH = "withdraw_batch"
    WITHDRAW_RECORD = "withdraw_record"
    TAKE_BACK_FILE = "take_back_file"
    START_CAMPAIGN = "start_campaign"
    RUN_CAMPAIGN = "run_campaign"
    REVOKE_REPAIR = "revoke_repair"


# Who may ask, and who may approve.
DEEDS: dict[Matter, tuple[Deed, Deed]] = {
    Matter.PUBLISH_BATCH: (Deed.ASK_PUBLICATION, Deed.APPROVE_PUBLICATION),
    Matter.WITHDRAW_BATCH: (Deed.ASK_WITHDRAWAL, Deed.APPROVE_WITHDRAWAL),
    Matter.WITHDRAW_RECORD: (Deed.ASK_WITHDRAWAL, Deed.APPROVE_WITHDRAWAL),
    Matter.TAKE_BACK_FILE: (Deed.ASK_WITHDRAWAL, Deed.APPROVE_WITHDRAWAL),
    Matter.START_CAMPAIGN: (Deed.EDIT_CAMPAIGN, Deed.APPROVE_CAMPAIGN),
    Matter.RUN_CAMPAIGN: (Deed.EDIT_CAMPAIGN, Deed.APPROVE_CAMPAIGN),
    Matter.REVOKE_REPAIR: (Deed.HANDLE_CASE, Deed.CONFIRM_CASE),
}


class ApprovalState(StrEnum):
    """Where a request stands. All but the first are final."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Approval(Base):
    """One request: about which batch, record or campaign, why, and who has answered.

    What somebody typed is sealed: it may name a person. `why` in clear is a sentence of ours, or
    older than that; so is `answer`.
    """

    __tablename__ = "approvals"

    id: Mapped[PrimaryKey]
    matter: Mapped[Matter]
    object_id: Mapped[BigId]
    facts: Mapped[Facts]
    why: Mapped[str | None]
    why_sealed: Mapped[str | None]
    state: Mapped[ApprovalState]
    asked_by: Mapped[BigId] = mapped_column(ForeignKey(Member.id))
    asked_at: Mapped[datetime]
    answered_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    answer_sealed: Mapped[str | None]


_ASKED = fixed(Approval.state, ApprovalState.ASKED)
Index(
    "uq_approvals_asked",
    Approval.matter,
    Approval.object_id,
    unique=True,
    postgresql_where=_ASKED,
    sqlite_where=_ASKED,
)


@dataclass(frozen=True)
class Wish:
    """What is asked for, of which object, and why; `facts` hold ids and codes.

    `why` is a sentence of ours; what somebody has typed comes sealed, from `typed`.
    """

    matter: Matter
    object_id: int
    why: str | None = None
    facts: Facts = field(default_factory=dict)
    why_sealed: str | None = None


def typed(vault: Vault, matter: Matter, object_id: int, *, why: str, **facts: Any) -> Wish:  # noqa: ANN401
    """Return a wish whose reason somebody has typed; `facts` are ids and codes."""
    return Wish(matter, object_id, facts=facts, why_sealed=vault.seal(why, WHY))


def why(approval: Approval, vault: Vault) -> str:
    """Return why something was asked for, in clear."""
    sealed = approval.why_sealed
    return vault.open(sealed, WHY) if sealed else approval.why or ""


def answer(approval: Approval, vault: Vault) -> str | None:
    """Return why it was refused, in clear; None without a reason."""
    sealed = approval.answer_sealed
    return vault.open(sealed, WHY) if sealed else approval.answer


def ask(session: Session, staff: Staff, wish: Wish, *, now: datetime) -> int:
    """Ask for something; return the id of the request.

    Raises NotPermittedError, AlreadyAskedError.
    """
    staff.demand(DEEDS[wish.matter][0])
    row = vars(wish) | {"state": ApprovalState.ASKED, "asked_by": staff.id, "asked_at": now}
    new = insert(session, Approval).values(row).on_conflict_do_nothing()
    approval_id: int | None = session.scalar(new.returning(Approval.id))
    if approval_id is None:
        raise AlreadyAskedError
    _note(session, staff, (f"ask_{wish.matter}", approval_id), now=now)
    return approval_id


def approve(session: Session, staff: Staff, approval_id: int, *, now: datetime) -> Approval:
    """Let happen what somebody else asked for; the caller does it in the same transaction.

    Raises ApprovalNotFoundError, NotPermittedError, SamePersonError.
    """
    approval = _asked(session, approval_id)
    staff.demand(DEEDS[approval.matter][1])
    if approval.asked_by == staff.id:
        raise SamePersonError
    return _answered(session, staff, approval, state=ApprovalState.APPROVED, now=now)


def by_two(session: Session, two: tuple[Staff, Staff], wish: Wish, *, now: datetime) -> int:
    """Note that one asked and another approved, where both are named at once; return the id.

    Raises as `ask` and `approve` do.
    """
    approval_id = ask(session, two[0], wish, now=now)
    approve(session, two[1], approval_id, now=now)
    return approval_id


def refuse(
    session: Session, staff: Staff, approval_id: int, *, why: str, vault: Vault, now: datetime
) -> None:
    """Refuse what was asked for. Raises ApprovalNotFoundError, NotPermittedError."""
    approval = _asked(session, approval_id)
    staff.demand(DEEDS[approval.matter][1])
    _answered(session, staff, approval, state=ApprovalState.REFUSED, now=now)
    approval.answer_sealed = vault.seal(why, WHY)


def take_back(session: Session, staff: Staff, approval_id: int, *, now: datetime) -> None:
    """Take back what one has asked for oneself. Raises ApprovalNotFoundError."""
    approval = _asked(session, approval_id)
    if approval.asked_by != staff.id:
        raise ApprovalNotFoundError
    _answered(session, staff, approval, state=ApprovalState.TAKEN_BACK, now=now)


def waiting(session: Session, matters: Sequence[Matter]) -> Sequence[Approval]:
    """List what waits for an answer, the oldest first."""
    asked = select(Approval).where(_ASKED, Approval.matter.in_(matters))
    return session.scalars(asked.order_by(Approval.id).limit(200)).all()


def about(session: Session, matter: Matter, object_id: int) -> Approval | None:
    """Return what waits for an answer about one thing, if anything does."""
    mine = _ASKED, Approval.matter == matter, Approval.object_id == object_id
    return session.scalar(select(Approval).where(*mine).limit(1))


def asked_by(session: Session, staff: Staff) -> Sequence[Approval]:
    """List what a member has asked for and nobody has answered, the oldest first."""
    mine = select(Approval).where(_ASKED, Approval.asked_by == staff.id)
    return session.scalars(mine.order_by(Approval.id).limit(200)).all()


def of(session: Session, approval_id: int) -> Approval:
    """Return a request that waits for an answer. Raises ApprovalNotFoundError."""
    asked = select(Approval).where(Approval.id == approval_id, _ASKED)
    if (approval := session.scalar(asked)) is None:
        raise ApprovalNotFoundError
    return approval


def _asked(session: Session, approval_id: int) -> Approval:
    wanted = select(Approval).where(Approval.id == approval_id, _ASKED).with_for_update()
    approval = session.scalar(wanted.execution_options(populate_existing=True))
    if approval is None:
        raise ApprovalNotFoundError
    return approval


def _answered(
    session: Session,
    staff: Staff,
    approval: Approval,
    *,
    state: ApprovalState,
    now: datetime,
) -> Approval:
    approval.state = state
    approval.answered_by, approval.answered_at = staff.id, now
    session.flush()
    _note(session, staff, (f"{state}_{approval.matter}", approval.id), now=now)
    return approval


def _note(session: Session, staff: Staff, what: tuple[str, int], *, now: datetime) -> None:
    act = trail.Act(staff.actor, "staff", what[0], f"approval:{what[1]}")
    trail.note(session, act, now=now)
