"""Cases (办件): what a citizen asks of us, with a receipt code and a history."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy
from core.db import Base, BigId, PrimaryKey, insert
from core.errors import AlreadyOpenError, CaseNotFoundError
from core.records import Record


class CaseKind(StrEnum):
    """What is asked: Objection 异议, or Repair 信用修复."""

    OBJECTION = "objection"
    REPAIR = "repair"


class CaseState(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    UPHELD = "upheld"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Case(Base):
    """One application about one record."""

    __tablename__ = "cases"

    id: Mapped[PrimaryKey]
    kind: Mapped[CaseKind]
    receipt_code: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"), index=True)
    record_id: Mapped[BigId] = mapped_column(ForeignKey("records.id"))
    grounds: Mapped[str]
    statement: Mapped[str]
    state: Mapped[CaseState]
    holder_id: Mapped[BigId] = mapped_column(ForeignKey("departments.id"))
    opened_at: Mapped[datetime]


_OPEN = Case.state == CaseState.SUBMITTED
Index(
    "uq_cases_open",
    Case.kind,
    Case.record_id,
    unique=True,
    postgresql_where=_OPEN,
    sqlite_where=_OPEN,
)


class CaseEvent(Base):
    """One step of a case: who did what, when."""

    __tablename__ = "case_events"

    id: Mapped[PrimaryKey]
    case_id: Mapped[BigId] = mapped_column(ForeignKey("cases.id"), index=True)
    state: Mapped[CaseState]
    at: Mapped[datetime]
    who: Mapped[str]
    note: Mapped[str]


@dataclass(frozen=True)
class Form:
    """What is filed."""

    kind: CaseKind
    grounds: str
    statement: str


def open_one(
    session: Session, record: Record, form: Form, *, account_id: int, now: datetime
) -> Case:
    """Open a case about a record. Raises AlreadyOpenError while another of its kind is open."""
    row = {
        "kind": form.kind,
        "receipt_code": privacy.receipt_code(),
        "account_id": account_id,
        "record_id": record.id,
        "grounds": form.grounds,
        "statement": form.statement,
        "state": CaseState.SUBMITTED,
        "holder_id": record.department_id,
        "opened_at": now,
    }
    new = insert(session, Case).values(row).on_conflict_do_nothing().returning(Case)
    case = session.scalar(new)
    if case is None:
        raise AlreadyOpenError
    step = {"case_id": case.id, "state": case.state, "at": now, "who": "applicant", "note": ""}
    session.add(CaseEvent(**step))
    return case


def by_code(session: Session, code: str) -> Case:
    """Return the case with this receipt code. Raises CaseNotFoundError."""
    case = session.scalar(select(Case).where(Case.receipt_code == privacy.read_code(code)))
    if case is None:
        raise CaseNotFoundError
    return case


def steps(session: Session, case_id: int) -> list[CaseEvent]:
    """List what happened to a case, oldest first."""
    history = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)
    return list(session.scalars(history))
