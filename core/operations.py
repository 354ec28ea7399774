"""Operations (办理任务): what takes longer than an answer may, and how far it is.

The rows are the truth; core.operating has what a worker does with one.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy
from core.db import Base, BigId, Facts, PrimaryKey, fixed
from core.errors import OperationNotFoundError

KEPT = timedelta(days=30)


class OwnerKind(StrEnum):
    """Who may ask for an operation."""

    ACCOUNT = "account"
    INSTITUTION = "institution"


@dataclass(frozen=True)
class Owner:
    """Who asked for an operation: an account or an institution, by its id."""

    kind: OwnerKind
    id: int


class OperationKind(StrEnum):
    """What is done; config/jobs.py names the function that does it."""

    REPORT = "report"
    BATCH_VERIFICATION = "batch_verification"


class OperationState(StrEnum):
    """Where an operation stands. The last two are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Operation(Base):
    """One operation. `given` and `result` hold ids, codes and numbers, nothing personal.

    `due_at` is when a worker may take it; an operation without one is moved by whoever does its
    work (core.reports). `fence` grows with each lease: who holds an old one changes nothing.
    """

    __tablename__ = "operations"

    id: Mapped[PrimaryKey]
    public_id: Mapped[str] = mapped_column(unique=True)
    owner_kind: Mapped[OwnerKind]
    owner_id: Mapped[BigId]
    kind: Mapped[OperationKind]
    state: Mapped[OperationState]
    given: Mapped[Facts]
    result: Mapped[Facts]
    error: Mapped[str | None]
    done: Mapped[int]
    total: Mapped[int | None]
    tries: Mapped[int]
    fence: Mapped[int]
    due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)


OPEN = fixed(Operation.state, OperationState.WAITING, OperationState.RUNNING)
Index("ix_operations_open", Operation.due_at, postgresql_where=OPEN, sqlite_where=OPEN)
Index("ix_operations_owner", Operation.owner_kind, Operation.owner_id)


@dataclass(frozen=True)
class Wanted:
    """What is asked for; `total` is what `done` will come to, if that is known already."""

    kind: OperationKind
    given: Facts = field(default_factory=dict)
    total: int | None = None
    kept: timedelta = KEPT


def ask(
    session: Session, owner: Owner, wanted: Wanted, *, leased: bool = True, now: datetime
) -> Operation:
    """Ask for an operation. One that is not `leased` is moved by whoever does its work."""
    operation = Operation(
        public_id=privacy.public_id(),
        owner_kind=owner.kind,
        owner_id=owner.id,
        kind=wanted.kind,
        state=OperationState.WAITING,
        given=wanted.given,
        result={},
        done=0,
        total=wanted.total,
        tries=0,
        fence=0,
        error=None,
        started_at=None,
        finished_at=None,
        due_at=now if leased else None,
        created_at=now,
        expires_at=now + wanted.kept,
    )
    session.add(operation)
    session.flush()
    return operation


def of_owner(session: Session, public_id: str, owner: Owner, *, now: datetime) -> Operation:
    """Return an operation to whoever asked for it. Raises OperationNotFoundError otherwise."""
    found = session.scalar(select(Operation).where(Operation.public_id == public_id))
    if found is None or (found.owner_kind, found.owner_id) != (owner.kind, owner.id):
        raise OperationNotFoundError
    if found.expires_at <= now:
        raise OperationNotFoundError
    return found


def discard(session: Session, *, now: datetime, limit: int = 1000) -> int:
    """Throw away what nobody may ask for any more; return how many of a chunk."""
    over = select(Operation.id).where(Operation.expires_at <= now)
    some = over.order_by(Operation.expires_at).limit(limit)
    gone = delete(Operation).where(Operation.id.in_(some)).returning(Operation.id)
    return len(session.scalars(gone).all())


def hand_over(session: Session, old: Owner, new: Owner) -> None:
    """Let the operations of one owner be another's, who is the same person."""
    theirs = Operation.owner_kind == old.kind, Operation.owner_id == old.id
    moved = update(Operation).where(*theirs).values(owner_kind=new.kind, owner_id=new.id)
    session.execute(moved, execution_options={"synchronize_session": False})


def forget(session: Session, owner: Owner) -> None:
    """Throw away the operations of an owner who leaves us."""
    mine = Operation.owner_kind == owner.kind, Operation.owner_id == owner.id
    session.execute(delete(Operation).where(*mine))
