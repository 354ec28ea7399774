"""Real names (实名核验): whom an account was verified to be, and whom to represent.

A verified person has one account, and an account one verified person: whoever comes as the same
person with a second account is told to sign in with the first, or to delete it. Nothing moves by
itself, because a stolen telephone must not carry off somebody's cases. The provider's name for a
person is kept as a hash only.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.account_errors import AnotherPersonError, VerifiedElsewhereError
from core.accounts import Account
from core.calendar import day
from core.db import Base, BigId, PrimaryKey, insert
from core.subjects import Subject


class Verification(Base):
    """What an identity provider said of whoever holds an account.

    `subject_id` is the natural person, if we know one; `organisation` the code of an entity that
    the person was verified to represent, until the end of a day (see core.representation).
    """

    __tablename__ = "verifications"
    __table_args__ = (UniqueConstraint("issuer", "subject_hash"),)

    id: Mapped[PrimaryKey]
    account_id: Mapped[BigId] = mapped_column(ForeignKey(Account.id), unique=True)
    issuer: Mapped[str]
    subject_hash: Mapped[str]
    subject_id: Mapped[BigId | None] = mapped_column(ForeignKey(Subject.id))
    organisation: Mapped[str | None] = mapped_column(index=True)
    organisation_until: Mapped[date | None]
    verified_at: Mapped[datetime]


_IS_KNOWN = Verification.subject_id.is_not(None)
Index(
    "uq_verifications_person",
    Verification.subject_id,
    unique=True,
    postgresql_where=_IS_KNOWN,
    sqlite_where=_IS_KNOWN,
)


@dataclass(frozen=True)
class Verified:
    """What a provider vouches for: its own name for a person, and what that means to us."""

    issuer: str
    subject: str
    subject_id: int | None = None
    organisation: str | None = None
    organisation_until: date | None = None


def bind(session: Session, account_id: int, verified: Verified, *, now: datetime) -> Verification:
    """Note whom an account was just verified to be; the newest organisation counts.

    Raises VerifiedElsewhereError if this person has another account, AnotherPersonError if this
    account has another person.
    """
    row = {
        "account_id": account_id,
        "issuer": verified.issuer,
        "subject_hash": _hash(verified.issuer, verified.subject),
        "subject_id": verified.subject_id,
        "organisation": verified.organisation,
        "organisation_until": verified.organisation_until,
        "verified_at": now,
    }
    new = insert(session, Verification).values(row).on_conflict_do_nothing()
    added: Verification | None = session.scalar(new.returning(Verification))
    return added or _renew(session, row)


def of_account(session: Session, account_id: int) -> Verification | None:
    """Return whom an account was verified to be, if it was."""
    return session.scalar(select(Verification).where(Verification.account_id == account_id))


def verified_on(session: Session, subject_ids: Collection[int]) -> dict[int, date]:
    """Return on which day each of these natural persons was last verified, if ever."""
    columns = Verification.subject_id, Verification.verified_at
    known = select(*columns).where(bulk.among(session, Verification.subject_id, subject_ids))
    return {subject_id: day(at) for subject_id, at in session.execute(known) if subject_id}


def forget(session: Session, account_id: int) -> None:
    """Forget whom an account was verified to be, so that the person may have another."""
    session.execute(delete(Verification).where(Verification.account_id == account_id))


def _renew(session: Session, row: dict[str, object]) -> Verification:
    mine = select(Verification).where(Verification.account_id == row["account_id"])
    held = session.scalar(mine.with_for_update())
    if held is None:
        raise VerifiedElsewhereError
    if (held.issuer, held.subject_hash) != (row["issuer"], row["subject_hash"]):
        raise AnotherPersonError
    row["subject_id"] = row["subject_id"] or held.subject_id
    if row["subject_id"] != held.subject_id and _is_taken(session, row["subject_id"]):
        raise VerifiedElsewhereError
    try:
        with session.begin_nested():
            for name, value in row.items():
                setattr(held, name, value)
            session.flush()
    except IntegrityError:  # another account became this person in the same moment
        raise VerifiedElsewhereError from None
    return held


def _is_taken(session: Session, subject_id: object) -> bool:
    same = Verification.subject_id == subject_id, _IS_KNOWN
    return session.scalar(select(Verification.id).where(*same)) is not None


def _hash(issuer: str, subject: str) -> str:
    return hashlib.sha256(f"{issuer}\x1f{subject}".encode()).hexdigest()
