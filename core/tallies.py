"""Tallies: how much of something one account may do on a legal day.

A tally is written in the transaction of what it counts: what is refused or undone counts nothing,
and of two who come at once neither gets past the limit.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.account_errors import DailyLimitError
from core.calendar import day, start_of
from core.db import Base, BigId, insert


class Counted(StrEnum):
    """What is counted."""

    EVIDENCE_BYTES = "evidence_bytes"
    FILINGS = "filings"
    SUPPLEMENTS = "supplements"
    LINK_MISSES = "link_misses"
    ALL_LINK_MISSES = "all_link_misses"


EVERYBODY = 0  # no account has this number
MOST = {
    Counted.EVIDENCE_BYTES: 300 * 1024 * 1024,
    Counted.FILINGS: 20,
    Counted.SUPPLEMENTS: 30,
    Counted.LINK_MISSES: 10,
    # A code has forty random bits and ten minutes: so many tries of all together find none.
    Counted.ALL_LINK_MISSES: 10_000,
}


class Tally(Base):
    """How much one account did of one thing on one day.

    No foreign key: of two accounts that become one each keeps its count until the day is over.
    """

    __tablename__ = "tallies"

    account_id: Mapped[BigId] = mapped_column(primary_key=True, autoincrement=False)
    counted: Mapped[Counted] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[BigId]


def add(
    session: Session, account_id: int, counted: Counted, *, amount: int = 1, now: datetime
) -> None:
    """Count what an account does today. Raises DailyLimitError: let it undo the whole."""
    today = day(now)
    row = {"account_id": account_id, "counted": counted, "on": today, "amount": amount}
    new = insert(session, Tally).values(row)
    more = new.on_conflict_do_update(
        index_elements=["account_id", "counted", "on"], set_={"amount": Tally.amount + amount}
    )
    if (session.scalar(more.returning(Tally.amount)) or 0) > MOST[counted]:
        raise DailyLimitError(start_of(today + timedelta(days=1)) - now)


def demand_room(session: Session, account_id: int, counted: Counted, *, now: datetime) -> None:
    """Raise DailyLimitError if an account has done all that it may today."""
    today = day(now)
    mine = Tally.account_id == account_id, Tally.counted == counted, Tally.on == today
    if (session.scalar(select(Tally.amount).where(*mine)) or 0) >= MOST[counted]:
        raise DailyLimitError(start_of(today + timedelta(days=1)) - now)


def forget(session: Session, *, now: datetime) -> None:
    """Drop the tallies of days that are over."""
    session.execute(delete(Tally).where(Tally.on < day(now)))
