"""Cases (办件): what a citizen asks of us, with a receipt code, a clock and a history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy
from core.db import Base, BigId, PrimaryKey, fixed, insert
from core.errors import AlreadyOpenError, CaseNotFoundError
from core.rules import Clock
from core.staff.members import Member

STATEMENT, NOTE = "case.statement", "case_event.note"  # the columns that texts are sealed for


class CaseKind(StrEnum):
    """What is asked: Objection 异议, Repair 信用修复, Complaint 投诉, DataRequest 个人信息请求."""

    OBJECTION = "objection"
    REPAIR = "repair"
    COMPLAINT = "complaint"
    DATA_REQUEST = "data_request"


class CaseState(StrEnum):
    """Where a case stands. Which state follows which, core.progress says."""

    SUBMITTED = "submitted"
    ANNOTATED = "annotated"
    FORWARDED = "forwarded"
    ACCEPTED = "accepted"
    SUPPLEMENT_WANTED = "supplement_wanted"
    NOT_ACCEPTED = "not_accepted"
    UPHELD = "upheld"
    REFUSED = "refused"
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


OPEN = frozenset(
    {
        *(CaseState.SUBMITTED, CaseState.ANNOTATED, CaseState.FORWARDED, CaseState.ACCEPTED),
        CaseState.SUPPLEMENT_WANTED,
    }
)


class Holder(StrEnum):
    """Whose turn it is: this platform's, the department's, the applicant's."""

    PLATFORM = "platform"
    DEPARTMENT = "department"
    APPLICANT = "applicant"


class Action(StrEnum):
    """What an event of a case was."""

    FILED = "filed"
    SUPPLEMENTED = "supplemented"
    MOVED = "moved"
    EXTENDED = "extended"
    STAND_IN = "stand_in"
    GIVEN_BACK = "given_back"


class Case(Base):
    """One application, about one record or, if a complaint or a data request, perhaps none.

    `organisation` is the code of the entity for which it was filed, whoever represents it then;
    `account_id` filed it. `grounds` are codes, joined by commas. `holder_id` is the department
    that decides, None where the platform does; `department_id` the one that is complained about;
    `stands_in_for` the one for which the platform acts. The clock: `clock` counts
    `clock_days` working days from `clock_from`, until `due_on`. While a supplement is awaited the
    case will go back to `resumes`, with `left_days` of its clock left; `paused_days` is how long
    it has waited altogether; `extended_days` by how many its clock was prolonged. `handler_id` is
    the member of the staff who has taken the case. `version` grows with every change.
    """

    __tablename__ = "cases"

    id: Mapped[PrimaryKey]
    kind: Mapped[CaseKind]
    receipt_code: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"), index=True)
    record_id: Mapped[BigId | None] = mapped_column(ForeignKey("records.id"))
    subject_id: Mapped[BigId | None] = mapped_column(ForeignKey("subjects.id"))
    organisation: Mapped[str | None] = mapped_column(index=True)
    department_id: Mapped[BigId | None] = mapped_column(ForeignKey("departments.id"))
    review_of_id: Mapped[BigId | None] = mapped_column(ForeignKey("cases.id"), unique=True)
    grounds: Mapped[str]
    statement: Mapped[str | None]  # of cases from before texts were sealed
    statement_sealed: Mapped[str | None]
    promised_at: Mapped[datetime | None]
    promise_version: Mapped[str | None]
    state: Mapped[CaseState]
    holder: Mapped[Holder | None]
    holder_id: Mapped[BigId | None] = mapped_column(ForeignKey("departments.id"))
    stands_in_for: Mapped[BigId | None] = mapped_column(ForeignKey("departments.id"))
    handler_id: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    clock: Mapped[Clock | None]
    clock_from: Mapped[date | None]
    clock_days: Mapped[int | None]
    due_on: Mapped[date | None]
    due_provisional: Mapped[bool | None]
    resumes: Mapped[CaseState | None]
    left_days: Mapped[int | None]
    paused_on: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0, server_default="0")
    extended_days: Mapped[int | None]
    cleared_at: Mapped[datetime | None]  # when its texts were erased

    @property
    def is_open(self) -> bool:
        """Say whether the case is still to be decided."""
        return self.state in OPEN


IS_OPEN = fixed(Case.state, *sorted(OPEN))
_ONE_AT_A_TIME = sa.and_(IS_OPEN, sa.not_(fixed(Case.kind, CaseKind.COMPLAINT)))
Index(
    "uq_cases_open",
    Case.kind,
    Case.record_id,
    unique=True,
    postgresql_where=_ONE_AT_A_TIME,
    sqlite_where=_ONE_AT_A_TIME,
)
_PROVISIONAL = Case.due_provisional.is_(sa.true())
Index(
    "ix_cases_provisional",
    Case.clock_from,
    Case.clock_days,
    postgresql_where=_PROVISIONAL,
    sqlite_where=_PROVISIONAL,
)
_KEPT = Case.cleared_at.is_(None)
Index("ix_cases_kept", Case.changed_at, postgresql_where=_KEPT, sqlite_where=_KEPT)
Index("ix_cases_due", Case.due_on, Case.id, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN)
for _name, _column in (
    ("ix_cases_holder", Case.holder),
    ("ix_cases_department", Case.holder_id),
    ("ix_cases_handler", Case.handler_id),
):
    Index(_name, _column, Case.due_on, Case.id, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN)


class CaseEvent(Base):
    """One step of a case: who did what, when; `reasons` are codes, joined by commas."""

    __tablename__ = "case_events"

    id: Mapped[PrimaryKey]
    case_id: Mapped[BigId] = mapped_column(ForeignKey("cases.id"), index=True)
    action: Mapped[Action | None]
    state: Mapped[CaseState]
    at: Mapped[datetime]
    who: Mapped[str]
    reasons: Mapped[str | None]
    note: Mapped[str]
    note_sealed: Mapped[str | None]


@dataclass(frozen=True)
class Opening:
    """A case about to be opened: all that its row says of itself at first."""

    kind: CaseKind
    account_id: int
    grounds: Sequence[str]
    statement_sealed: str
    record_id: int | None = None
    subject_id: int | None = None
    organisation: str | None = None
    department_id: int | None = None
    holder_id: int | None = None
    review_of_id: int | None = None
    promised_at: datetime | None = None
    promise_version: str | None = None


def open_one(session: Session, opening: Opening, *, now: datetime) -> Case:
    """Open a case. Raises AlreadyOpenError while another of its kind about its record is open.

    For a review it means that its case has had one.
    """
    row = vars(opening) | {
        "grounds": ",".join(opening.grounds),
        "receipt_code": privacy.receipt_code(),
        "state": CaseState.SUBMITTED,
        "opened_at": now,
        "changed_at": now,
    }
    new = insert(session, Case).values(row).on_conflict_do_nothing().returning(Case)
    case = session.scalar(new)
    if case is None:
        raise AlreadyOpenError
    return case


def note(session: Session, case: Case, action: Action, *, who: str, now: datetime) -> CaseEvent:
    """Write down one step of a case as it now stands."""
    step = CaseEvent(case_id=case.id, action=action, state=case.state, at=now, who=who, note="")
    session.add(step)
    session.flush()
    return step


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
