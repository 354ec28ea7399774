"""The queue (办件队列): the open cases of an office by their deadlines, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core import privacy
from core.cases import IS_OPEN, Case, CaseKind, CaseState, Holder
from core.casework import held
from core.departments import Department
from core.proposals import WAITS, Proposal
from core.rules import Clock, Rulebook
from core.staff.members import Member, Staff
from core.staff.roles import Deed

COUNTED = 1000  # a count is exact up to here


class Light(StrEnum):
    """How near a deadline is: over, due within one working day, or later."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Whose(StrEnum):
    """Whose turn it is, as the office of the asker sees it."""

    OURS = "ours"
    MINE = "mine"
    PROPOSED = "proposed"
    APPLICANT = "applicant"
    DEPARTMENTS = "departments"


@dataclass(frozen=True)
class Wanted:
    """Which part of the queue; `after` is the deadline and the id where the last page ended."""

    whose: Whose = Whose.OURS
    kind: CaseKind | None = None
    state: CaseState | None = None
    light: Light | None = None
    after: tuple[date, int] | None = None


class Line(NamedTuple):
    """One open case in the queue: nothing of who filed it, or of what was said."""

    id: int
    receipt_code: str
    kind: CaseKind
    state: CaseState
    is_review: bool
    clock: Clock | None
    due_on: date | None
    provisional: bool | None
    opened_at: datetime
    holder: Holder | None
    office: str | None
    handler: str | None
    light: Light


_PROPOSED = Proposal.case_id == Case.id, WAITS
_IN_DEPARTMENTS = (CaseState.FORWARDED, CaseState.ACCEPTED)
_COLUMNS = (
    Case.id,
    Case.receipt_code,
    Case.kind,
    Case.state,
    Case.review_of_id.is_not(None),
    Case.clock,
    Case.due_on,
    Case.due_provisional,
    Case.opened_at,
    Case.holder,
    Department.name,
    Member.name,
)


def page(
    session: Session, staff: Staff, wanted: Wanted, *, limit: int, rules: Rulebook, today: date
) -> Sequence[Line]:
    """Return the next lines, the most urgent first. Raises NotPermittedError."""
    staff.demand(Deed.SEE_CASES)
    soon = _soon(rules, today)
    found = (
        select(*_COLUMNS)
        .outerjoin(Department, Department.id == Case.holder_id)
        .outerjoin(Member, Member.id == Case.handler_id)
        .where(*_which(session, staff, wanted, today=today, soon=soon))
        .order_by(Case.due_on, Case.id)
        .limit(limit)
    )
    return [Line._make([*row, light(row.due_on, today, soon)]) for row in session.execute(found)]


def find(session: Session, staff: Staff, code: str) -> int | None:
    """Return the case, open or closed, of a receipt code, if this member may see it."""
    staff.demand(Deed.SEE_CASES)
    named = select(Case).where(Case.receipt_code == privacy.read_code(code))
    case = session.scalar(named)
    return case.id if case is not None and held.may_see(session, staff, case) else None


def count(session: Session, staff: Staff, wanted: Wanted, *, rules: Rulebook, today: date) -> int:
    """Count the lines of a part of the queue, up to COUNTED."""
    soon = _soon(rules, today)
    some = select(Case.id).where(*_which(session, staff, wanted, today=today, soon=soon))
    counted = select(func.count()).select_from(some.limit(COUNTED).subquery())
    return session.scalar(counted) or 0


def light(due_on: date | None, today: date, soon: date) -> Light:
    """Say how near a deadline is; `soon` is the next working day."""
    if due_on is None or due_on > soon:
        return Light.GREEN
    return Light.RED if due_on < today else Light.AMBER


def _soon(rules: Rulebook, today: date) -> date:
    return rules.workdays.deadline(today, 1).day


def _which(
    session: Session, staff: Staff, wanted: Wanted, *, today: date, soon: date
) -> list[ColumnElement[bool]]:
    chosen = [IS_OPEN, *_whose(session, staff, wanted.whose)]
    if wanted.kind is not None:
        chosen.append(Case.kind == wanted.kind)
    if wanted.state is not None:
        chosen.append(Case.state == wanted.state)
    if wanted.light is not None:
        chosen.append(_lit(wanted.light, today, soon))
    if wanted.after is not None:
        chosen.append(sa.tuple_(Case.due_on, Case.id) > sa.tuple_(*wanted.after))
    return chosen


def _whose(session: Session, staff: Staff, whose: Whose) -> list[ColumnElement[bool]]:
    offices = held.offices(session, staff)
    ours: list[ColumnElement[bool]] = [Case.holder == Holder.PLATFORM]
    if offices is not None:
        ours = [Case.holder == Holder.DEPARTMENT, Case.holder_id.in_(offices)]
    if whose is Whose.MINE:
        return [*_reach(offices), Case.handler_id == staff.id]
    if whose is Whose.PROPOSED:
        return [*ours, select(Proposal.id).where(*_PROPOSED).exists()]
    if whose is Whose.APPLICANT:
        return [*_reach(offices), Case.holder == Holder.APPLICANT]
    if whose is Whose.DEPARTMENTS and offices is None:
        return [Case.holder == Holder.DEPARTMENT]
    return ours


def _reach(offices: Sequence[int] | None) -> list[Any]:
    """Say in SQL which open cases have come to a department; to us all have."""
    if offices is None:
        return []
    stands = func.coalesce(Case.resumes, Case.state)
    came = stands.in_(_IN_DEPARTMENTS), Case.review_of_id.is_(None)
    return [Case.holder_id.in_(offices), *came]


def _lit(wanted: Light, today: date, soon: date) -> ColumnElement[bool]:
    if wanted is Light.RED:
        return Case.due_on < today
    return Case.due_on > soon if wanted is Light.GREEN else Case.due_on.between(today, soon)
