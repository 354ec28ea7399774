"""Tries (发送经过): each try of a delivery that did not end it, kept for whoever asks why.

What ends a delivery stands in its row; most need one try, and leave nothing here.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, BigId, PrimaryKey, insert
from core.outbox.deliveries import Delivery, DeliveryState, Way
from core.outbox.leasing import Leased, are_held


class Try(Base):
    """One try: when its answer was noted, by which way, what it was; `maybe` if it may be there."""

    __tablename__ = "tries"
    __table_args__ = (
        Index("ix_tries_delivery", "event_id", "account_id"),
        Index("ix_tries_at", "at"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[BigId]
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    way: Mapped[Way | None]
    maybe: Mapped[bool]
    reason: Mapped[str]


def note(session: Session, failed: Sequence[tuple[Leased, str, bool]], *, now: datetime) -> None:
    """Keep tries that failed, each with its reason, of the rows that are still ours."""
    if not failed:
        return
    given = [(*one.key, one.fence, reason, maybe) for one, reason, maybe in failed]
    rows = bulk.given(session, _GIVEN, given).c
    told = select(
        rows.event_id,
        rows.account_id,
        sa.literal(now, Try.at.type),
        Delivery.way,
        rows.maybe,
        rows.reason,
    ).where(*are_held(rows, DeliveryState.SENDING))
    names = ["event_id", "account_id", "at", "way", "maybe", "reason"]
    session.execute(insert(session, Try).from_select(names, told, include_defaults=False))


_GIVEN = (Delivery.event_id, Delivery.account_id, Delivery.fence, Try.reason, Try.maybe)


def of(session: Session, event_id: int, account_id: int) -> Sequence[Try]:
    """List the tries of one delivery that did not end it, the first one first."""
    mine = Try.event_id == event_id, Try.account_id == account_id
    return session.scalars(select(Try).where(*mine).order_by(Try.id)).all()
