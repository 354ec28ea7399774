"""The ledger of evidence: whose file, of what kind, what became of it, which case has it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy, tallies
from core.case_errors import (
    EvidenceAttachedError,
    EvidenceNotFoundError,
    EvidenceUnfitError,
    TooMuchEvidenceError,
)
from core.db import Base, BigId, PrimaryKey, fixed
from core.evidence.kinds import EvidenceState, Flaw, MediaType
from core.tallies import Counted

NAME = "evidence.name"  # the column that a file's name is sealed for
WAITS = timedelta(hours=24)  # so long a file may wait for its case
MOST_WAITING = 30
MOST_OF_A_CASE = 10
FIT = frozenset({EvidenceState.PENDING, EvidenceState.CLEAN})


class Evidence(Base):
    """One file, which expires unless it is attached to a case.

    `file_key` names it on the shelf; `sha256` and `size` are of what was sent, `kept_sha256` and
    `kept_size` of what was kept after cleaning. `scanned` says whether a virus scanner looked.
    """

    __tablename__ = "evidence"

    id: Mapped[PrimaryKey]
    public_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"), index=True)
    file_key: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[MediaType]
    name_sealed: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    state: Mapped[EvidenceState]
    flaw: Mapped[Flaw | None]
    scanned: Mapped[bool | None]
    pages: Mapped[int | None]
    kept_sha256: Mapped[str | None]
    kept_size: Mapped[int | None]
    uploaded_at: Mapped[datetime]
    examined_at: Mapped[datetime | None]
    attached_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    tries: Mapped[int]
    due_at: Mapped[datetime]


class CaseEvidence(Base):
    """One file of one case; a case that is filed again takes the earlier one's files along."""

    __tablename__ = "case_evidence"

    case_id: Mapped[BigId] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    evidence_id: Mapped[BigId] = mapped_column(
        ForeignKey("evidence.id"), primary_key=True, index=True
    )
    added_at: Mapped[datetime]


PENDING = fixed(Evidence.state, EvidenceState.PENDING)
_LOOSE = Evidence.expires_at.is_not(None)
Index("ix_evidence_pending", Evidence.due_at, postgresql_where=PENDING, sqlite_where=PENDING)
Index("ix_evidence_loose", Evidence.expires_at, postgresql_where=_LOOSE, sqlite_where=_LOOSE)


@dataclass(frozen=True)
class Arrived:
    """A file that has come in and lies on the shelf."""

    account_id: int
    file_key: str
    media_type: MediaType
    name_sealed: str
    sha256: str
    size: int


def add(session: Session, arrived: Arrived, *, now: datetime) -> Evidence:
    """Enter a file that waits to be examined, and for its case.

    Raises TooMuchEvidenceError, DailyLimitError.
    """
    mine = Evidence.account_id == arrived.account_id, Evidence.expires_at > now
    if (session.scalar(select(func.count()).where(*mine)) or 0) >= MOST_WAITING:
        raise TooMuchEvidenceError
    tallies.add(session, arrived.account_id, Counted.EVIDENCE_BYTES, amount=arrived.size, now=now)
    entered = Evidence(
        **vars(arrived),
        public_id=privacy.file_key(),
        state=EvidenceState.PENDING,
        uploaded_at=now,
        expires_at=now + WAITS,
        tries=0,
        due_at=now,
    )
    session.add(entered)
    session.flush()
    return entered


def stands(now: datetime) -> ColumnElement[bool]:
    """Say of a file whether it is there still: it is part of a case, or waits for one."""
    return or_(Evidence.expires_at.is_(None), Evidence.expires_at > now)


def discard(session: Session, public_id: str, account_id: int, *, now: datetime) -> str:
    """Forget a file that has no case; return the key by which the shelf drops it.

    Raises EvidenceNotFoundError, EvidenceAttachedError.
    """
    (one,) = _held(session, {public_id}, account_id, now=now)
    if one.attached_at is not None:
        raise EvidenceAttachedError
    session.delete(one)
    session.flush()
    return one.file_key


def attach(
    session: Session, case_id: int, public_ids: Collection[str], *, account_id: int, now: datetime
) -> None:
    """Attach files that wait for a case.

    Raises EvidenceNotFoundError, EvidenceAttachedError, EvidenceUnfitError.
    """
    wanted = set(public_ids)
    if not wanted:
        return
    found = _held(session, wanted, account_id, now=now)
    if any(one.attached_at is not None for one in found):
        raise EvidenceAttachedError
    if any(one.state not in FIT for one in found):
        raise EvidenceUnfitError
    for one in found:
        one.attached_at, one.expires_at = now, None
    session.add_all(
        CaseEvidence(case_id=case_id, evidence_id=one.id, added_at=now) for one in found
    )
    session.flush()


def carry(session: Session, from_case: int, to_case: int, *, now: datetime) -> None:
    """Let a case have the sound files of an earlier one, too."""
    held = (
        select(literal(to_case), Evidence.id, literal(now, CaseEvidence.added_at.type))
        .join(CaseEvidence, CaseEvidence.evidence_id == Evidence.id)
        .where(CaseEvidence.case_id == from_case, Evidence.state.in_(sorted(FIT)))
    )
    columns = ["case_id", "evidence_id", "added_at"]
    session.execute(insert(CaseEvidence).from_select(columns, held, include_defaults=False))


def of_case(session: Session, case_id: int) -> Sequence[Evidence]:
    """List the files of a case in the order in which they were sent."""
    held = select(Evidence).join(CaseEvidence, CaseEvidence.evidence_id == Evidence.id)
    return session.scalars(held.where(CaseEvidence.case_id == case_id).order_by(Evidence.id)).all()


def next_after(session: Session, evidence_id: int) -> Evidence | None:
    """Return the next file after an id, its row locked so that nobody else writes the file."""
    later = select(Evidence).where(Evidence.id > evidence_id).order_by(Evidence.id).limit(1)
    return session.scalar(later.with_for_update())


def any_expired(session: Session, *, now: datetime) -> bool:
    """Say whether some file has waited in vain."""
    over = select(Evidence.id).where(Evidence.expires_at <= now).limit(1)
    return session.scalar(over) is not None


def expire(session: Session, *, now: datetime, limit: int = 200) -> Sequence[str]:
    """Forget files that have waited in vain; return the keys by which the shelf drops them."""
    over = select(Evidence.id).where(Evidence.expires_at <= now).order_by(Evidence.expires_at)
    ids = session.scalars(over.limit(limit).with_for_update(skip_locked=True)).all()
    gone = delete(Evidence).where(Evidence.id.in_(ids)).returning(Evidence.file_key)
    return session.scalars(gone).all() if ids else []


def unknown(session: Session, keys: Collection[str]) -> set[str]:
    """Return those keys of the shelf that no row names: files of a moment that was cut off."""
    held = session.scalars(select(Evidence.file_key).where(Evidence.file_key.in_(list(keys))))
    return set(keys) - set(held)


def _held(
    session: Session, public_ids: set[str], account_id: int, *, now: datetime
) -> Sequence[Evidence]:
    # Locked in order: of two cases that claim a file at once one gets it.
    wanted = _mine(public_ids, account_id, now).order_by(Evidence.id).with_for_update()
    found = session.scalars(wanted).all()
    if len(found) < len(public_ids):
        raise EvidenceNotFoundError
    return found


def _mine(public_ids: set[str], account_id: int, now: datetime) -> Select[Evidence]:
    named = Evidence.public_id.in_(sorted(public_ids)), Evidence.account_id == account_id
    return select(Evidence).where(*named, stands(now))
