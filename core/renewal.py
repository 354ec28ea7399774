"""Renewal (规则更替): once the rules have changed, every record is re-evaluated, and only once.

The rules change when a table does, and on the day on which one of its rows comes into force or
ends. Each such state of the rules has one row, which says how far its work has come: whoever finds
it unfinished goes on from there, and two who come at once do not do the same part.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, UniqueConstraint, and_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import reevaluation
from core.db import Base, BigId, PrimaryKey, add_new
from core.reevaluation import CHUNK, Run
from core.rules import Rulebook
from core.rules.dated import turns


class Renewal(Base):
    """One state of the rules, and up to which record they were applied."""

    __tablename__ = "rule_renewals"
    __table_args__ = (UniqueConstraint("rules", "turned_on"),)

    id: Mapped[PrimaryKey]
    rules: Mapped[str]
    turned_on: Mapped[date]
    after: Mapped[BigId] = mapped_column(default=0)
    seen: Mapped[BigId] = mapped_column(default=0)
    changed: Mapped[BigId] = mapped_column(default=0)
    began_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Stand:
    """A state of the rules: the hash of their tables, and the day since which they hold so."""

    rules: str
    turned_on: date


def turned_on(rules: Rulebook, today: date) -> date:
    """Return the last day, up to today, on which a rule came into force or one had ended."""
    days = turns(row for _, row in rules.every())
    return max((day for day in days if day <= today), default=date.min)


def is_due(session: Session, stand: Stand) -> bool:
    """Say whether some record may not have been judged by the rules as they stand."""
    done = select(Renewal.id).where(_is(stand), Renewal.finished_at.is_not(None))
    return session.scalar(done) is None


def step(session: Session, run: Run, stand: Stand, *, limit: int = CHUNK) -> bool:
    """Re-evaluate the next records, in one transaction; say whether there may be more to do."""
    add_new(session, Renewal, [_new(stand, run.now)])
    # Whoever else is at it goes on by itself.
    mine = select(Renewal).where(_is(stand), Renewal.finished_at.is_(None))
    row = session.scalar(mine.with_for_update(skip_locked=True))
    if row is None:
        return False
    outcome = reevaluation.step(session, run, after=row.after, limit=limit)
    if outcome is None:
        _finish(session, stand, run.now)
        return False
    row.after = outcome.last
    row.seen += outcome.counts["seen"]
    row.changed += outcome.counts["changed"]
    return True


def note_done(session: Session, stand: Stand, *, now: datetime) -> None:
    """Write down that everything was re-evaluated by whoever calls."""
    add_new(session, Renewal, [_new(stand, now)])
    _finish(session, stand, now)


def _new(stand: Stand, now: datetime) -> dict[str, object]:
    return vars(stand) | {"after": 0, "seen": 0, "changed": 0, "began_at": now}


def _is(stand: Stand) -> ColumnElement[bool]:
    return and_(Renewal.rules == stand.rules, Renewal.turned_on == stand.turned_on)


def _finish(session: Session, stand: Stand, now: datetime) -> None:
    unfinished = update(Renewal).where(_is(stand), Renewal.finished_at.is_(None))
    session.execute(unfinished.values(finished_at=now))
