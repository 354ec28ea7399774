"""Reminders (催办): the ticker's pass over deadlines that are near or have passed.

Each kind is one statement over the index of deadlines, whatever the number of open cases; the key
of a notice decides that it is said once. The citizen is told in the same transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, literal, null, select
from sqlalchemy.orm import Session

from core import case_access
from core.audit import trail
from core.calendar import day
from core.cases import IS_OPEN, Case, Holder
from core.casework.staff_notices import NoticeKind, StaffNotice
from core.db import insert
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.rules import Clock, Rulebook

CHUNK = 2000
_DAY = timedelta(days=1)
_OFFICES = (Holder.PLATFORM, Holder.DEPARTMENT)
_COLUMNS = ("kind", "case_id", "record_id", "clock", "due_on", "holder", "department_id", "at")


@dataclass(frozen=True)
class _Span:
    """Deadlines that a kind of notice is owed for: those of a holder, due from and until a day."""

    kind: NoticeKind
    until: date
    since: date | None = None

    @property
    def which(self) -> ColumnElement[bool]:
        """Return the condition on cases."""
        # Old cases have a place in the queue without a clock: of them nothing is said.
        due = (Case.due_on <= self.until) & Case.clock.is_not(None)
        if self.since is not None:
            due &= Case.due_on >= self.since
        else:  # what an applicant misses has another consequence: core.casework.lapsing
            due &= Case.holder.in_(_OFFICES)
        return IS_OPEN & due


class _Said(NamedTuple):
    """One notice that was written."""

    kind: NoticeKind
    case_id: int
    clock: Clock
    due_on: date
    holder: Holder


def remind(session: Session, rules: Rulebook, *, now: datetime, chunk: int = CHUNK) -> int:
    """Write the next notices that deadlines owe, and owe the citizens theirs; return how many."""
    written = [
        row
        for span in _spans(rules, day(now))
        for row in _write(session, _lacking(span, now).limit(chunk))
    ]
    if written:
        _tell(session, written, now=now)
        done = trail.Act("ticker", "ticker", "remind", "cases", {"notices": len(written)})
        trail.note(session, done, now=now)
    return len(written)


def is_due(session: Session, rules: Rulebook, *, now: datetime) -> bool:
    """Say whether some deadline owes a notice."""
    return any(
        session.execute(_lacking(span, now).limit(1)).first() is not None
        for span in _spans(rules, day(now))
    )


def _spans(rules: Rulebook, today: date) -> Iterator[_Span]:
    yield _Span(NoticeKind.REMINDER, rules.deadline(Clock.REMIND, today).day, since=today)
    yield _Span(NoticeKind.OVERDUE, today - _DAY)
    yield _Span(NoticeKind.ESCALATION, escalated_until(rules, today))


def escalated_until(rules: Rulebook, today: date) -> date:
    """Return the latest deadline whose days of grace are over today."""
    due = today - _DAY
    while rules.deadline(Clock.ESCALATE, due).day > today:
        due -= _DAY
    return due


def _lacking(span: _Span, now: datetime) -> Select[Any]:
    said = exists().where(
        StaffNotice.case_id == Case.id,
        StaffNotice.clock == Case.clock,
        StaffNotice.due_on == Case.due_on,
        StaffNotice.kind == span.kind,
    )
    theirs = case((Case.holder == Holder.DEPARTMENT, Case.holder_id), else_=None)
    return (
        select(
            literal(span.kind, StaffNotice.kind.type),
            Case.id,
            null(),
            Case.clock,
            Case.due_on,
            Case.holder,
            theirs,
            literal(now, StaffNotice.at.type),
        )
        .where(span.which, ~said)
        .order_by(Case.due_on, Case.id)
    )


def _write(session: Session, lacking: Select[Any]) -> Sequence[_Said]:
    new = insert(session, StaffNotice).from_select(list(_COLUMNS), lacking, include_defaults=False)
    said = (getattr(StaffNotice, name) for name in _Said._fields)
    rows = session.execute(new.on_conflict_do_nothing().returning(*said))
    return [_Said._make(row) for row in rows]


def _tell(session: Session, written: Sequence[_Said], *, now: datetime) -> None:
    """Owe the applicants: theirs is due soon, or somebody else's is late and with whom it is."""
    told = [(one, kind) for one in written if (kind := _told(one)) is not None]
    ids = [one.case_id for one, _ in told]
    accounts = case_access.to_tell(session, ids, today=day(now))
    owed = [
        _owed(one, kind, accounts[one.case_id], now=now)
        for one, kind in told
        if one.case_id in accounts
    ]
    owe(session, *owed, now=now)


def _told(notice: _Said) -> EventKind | None:
    if notice.holder is Holder.APPLICANT:
        return EventKind.CASE_DUE
    return EventKind.CASE_OVERDUE if notice.kind is NoticeKind.OVERDUE else None


def _owed(notice: _Said, kind: EventKind, account_id: int, *, now: datetime) -> Owed:
    return Owed(
        kind=kind,
        key=f"{kind}:{notice.case_id}:{notice.clock}:{notice.due_on}",
        audience=Audience.ACCOUNT,
        audience_id=account_id,
        event_date=day(now),
        facts={
            "case_id": notice.case_id,
            "clock": notice.clock.value,
            "due_on": notice.due_on.isoformat(),
        },
    )
