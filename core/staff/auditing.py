"""Searching the trail (审计检索): who read or did what, for an auditor; the search leaves a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.audit import trail
from core.audit.trail import Entry, TrailKind
from core.calendar import start_of
from core.db import Facts
from core.staff.members import Staff
from core.staff.roles import Deed

PAGE = 50


@dataclass(frozen=True)
class Search:
    """What to look for; nothing means anything. `until` is the last day."""

    kind: TrailKind | None = None
    actor: str | None = None
    action: str | None = None
    object: str | None = None
    subject_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Found:
    """A page of rows, the newest first, and after which row the next page begins."""

    rows: Sequence[Entry]
    next: int | None


def find(
    session: Session, staff: Staff, wanted: Search, *, after: int | None = None, now: datetime
) -> Found:
    """Return a page of the rows that are looked for, as they were before this search.

    Raises NotPermittedError; PersonalDataError if a word looked for is no code of ours.
    """
    staff.demand(Deed.SEARCH_AUDIT)
    chosen = select(Entry).where(*_matching(wanted), *_after(session, after))
    rows = session.scalars(chosen.order_by(Entry.at.desc(), Entry.id.desc()).limit(PAGE + 1)).all()
    act = trail.Act(staff.actor, "auditor", "search_audit", "trail", _detail(wanted))
    trail.note(session, act, now=now)
    return Found(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def _matching(wanted: Search) -> list[ColumnElement[bool]]:
    words = {
        Entry.kind: wanted.kind,
        Entry.actor: wanted.actor,
        Entry.action: wanted.action,
        Entry.object: wanted.object,
        Entry.subject_id: wanted.subject_id,
    }
    found = [column == value for column, value in words.items() if value is not None]
    if wanted.since:
        found.append(Entry.at >= start_of(wanted.since))
    if wanted.until:
        found.append(Entry.at < start_of(wanted.until + timedelta(days=1)))
    return found


def _after(session: Session, after: int | None) -> list[ColumnElement[bool]]:
    row = session.get(Entry, after) if after is not None else None
    if row is None:
        return []
    same = and_(Entry.at == row.at, Entry.id < row.id)
    return [or_(Entry.at < row.at, same)]


def _detail(wanted: Search) -> Facts:
    given = {
        "kind": wanted.kind,
        "actor": wanted.actor,
        "action": wanted.action,
        "object": wanted.object,
        "subject": wanted.subject_id,
        "since": _number(wanted.since),
        "until": _number(wanted.until),
    }
    return {name: value for name, value in given.items() if value is not None}


def _number(value: date | None) -> int | None:
    return value.year * 10_000 + value.month * 100 + value.day if value else None
