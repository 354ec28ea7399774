"""Recounting (重算期限): provisional deadlines, once the calendar of their year is there.

The calendar decides. Nobody becomes late by it: a deadline never falls before today if it had not
passed, and what an applicant was told to have is never cut short.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from core.audit import trail
from core.calendar import day
from core.cases import Case, Holder
from core.rules import Rulebook

_IS_PROVISIONAL = Case.due_provisional.is_(True)


@dataclass(frozen=True)
class _Change:
    """All cases with the same clock and what is to be shown of them."""

    which: ColumnElement[bool]
    due_on: date
    provisional: bool


def recount(session: Session, rules: Rulebook, *, now: datetime, who: str = "ticker") -> int:
    """Set provisional deadlines as the calendar now has them; return of how many cases."""
    recounted = 0
    for change in _changes(session, rules, today=day(now)):
        shown = {
            "due_on": change.due_on,
            "due_provisional": change.provisional,
            "version": Case.version + 1,
            "changed_at": now,
        }
        made = update(Case).where(_IS_PROVISIONAL, change.which).values(shown).returning(Case.id)
        recounted += len(session.scalars(made).all())
    if recounted:
        role = who.partition(":")[0]
        done = trail.Act(who, role, "recount_deadlines", "cases", {"cases": recounted})
        trail.note(session, done, now=now)
    return recounted


def is_due(session: Session, rules: Rulebook, *, now: datetime) -> bool:
    """Say whether some provisional deadline is no longer what the calendar says."""
    return next(_changes(session, rules, today=day(now)), None) is not None


def _changes(session: Session, rules: Rulebook, *, today: date) -> Iterator[_Change]:
    alike = Case.clock_from, Case.clock_days, Case.due_on, Case.holder
    groups = select(*alike).where(_IS_PROVISIONAL).distinct()
    # What is provisional has a clock.
    rows = cast("Sequence[tuple[date, int, date, Holder]]", session.execute(groups).all())
    for start, days, due_on, holder in rows:
        end = rules.workdays.deadline(start, days)
        # Never before today, unless it had passed; an applicant's never before what was said.
        floor = due_on if holder is Holder.APPLICANT else min(due_on, today)
        new = max(end.day, floor)
        if (new, end.provisional) != (due_on, True):
            same = zip(alike, (start, days, due_on, holder), strict=True)
            which = and_(*(column.is_not_distinct_from(value) for column, value in same))
            yield _Change(which, new, end.provisional)
