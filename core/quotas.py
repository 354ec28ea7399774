"""Calls made (调用次数): how often we called which interface of WeChat on a quota day.

Redis counts ahead of each call; this counts behind it, so that an emptied Redis learns again.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, insert
from core.pace import Pace


class CallsMade(Base):
    """How many calls of an interface were answered on a quota day, numbered from 1970."""

    __tablename__ = "calls_made"

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    interface: Mapped[str] = mapped_column(primary_key=True)
    made: Mapped[int]


def add(session: Session, made: dict[str, int], *, now: datetime, pace: Pace) -> None:
    """Count calls of today, by interface."""
    for interface, number in sorted(made.items()):
        row = {"day": pace.quota_day(now), "interface": interface, "made": number}
        new = insert(session, CallsMade).values(row)
        more = {"made": CallsMade.made + number}
        session.execute(new.on_conflict_do_update(index_elements=["day", "interface"], set_=more))


def made_on_day(session: Session, *, now: datetime, pace: Pace) -> dict[str, int]:
    """Return how many calls were counted on the quota day of an instant, by interface."""
    mine = select(CallsMade).where(CallsMade.day == pace.quota_day(now))
    return {one.interface: one.made for one in session.scalars(mine)}
