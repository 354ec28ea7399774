"""Staff notices (催办): that a deadline is near, that it has passed, that the supervisors know."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import departments
from core.cases import IS_OPEN, Case, Holder
from core.casework import held
from core.db import Base, BigId, PrimaryKey
from core.departments import Department
from core.records import Record, RecordState
from core.rules import Clock
from core.staff.members import Staff
from core.staff.roles import Deed


class NoticeKind(StrEnum):
    """What is said of a deadline: it is near, it has passed, the supervisors are told."""

    REMINDER = "reminder"
    OVERDUE = "overdue"
    ESCALATION = "escalation"


class StaffNotice(Base):
    """One notice about one deadline of a case, or of a record that a department owes a text for.

    The keys say each thing once, however many tickers there are. `department_id` is the department
    that holds it, None for the platform. A deadline that has moved is another one.
    """

    __tablename__ = "staff_notices"
    __table_args__ = (
        UniqueConstraint("case_id", "clock", "due_on", "kind"),
        UniqueConstraint("record_id", "clock", "due_on", "kind"),
        Index("ix_staff_notices_office", "department_id", "kind", "id"),
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[NoticeKind]
    case_id: Mapped[BigId | None] = mapped_column(ForeignKey(Case.id))
    record_id: Mapped[BigId | None] = mapped_column(ForeignKey(Record.id))
    clock: Mapped[Clock]
    due_on: Mapped[date]
    holder: Mapped[Holder]
    department_id: Mapped[BigId | None] = mapped_column(ForeignKey(Department.id))
    at: Mapped[datetime]


# What the notice is about still waits for the same deadline.
_CASE_WAITS = and_(
    IS_OPEN,
    Case.clock == StaffNotice.clock,
    Case.due_on == StaffNotice.due_on,
)
_STILL = or_(_CASE_WAITS, Record.state == RecordState.QUARANTINED)


@dataclass(frozen=True)
class Line:
    """One notice with what it is about, and the department that holds it; None is the platform."""

    notice: StaffNotice
    case: Case | None
    record: Record | None
    office: str | None


def mine(session: Session, staff: Staff, *, limit: int, before: int | None = None) -> list[Line]:
    """List the open notices of somebody's own office, the newest first.

    Raises NotPermittedError.
    """
    staff.demand(Deed.SEE_CASES)
    offices = held.offices(session, staff)
    ours: ColumnElement[bool] = StaffNotice.holder == Holder.PLATFORM
    if offices is not None:
        ours = and_(StaffNotice.holder == Holder.DEPARTMENT, StaffNotice.department_id.in_(offices))
    kinds = NoticeKind.REMINDER, NoticeKind.OVERDUE
    return _lines(session, StaffNotice.kind.in_(kinds), ours, limit=limit, before=before)


def escalated(
    session: Session, staff: Staff, *, limit: int, before: int | None = None
) -> list[Line]:
    """List what is escalated and still waits: all of it, or that of one's own department.

    Raises NotPermittedError.
    """
    staff.demand(Deed.SEE_ESCALATIONS)
    offices = held.offices(session, staff)
    theirs = [] if offices is None else [StaffNotice.department_id.in_(offices)]
    is_one = StaffNotice.kind == NoticeKind.ESCALATION
    return _lines(session, is_one, *theirs, limit=limit, before=before)


def escalated_by_department(session: Session) -> Mapping[int, int]:
    """Count what is escalated and still waits, by the department that has the tasks today."""
    counted: Counter[int] = Counter()
    today = departments.successors(session)
    found = (
        select(StaffNotice.department_id, func.count())
        .outerjoin(Case, Case.id == StaffNotice.case_id)
        .outerjoin(Record, Record.id == StaffNotice.record_id)
        .where(_STILL, StaffNotice.kind == NoticeKind.ESCALATION)
        .where(StaffNotice.department_id.is_not(None))
        .group_by(StaffNotice.department_id)
    )
    for department_id, number in session.execute(found):
        counted[today[department_id or 0]] += number
    return counted


def of_case(session: Session, case_id: int) -> Sequence[StaffNotice]:
    """List what was said of the deadlines of a case, the oldest first."""
    told = select(StaffNotice).where(StaffNotice.case_id == case_id).order_by(StaffNotice.id)
    return session.scalars(told).all()


def _lines(
    session: Session, *which: ColumnElement[bool], limit: int, before: int | None
) -> list[Line]:
    found = (
        select(StaffNotice, Case, Record, Department.name)
        .outerjoin(Case, Case.id == StaffNotice.case_id)
        .outerjoin(Record, Record.id == StaffNotice.record_id)
        .outerjoin(Department, Department.id == StaffNotice.department_id)
        .where(_STILL, *which)
    )
    if before is not None:
        found = found.where(StaffNotice.id < before)
    rows = session.execute(found.order_by(StaffNotice.id.desc()).limit(limit))
    return [Line(*row) for row in rows]
