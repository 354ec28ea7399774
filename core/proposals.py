"""Proposals (拟办意见): how a handler would decide a case, until another person confirms it.

A proposal rests on the case as it was: any step of the case makes it lapse.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.cases import Case, CaseState
from core.db import Base, BigId, PrimaryKey, fixed
from core.staff.members import Member

ANSWER, CHANGES = "case_proposals.answer", "case_proposals.changes"  # sealed columns


class Remedy(StrEnum):
    """What is done to a record whose objection is upheld."""

    WITHDRAW = "withdraw"
    CORRECT = "correct"
    HOLD = "hold"


class ProposalState(StrEnum):
    """Where a proposal stands. All but the first are final."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"
    LAPSED = "lapsed"


class Proposal(Base):
    """One proposal: the outcome with its reasons (codes, joined by commas) and its text.

    The text is sealed as the note of the event that it becomes; `changes` are the new values of
    a record that is to be corrected, as JSON; `answer` is why it was sent back.
    """

    __tablename__ = "case_proposals"

    id: Mapped[PrimaryKey]
    case_id: Mapped[BigId] = mapped_column(ForeignKey(Case.id), index=True)
    outcome: Mapped[CaseState]
    reasons: Mapped[str]
    remedy: Mapped[Remedy | None]
    text_sealed: Mapped[str]
    changes_sealed: Mapped[str | None]
    state: Mapped[ProposalState]
    proposed_by: Mapped[BigId] = mapped_column(ForeignKey(Member.id))
    proposed_at: Mapped[datetime]
    answered_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    answered_at: Mapped[datetime | None]
    answer_sealed: Mapped[str | None]


WAITS = fixed(Proposal.state, ProposalState.PROPOSED)
Index(
    "uq_case_proposals_waiting",
    Proposal.case_id,
    unique=True,
    postgresql_where=WAITS,
    sqlite_where=WAITS,
)


def waiting(session: Session, case_id: int) -> Proposal | None:
    """Return the proposal that waits for its confirmation, if one does."""
    return session.scalar(select(Proposal).where(Proposal.case_id == case_id, WAITS))


def lapse(session: Session, case_id: int) -> None:
    """Let a proposal that waits lapse, because the case is no longer what it was made for."""
    held = update(Proposal).where(Proposal.case_id == case_id, WAITS)
    session.execute(held.values(state=ProposalState.LAPSED))


def of_case(session: Session, case_id: int) -> Sequence[Proposal]:
    """List the proposals of a case, oldest first."""
    mine = select(Proposal).where(Proposal.case_id == case_id)
    return session.scalars(mine.order_by(Proposal.id)).all()
