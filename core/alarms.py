"""Alarms (运行告警): what an operator must put right; one open alarm for one thing.

A template that WeChat does not know or has banned is stopped while its alarm is open.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, select, update
from sqlalchemy.orm import Mapped, Session

from core.db import Base, PrimaryKey, insert


class AlarmKind(StrEnum):
    """What is the matter: a template, or what our account at WeChat may do."""

    TEMPLATE = "template"
    WECHAT = "wechat"


class Alarm(Base):
    """One thing that is wrong, from when to when; `about` is a template's id or an interface."""

    __tablename__ = "alarms"

    id: Mapped[PrimaryKey]
    kind: Mapped[AlarmKind]
    about: Mapped[str]
    reason: Mapped[str]
    raised_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]


_OPEN = Alarm.lifted_at.is_(None)
Index(
    "uq_alarms_open",
    Alarm.kind,
    Alarm.about,
    unique=True,
    postgresql_where=_OPEN,
    sqlite_where=_OPEN,
)


def ring(session: Session, kind: AlarmKind, about: str, *, reason: str, now: datetime) -> bool:
    """Raise an alarm unless it is open already; return whether it is new."""
    row = {"kind": kind, "about": about, "reason": reason, "raised_at": now}
    new = insert(session, Alarm).values(row).on_conflict_do_nothing()
    return session.scalar(new.returning(Alarm.id)) is not None


def still(session: Session) -> Sequence[Alarm]:
    """List the open alarms, the newest first."""
    return session.scalars(select(Alarm).where(_OPEN).order_by(Alarm.id.desc())).all()


def stopped(session: Session) -> frozenset[str]:
    """Return the ids of the templates that are stopped."""
    mine = select(Alarm.about).where(_OPEN, Alarm.kind == AlarmKind.TEMPLATE)
    return frozenset(session.scalars(mine))


def lift(session: Session, kind: AlarmKind, about: str, *, by: str, now: datetime) -> bool:
    """End an alarm: somebody has put it right. Return whether there was one."""
    ended = update(Alarm).where(_OPEN, Alarm.kind == kind, Alarm.about == about)
    ended = ended.values(lifted_at=now, lifted_by=by).returning(Alarm.id)
    return bool(session.scalars(ended).all())
