"""Obligations (部门应办事项): what a department owes us about a record that was taken back.

A record that was public and is now kept from the public to be corrected waits for its corrected
text, or for its withdrawal, within the law's clock of its kind. What is owed is known from the
records: nothing more is written down than what was said of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from core.audit import trail
from core.calendar import day
from core.cases import Holder
from core.casework.reminders import escalated_until
from core.casework.staff_notices import NoticeKind, StaffNotice
from core.db import add_new
from core.records import AWAITED, Record, RecordChange, RecordKind, RecordState
from core.rules import Clock, Rulebook

_CLOCKS = {
    RecordKind.PENALTY: Clock.WITHDRAW_DECISION,
    RecordKind.JUDGMENT_DEFAULTER: Clock.COURT_CORRECTION,
}
_WAGES, _ELSE = "WAGE_ARREARS", Clock.PUBLISH_DECISION
_SINCE = func.max(RecordChange.at).label("since")


@dataclass(frozen=True)
class Obligation:
    """What is owed about a record: by which department, by when, on which citation."""

    record_id: int
    department_id: int
    clock: Clock
    due_on: date
    citation: str


def owed(session: Session, rules: Rulebook) -> Iterator[Obligation]:
    """Give what departments owe now."""
    back = RecordChange.record_id == Record.id, RecordChange.to_state == RecordState.QUARANTINED
    found = (
        select(Record.id, Record.department_id, Record.kind, Record.list_kind, _SINCE)
        .join(RecordChange, and_(*back))
        .where(AWAITED)
        .group_by(Record.id)
        .order_by(Record.id)
    )
    for row in session.execute(found):
        since = day(row.since)
        clock = _clock(row.kind, row.list_kind)
        if period := rules.period(clock, since):
            end = rules.workdays.deadline(since, period.working_days)
            yield Obligation(row.id, row.department_id, clock, end.day, period.citation)


def _clock(kind: RecordKind, list_kind: str | None) -> Clock:
    return Clock.WAGE_REMOVAL if list_kind == _WAGES else _CLOCKS.get(kind, _ELSE)


def urge(session: Session, rules: Rulebook, *, now: datetime) -> int:
    """Write the notices that obligations owe, each once; return how many."""
    lacking = _lacking(session, rules, now)
    add_new(session, StaffNotice, lacking)
    if lacking:
        done = trail.Act("ticker", "ticker", "urge", "records", {"notices": len(lacking)})
        trail.note(session, done, now=now)
    return len(lacking)


def is_due(session: Session, rules: Rulebook, *, now: datetime) -> bool:
    """Say whether some obligation owes a notice."""
    return bool(_lacking(session, rules, now))


def _lacking(session: Session, rules: Rulebook, now: datetime) -> list[dict[str, object]]:
    today = day(now)
    wanted = {
        (one.record_id, one.clock, one.due_on, kind): one.department_id
        for one in owed(session, rules)
        for kind in _kinds(one.due_on, rules, today)
    }
    columns = StaffNotice.record_id, StaffNotice.clock, StaffNotice.due_on, StaffNotice.kind
    about = StaffNotice.record_id.in_([key[0] for key in wanted])
    said = {tuple(row) for row in session.execute(select(*columns).where(about))}
    names = [column.key for column in columns]
    return [
        dict(zip(names, key, strict=True))
        | {"department_id": department_id, "holder": Holder.DEPARTMENT, "at": now}
        for key, department_id in wanted.items()
        if key not in said
    ]


def _kinds(due_on: date, rules: Rulebook, today: date) -> Iterator[NoticeKind]:
    if today <= due_on <= rules.deadline(Clock.REMIND, today).day:
        yield NoticeKind.REMINDER
    if due_on < today:
        yield NoticeKind.OVERDUE
    if due_on <= escalated_until(rules, today):
        yield NoticeKind.ESCALATION
