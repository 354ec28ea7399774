"""Institutions (机构): who checks subjects by machine, and with which keys."""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, and_, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import identifiers, privacy, subjects
from core.db import Base, BigId, PrimaryKey, insert
from core.errors import InstitutionKnownError, InstitutionNotFoundError, KeyNotFoundError

MARK = "xyk"  # how a key begins, so that whoever finds one knows what it is
LONGEST = timedelta(days=730)
# Every call would else be a write: to the minute is near enough to see that a key is in use.
_USE_NOTED_EVERY = timedelta(minutes=1)
_SECRET_BYTES = 32
_KEY_MOST = 200


class InstitutionState(StrEnum):
    """Whether the keys of an institution are good."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Scope(StrEnum):
    """What a key may do: check one entity, many in a file, a person who authorised it."""

    CHECK_ENTITIES = "check_entities"
    CHECK_BATCHES = "check_batches"
    CHECK_PERSONS = "check_persons"


class CheckPurpose(StrEnum):
    """What a check is for; it stands in the answer and in the trail."""

    PROCUREMENT = "procurement"
    TENDERING = "tendering"
    APPROVAL = "approval"
    PUBLIC_FUNDS = "public_funds"
    AWARDS = "awards"
    FINANCING = "financing"
    SUPERVISION = "supervision"


class Institution(Base):
    """One institution, under its unified social credit code."""

    __tablename__ = "institutions"

    id: Mapped[PrimaryKey]
    name: Mapped[str]
    uscc: Mapped[str] = mapped_column(unique=True)
    state: Mapped[InstitutionState]
    created_at: Mapped[datetime]


class ApiKey(Base):
    """One key: its beginning is shown, of the whole only a hash is kept (it is 256 random bits)."""

    __tablename__ = "api_keys"

    id: Mapped[PrimaryKey]
    institution_id: Mapped[BigId] = mapped_column(ForeignKey("institutions.id"), index=True)
    prefix: Mapped[str] = mapped_column(unique=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    @property
    def granted(self) -> frozenset[Scope]:
        """Return what this key may do."""
        return frozenset(map(Scope, self.scopes.split()))


@dataclass(frozen=True)
class Holder:
    """The institution that holds a key, and by which key it asks."""

    id: int
    name: str
    uscc: str
    key_id: int
    scopes: frozenset[Scope]


def names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the names of institutions by their ids."""
    named = select(Institution.id, Institution.name).where(Institution.id.in_(sorted(ids)))
    return {row.id: row.name for row in session.execute(named)}


def enrol(session: Session, name: str, uscc: str, *, now: datetime) -> int:
    """Enrol an institution; return its id.

    Raises NotACodeError, CitizenIdRefusedError, InstitutionKnownError.
    """
    row = {
        "name": name,
        "uscc": subjects.read_code(uscc),
        "state": InstitutionState.ACTIVE,
        "created_at": now,
    }
    new = insert(session, Institution).values(row).on_conflict_do_nothing()
    institution_id: int | None = session.scalar(new.returning(Institution.id))
    if institution_id is None:
        raise InstitutionKnownError
    return institution_id


def by_uscc(session: Session, uscc: str, *, state: InstitutionState | None = None) -> Institution:
    """Return an institution, if it is in this state. Raises InstitutionNotFoundError."""
    number = identifiers.normalise(uscc)
    found = session.scalar(select(Institution).where(Institution.uscc == number))
    if found is None or state not in (None, found.state):
        raise InstitutionNotFoundError
    return found


def everyone(session: Session) -> Sequence[Institution]:
    """List the institutions in the order in which they were enrolled."""
    return session.scalars(select(Institution).order_by(Institution.id)).all()


def set_state(session: Session, uscc: str, state: InstitutionState) -> int:
    """Suspend an institution with all its keys, or let it in again. Raises as `by_uscc`."""
    institution = by_uscc(session, uscc)
    institution.state = state
    session.flush()
    return institution.id


def issue(
    session: Session, uscc: str, scopes: Iterable[Scope], *, lasts: timedelta, now: datetime
) -> tuple[ApiKey, str]:
    """Issue a key; return its row and the key itself, which nobody sees again. Raises as `by_uscc`.

    A key lasts two years at most.
    """
    institution = by_uscc(session, uscc)
    prefix = f"{MARK}_{privacy.serial()}"
    secret = f"{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    key = ApiKey(
        institution_id=institution.id,
        prefix=prefix,
        secret_hash=_hash(secret),
        scopes=" ".join(sorted(set(scopes))),
        created_at=now,
        expires_at=now + min(lasts, LONGEST),
    )
    session.add(key)
    session.flush()
    return key, secret


def keys_of(session: Session, institution_id: int) -> Sequence[ApiKey]:
    """List the keys of an institution, newest first."""
    mine = ApiKey.institution_id == institution_id
    return session.scalars(select(ApiKey).where(mine).order_by(ApiKey.id.desc())).all()


def revoke(session: Session, prefix: str, *, now: datetime) -> int:
    """Revoke a key by its beginning, at once; return its id. Raises KeyNotFoundError."""
    gone = update(ApiKey).where(ApiKey.prefix == prefix)
    # The first time counts: it says from when on nothing can have been asked.
    when = func.coalesce(ApiKey.revoked_at, now, type_=ApiKey.revoked_at.type)
    key_id: int | None = session.scalar(gone.values(revoked_at=when).returning(ApiKey.id))
    if key_id is None:
        raise KeyNotFoundError
    return key_id


def holder(session: Session, secret: str, *, now: datetime) -> Holder | None:
    """Return who holds a key that is good now; an unknown, revoked or expired one is nobody's."""
    if len(secret) > _KEY_MOST:
        return None
    good = ApiKey.revoked_at.is_(None), ApiKey.expires_at > now
    found = (
        select(ApiKey, Institution)
        .join(Institution, Institution.id == ApiKey.institution_id)
        .where(ApiKey.secret_hash == _hash(secret), *good)
        .where(Institution.state == InstitutionState.ACTIVE)
    )
    row = session.execute(found).one_or_none()
    if row is None:
        return None
    key, institution = row
    return Holder(institution.id, institution.name, institution.uscc, key.id, key.granted)


def used(session: Session, key_id: int, *, now: datetime) -> None:
    """Note that a key is in use."""
    session.execute(update(ApiKey).where(_use_is_old(key_id, now)).values(last_used_at=now))


def must_note_use(session: Session, key_id: int, *, now: datetime) -> bool:
    """Say whether the last use of a key was noted too long ago."""
    old = select(ApiKey.id).where(_use_is_old(key_id, now))
    return session.scalar(old) is not None


def _use_is_old(key_id: int, now: datetime) -> ColumnElement[bool]:
    old = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < now - _USE_NOTED_EVERY)
    return and_(ApiKey.id == key_id, old)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
