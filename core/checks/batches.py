"""Batches: many entities checked in one order, chunk by chunk, each line once.

The lines are the truth of how far a batch is: a chunk's answers, its rows of the trail and the
step of the operation are one transaction, so whoever goes on after a crash begins where it ended.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy
from core.audit import trail
from core.calendar import day
from core.checks import findings
from core.checks.findings import Finding
from core.checks.ledger import READ, Order, number
from core.checks.uploads import Given, LineFault
from core.db import Base, BigId, Facts, PrimaryKey, insert
from core.errors import CheckNotFoundError, TooManyBatchesError
from core.institutions import ApiKey, CheckPurpose, Holder, Institution
from core.operations import OPEN, Operation, OperationKind, OwnerKind
from core.rules import Rulebook

CHUNK = 500
MOST_WAITING = 3  # of one institution: who sends more keeps all others waiting


class Batch(Base):
    """One order about many entities.

    `as_of` is the instant at which its first chunk was read; `sha256` the hash of all that it
    tells, once it is done. `cleared_at`: when its lines were erased.
    """

    __tablename__ = "check_batches"

    id: Mapped[PrimaryKey]
    check_no: Mapped[str] = mapped_column(unique=True)
    institution_id: Mapped[BigId] = mapped_column(ForeignKey(Institution.id))
    key_id: Mapped[BigId] = mapped_column(ForeignKey(ApiKey.id))
    purpose: Mapped[CheckPurpose]
    legal_basis: Mapped[str]
    reference: Mapped[str | None]
    total: Mapped[int]
    rejected: Mapped[int]
    checked: Mapped[int]
    asked_at: Mapped[datetime]
    as_of: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]
    sha256: Mapped[str | None]


class BatchLine(Base):
    """One line: refused with its fault, or to be checked, or told."""

    __tablename__ = "check_lines"

    batch_id: Mapped[BigId] = mapped_column(
        ForeignKey(Batch.id), primary_key=True, autoincrement=False
    )
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uscc: Mapped[str | None]
    name: Mapped[str | None]
    fault: Mapped[LineFault | None]
    told: Mapped[Facts | None] = mapped_column(JSON(none_as_null=True))


_WAITING = BatchLine.told.is_(None) & BatchLine.fault.is_(None)
Index(
    "ix_check_lines_waiting",
    BatchLine.batch_id,
    BatchLine.line_no,
    postgresql_where=_WAITING,
    sqlite_where=_WAITING,
)


@dataclass(frozen=True)
class Progress:
    """How many lines have been checked or refused, of how many."""

    done: int
    total: int

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left to check."""
        return self.done == self.total


def ask(session: Session, order: Order, given: Sequence[Given], *, now: datetime) -> Batch:
    """Write down what is to be checked. Raises TooManyBatchesError."""
    _demand_room(session, order.holder.id)
    batch = Batch(
        check_no=number(now),
        institution_id=order.holder.id,
        key_id=order.holder.key_id,
        purpose=order.purpose,
        legal_basis=order.legal_basis,
        reference=order.reference,
        total=len(given),
        rejected=sum(one.fault is not None for one in given),
        checked=0,
        asked_at=now,
    )
    session.add(batch)
    session.flush()
    session.execute(
        insert(session, BatchLine), [vars(one) | {"batch_id": batch.id} for one in given]
    )
    return batch


def advance(
    session: Session, rules: Rulebook, batch_id: int, *, now: datetime, chunk: int = CHUNK
) -> Progress:
    """Check the next lines of a batch; with the last one it is finished."""
    batch = session.get_one(Batch, batch_id, with_for_update=True)
    next_ones = session.scalars(_waiting(batch_id).limit(chunk)).all()
    if next_ones:
        _tell(session, batch, _found(session, rules, next_ones, now=now), now=now)
    progress = Progress(batch.rejected + batch.checked, batch.total)
    if progress.is_over and batch.finished_at is None:
        batch.as_of = batch.as_of or now
        batch.sha256, batch.finished_at = _hash(session, batch), now
    session.flush()
    return progress


def of_institution(session: Session, check_no: str, institution_id: int) -> Batch:
    """Return a batch to the institution that asked for it. Raises CheckNotFoundError."""
    mine = Batch.check_no == privacy.read_code(check_no), Batch.institution_id == institution_id
    found = session.scalar(select(Batch).where(*mine))
    if found is None:
        raise CheckNotFoundError
    return found


def ours(session: Session, check_no: str, sha256: str) -> Batch | None:
    """Return the batch of this number if this is its hash; a wrong one and no such look alike."""
    found = session.scalar(select(Batch).where(Batch.check_no == privacy.read_code(check_no)))
    held = (found and found.sha256) or ""
    return found if hmac.compare_digest(held.encode(), sha256.lower().encode()) else None


def lines(
    session: Session, batch_id: int, *, after: int = 0, limit: int = CHUNK
) -> Sequence[BatchLine]:
    """List lines in the order of the file."""
    mine = BatchLine.batch_id == batch_id, BatchLine.line_no > after
    return session.scalars(
        select(BatchLine).where(*mine).order_by(BatchLine.line_no).limit(limit)
    ).all()


def every_line(session: Session, batch_id: int) -> Iterator[Sequence[BatchLine]]:
    """Give all lines, page by page."""
    after = 0
    while page := lines(session, batch_id, after=after):
        yield page
        after = page[-1].line_no


def _demand_room(session: Session, institution_id: int) -> None:
    # Locked, so that of those who come at once each sees what the other asked for.
    session.get_one(Institution, institution_id, with_for_update=True)
    mine = Operation.owner_kind == OwnerKind.INSTITUTION, Operation.owner_id == institution_id
    waiting = *mine, Operation.kind == OperationKind.BATCH_VERIFICATION, OPEN
    if (session.scalar(select(func.count()).where(*waiting)) or 0) >= MOST_WAITING:
        raise TooManyBatchesError


def _waiting(batch_id: int) -> Select[BatchLine]:
    mine = BatchLine.batch_id == batch_id, _WAITING
    return select(BatchLine).where(*mine).order_by(BatchLine.line_no)


def _found(
    session: Session, rules: Rulebook, chunk: Sequence[BatchLine], *, now: datetime
) -> list[tuple[BatchLine, Finding]]:
    codes = [line.uscc for line in chunk if line.uscc]
    found = findings.of(session, rules, codes, today=day(now))
    return [(line, found.get(line.uscc or "", findings.NOTHING)) for line in chunk]


def _tell(
    session: Session, batch: Batch, answers: list[tuple[BatchLine, Finding]], *, now: datetime
) -> None:
    order = _order(session, batch)
    read = (order.access(READ, found.subject_id) for _, found in answers)
    trail.note_each(session, read, now=now)
    for line, found in answers:
        line.told = found.facts()
    batch.checked += len(answers)
    batch.as_of = batch.as_of or now


def _order(session: Session, batch: Batch) -> Order:
    institution = session.get_one(Institution, batch.institution_id)
    holder = Holder(institution.id, institution.name, institution.uscc, batch.key_id, frozenset())
    return Order(holder, batch.purpose, batch.legal_basis, batch.reference)


def _hash(session: Session, batch: Batch) -> str:
    order = (batch.purpose.value, batch.legal_basis, batch.reference)
    digest = hashlib.sha256(_json([batch.check_no, batch.institution_id, *order]))
    for page in every_line(session, batch.id):
        for line in page:
            digest.update(_json([line.line_no, line.uscc, line.name, line.fault, line.told]))
    return digest.hexdigest()


def _json(held: list[object]) -> bytes:
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"
