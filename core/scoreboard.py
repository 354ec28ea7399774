"""Scoreboard (政务诚信): how departments keep the law's clocks, their predecessors counted in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Select, and_, case, column, func, or_, select, values
from sqlalchemy.orm import Session

from core import departments
from core.calendar import start_of
from core.cases import OPEN, Case, CaseKind, CaseState
from core.db import UtcDateTime
from core.departments import Department
from core.records import Record, RecordKind
from core.rules import Clock, Rulebook
from core.workdays import Deadline

# 双公示: what a department must hand in within a few working days of its decision.
KINDS = (RecordKind.LICENCE, RecordKind.PENALTY)
# What a case passes through until it is settled, one after the other.
CLOCKS = {
    CaseKind.OBJECTION: (Clock.OBJECTION_FORWARD, Clock.OBJECTION_DECIDE),
    CaseKind.REPAIR: (Clock.REPAIR_FINISH,),
}
_DAY = timedelta(days=1)
_UPHELD = (CaseState.UPHELD, CaseState.APPLIED)
# While a supplement is awaited the clock stands still.
_RUNNING = sorted(OPEN - {CaseState.SUPPLEMENT_WANTED})


@dataclass(frozen=True)
class Asked:
    """Decisions and cases of which days are counted, both ends included, and what day it is."""

    since: date
    until: date
    today: date


@dataclass(frozen=True)
class Line:
    """One department. Decided objections are those of the period; overdue are cases of today."""

    id: int
    name: str
    received: int = 0
    in_time: int = 0
    objections: int = 0
    upheld: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Scoreboard:
    """All departments with anything to count; provisional while a year lacks its calendar."""

    lines: Sequence[Line]
    provisional: bool


Counts = dict[str, int]


@dataclass
class _Sums:
    """What is counted, under the department that has the tasks today."""

    successors: Mapping[int, int]
    held: dict[int, Counts] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def add(self, rows: Iterable[Mapping[Any, Any]]) -> None:
        """Add counts by department."""
        for row in rows:
            counts = dict(row)
            own = self.held[self.successors[counts.pop("department_id")]]
            for name, number in counts.items():
                own[name] += number


def of(session: Session, asked: Asked, *, rules: Rulebook) -> Scoreboard:
    """Count for every department; the work is the database's, whatever the number of records."""
    decided = _days(asked.since, min(asked.until, asked.today))
    in_force = (one for one in decided if rules.period(Clock.PUBLISH_DECISION, one))
    deadlines = {one: rules.deadline(Clock.PUBLISH_DECISION, one) for one in in_force}
    sums = _Sums(departments.successors(session))
    if deadlines:
        sums.add(session.execute(_received(deadlines)).mappings())
    sums.add(session.execute(_objections(asked)).mappings())
    sums.add(session.execute(_overdue(asked.today, rules)).mappings())
    provisional = any(one.provisional for one in deadlines.values())
    return Scoreboard(_lines(session, sums.held), provisional)


def _received(deadlines: Mapping[date, Deadline]) -> Select[*tuple[Any, ...]]:
    """Compare each record with the deadline of its day: one row a day, not one a record."""
    last = values(column("decided", Date), column("before", UtcDateTime), name="last").data(
        [(decided, start_of(end.day + _DAY)) for decided, end in deadlines.items()]
    )
    due = last.cte("due")
    in_time = case((Record.received_at < due.c.before, 1), else_=0)
    period = Record.event_date.between(min(deadlines), max(deadlines))
    return (
        select(
            Record.department_id,
            func.count().label("received"),
            func.sum(in_time).label("in_time"),
        )
        .join(due, due.c.decided == Record.event_date)
        .where(Record.kind.in_(KINDS), Record.list_kind.is_(None), period)
        .group_by(Record.department_id)
    )


def _objections(asked: Asked) -> Select[*tuple[Any, ...]]:
    opened = Case.opened_at >= start_of(asked.since), Case.opened_at < start_of(asked.until + _DAY)
    held = Case.holder_id.is_not(None), Case.review_of_id.is_(None)
    decided = Case.state.in_((*_UPHELD, CaseState.REFUSED))
    return (
        select(
            Case.holder_id.label("department_id"),
            func.count().label("objections"),
            func.sum(case((Case.state.in_(_UPHELD), 1), else_=0)).label("upheld"),
        )
        .where(Case.kind == CaseKind.OBJECTION, decided, *opened, *held)
        .group_by(Case.holder_id)
    )


def _overdue(today: date, rules: Rulebook) -> Select[*tuple[Any, ...]]:
    late = {kind: _late_if_before(today, clocks, rules) for kind, clocks in CLOCKS.items()}
    is_late = [and_(Case.kind == kind, Case.opened_at < end) for kind, end in late.items()]
    return (
        select(Case.holder_id.label("department_id"), func.count().label("overdue"))
        .where(Case.state.in_(_RUNNING), Case.holder_id.is_not(None), or_(*is_late))
        .group_by(Case.holder_id)
    )


def _late_if_before(today: date, clocks: Iterable[Clock], rules: Rulebook) -> datetime:
    """Return before which instant a case must have been opened to be overdue on a day."""
    opened = today
    while _settled_by(opened, clocks, rules) >= today:
        opened -= _DAY
    return start_of(opened + _DAY)


def _settled_by(opened: date, clocks: Iterable[Clock], rules: Rulebook) -> date:
    days = sum(rules.clock(clock, opened) for clock in clocks)
    return rules.workdays.deadline(opened, days).day


def _lines(session: Session, held: Mapping[int, Counts]) -> list[Line]:
    found = select(Department.id, Department.name).where(Department.id.in_(held))
    lines = [Line(row.id, row.name, **held[row.id]) for row in session.execute(found)]
    return sorted(lines, key=lambda line: (-_share(line), line.name))


def _share(line: Line) -> float:
    return line.in_time / line.received if line.received else -1.0


def _days(since: date, until: date) -> Iterator[date]:
    return (since + timedelta(days=number) for number in range((until - since).days + 1))
