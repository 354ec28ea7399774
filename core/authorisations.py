"""Authorisations (授权): a person lets one institution look, for one purpose, for a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import institutions, privacy
from core.calendar import add_months, day
from core.db import Base, BigId, PrimaryKey
from core.errors import (
    AuthorisationNotFoundError,
    AuthorisationTermError,
    TooManyAuthorisationsError,
)
from core.institutions import CheckPurpose, Institution, InstitutionState
from core.subjects import Subject

MOST = 100  # that hold at once, for one person
_MONTHS = 12


class AuthorisedScope(StrEnum):
    """What may be looked at: one answer, or the records that the law lets be shown with consent."""

    DISHONESTY = "dishonesty"
    RECORDS = "records"


class AuthorisationState(StrEnum):
    """Whether an authorisation holds."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Authorisation(Base):
    """One authorisation. The person hands `code` to the institution; `until` is the last day."""

    __tablename__ = "authorisations"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    subject_id: Mapped[BigId] = mapped_column(ForeignKey(Subject.id))
    institution_id: Mapped[BigId] = mapped_column(ForeignKey(Institution.id))
    purpose: Mapped[CheckPurpose]
    scope: Mapped[AuthorisedScope]
    granted_at: Mapped[datetime]
    until: Mapped[date]
    revoked_at: Mapped[datetime | None]

    def state(self, today: date) -> AuthorisationState:
        """Say whether it holds on a day."""
        if self.revoked_at is not None:
            return AuthorisationState.REVOKED
        return AuthorisationState.ACTIVE if today <= self.until else AuthorisationState.EXPIRED


Index("ix_authorisations_person", Authorisation.subject_id, Authorisation.id)


@dataclass(frozen=True)
class Grant:
    """What a person grants: to the institution under a code, for what, how much, until when."""

    uscc: str
    purpose: CheckPurpose
    scope: AuthorisedScope
    until: date


def grant(session: Session, subject_id: int, granted: Grant, *, now: datetime) -> Authorisation:
    """Grant an authorisation.

    Raises InstitutionNotFoundError, also for a suspended one, AuthorisationTermError,
    TooManyAuthorisationsError.
    """
    today = day(now)
    if not today <= granted.until <= add_months(today, _MONTHS):
        raise AuthorisationTermError
    institution = institutions.by_uscc(session, granted.uscc, state=InstitutionState.ACTIVE)
    row = Authorisation(
        code=privacy.receipt_code(),
        subject_id=subject_id,
        institution_id=institution.id,
        purpose=granted.purpose,
        scope=granted.scope,
        granted_at=now,
        until=granted.until,
        revoked_at=None,
    )
    session.add(row)
    session.flush()
    if _holding(session, subject_id, today) > MOST:
        raise TooManyAuthorisationsError
    return row


def of_person(session: Session, subject_id: int) -> Sequence[tuple[Authorisation, Institution]]:
    """List what a person granted to whom, newest first: those that hold, and some of the past."""
    mine = (
        select(Authorisation, Institution)
        .join(Institution, Institution.id == Authorisation.institution_id)
        .where(Authorisation.subject_id == subject_id)
        .order_by(Authorisation.revoked_at.is_not(None), Authorisation.id.desc())
        .limit(2 * MOST)
    )
    return [(row[0], row[1]) for row in session.execute(mine)]


def revoke(session: Session, subject_id: int, code: str, *, now: datetime) -> None:
    """End an authorisation at once. Raises AuthorisationNotFoundError, for a stranger alike."""
    mine = Authorisation.code == privacy.read_code(code), Authorisation.subject_id == subject_id
    when = func.coalesce(Authorisation.revoked_at, now, type_=Authorisation.revoked_at.type)
    ended = update(Authorisation).where(*mine).values(revoked_at=when)
    if session.scalar(ended.returning(Authorisation.id)) is None:
        raise AuthorisationNotFoundError


def revoke_all(session: Session, subject_id: int, *, now: datetime) -> None:
    """End all that a person granted: whoever leaves us is looked at by nobody."""
    open_ = Authorisation.subject_id == subject_id, Authorisation.revoked_at.is_(None)
    session.execute(update(Authorisation).where(*open_).values(revoked_at=now))


def holding(
    session: Session, code: str, *, institution_id: int, purpose: CheckPurpose, now: datetime
) -> Authorisation:
    """Return the authorisation that lets an institution look now, for this purpose.

    Raises AuthorisationNotFoundError whatever is missing: nobody learns whether a person exists.
    The row is locked against a revocation in the same moment.
    """
    found = session.scalar(
        select(Authorisation)
        .where(Authorisation.code == privacy.read_code(code))
        .where(Authorisation.institution_id == institution_id, Authorisation.purpose == purpose)
        .with_for_update(read=True)
    )
    if found is None or found.state(day(now)) is not AuthorisationState.ACTIVE:
        raise AuthorisationNotFoundError
    return found


def _holding(session: Session, subject_id: int, today: date) -> int:
    mine = Authorisation.subject_id == subject_id, Authorisation.revoked_at.is_(None)
    return session.scalar(select(func.count()).where(*mine, Authorisation.until >= today)) or 0
