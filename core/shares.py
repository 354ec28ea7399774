"""Shares (授权查询码): a code that answers one question about its giver, a few times, for a while.

The question: does a record of serious dishonesty stand against you, now? Whoever holds the code is
told yes or no, as of when, and nothing else; the giver sees each answer, and may revoke the code.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, and_, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import dishonesty, privacy
from core.accounts import Account
from core.audit import purposes, trail
from core.db import Base, BigId, PrimaryKey
from core.errors import ShareNotFoundError, ShareNotValidError, TooManySharesError
from core.rules import Rulebook
from core.subjects import Subject
from core.vault import Vault

LONGEST_DAYS = 30
MOST_USES = 5
MOST_OPEN = 20  # for one account: who gives out more has lost sight of them
NOTE = "share.note"


class AskerKind(StrEnum):
    """What is known of who asked: nothing, a signed-in account, an institution."""

    ANYBODY = "anybody"
    ACCOUNT = "account"
    INSTITUTION = "institution"


class ShareState(StrEnum):
    """What has become of a share; only an open one answers."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Share(Base):
    """One code that an account gave out about a subject: hashed, never kept in clear.

    `note` says for whom it is, in the giver's words, encrypted.
    """

    __tablename__ = "shares"

    id: Mapped[PrimaryKey]
    public_id: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[BigId] = mapped_column(ForeignKey(Account.id), index=True)
    subject_id: Mapped[BigId] = mapped_column(ForeignKey(Subject.id))
    of_person: Mapped[bool]
    note: Mapped[str | None]
    most_uses: Mapped[int]
    uses: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ShareAnswer(Base):
    """That a share answered: when, and what kind of asker. Not what: that is nobody's later."""

    __tablename__ = "share_answers"

    id: Mapped[PrimaryKey]
    share_id: Mapped[BigId] = mapped_column(ForeignKey(Share.id), index=True)
    asker: Mapped[AskerKind]
    at: Mapped[datetime]


@dataclass(frozen=True)
class Terms:
    """How long a share answers, how often, and for whom it is."""

    days: int
    uses: int = 1
    note: str | None = None


@dataclass(frozen=True)
class Giver:
    """Who gives a share: an account, about the subject that it is or represents."""

    account_id: int
    subject_id: int
    of_person: bool


@dataclass(frozen=True)
class Told:
    """What whoever holds the code is told; an organisation is named, a person never."""

    of_person: bool
    has_serious_dishonesty: bool
    as_of: datetime
    name: str | None
    uscc: str | None


def give(
    session: Session, vault: Vault, giver: Giver, *, terms: Terms, now: datetime
) -> tuple[Share, str]:
    """Make a share; return it with its code, which is known to nobody afterwards.

    The terms are within LONGEST_DAYS and MOST_USES. Raises TooManySharesError.
    """
    still = select(func.count()).where(Share.account_id == giver.account_id, _is_open(now))
    if (session.scalar(still) or 0) >= MOST_OPEN:
        raise TooManySharesError
    code = privacy.receipt_code()
    share = Share(
        public_id=privacy.public_id(),
        code_hash=_hash(code),
        account_id=giver.account_id,
        subject_id=giver.subject_id,
        of_person=giver.of_person,
        note=vault.seal(terms.note, NOTE) if terms.note else None,
        most_uses=terms.uses,
        uses=0,
        created_at=now,
        expires_at=now + timedelta(days=terms.days),
        revoked_at=None,
    )
    session.add(share)
    session.flush()
    return share, code


def answer(
    session: Session, rules: Rulebook, code: str, *, asker: AskerKind, now: datetime
) -> Told:
    """Answer whoever holds a code: decided now, written down, and seen by who gave it.

    Raises ShareNotValidError alike for a code that is unknown, used, expired or revoked.
    """
    held = Share.code_hash == _hash(privacy.read_code(code)), _is_open(now)
    # One statement, so that of two who ask at once only one is answered.
    used = update(Share).where(*held).values(uses=Share.uses + 1)
    share = session.scalar(used.returning(Share))
    if share is None:
        raise ShareNotValidError
    said = dishonesty.stands(session, rules, share.subject_id, now=now)
    session.add(ShareAnswer(share_id=share.id, asker=asker, at=now))
    access = purposes.share(share.id).reads(share.subject_id, "dishonesty")
    trail.note(session, access, now=now)
    subject = session.get_one(Subject, share.subject_id)
    return Told(share.of_person, said, now, subject.name or None, subject.uscc)


def of_account(
    session: Session, account_id: int, *, limit: int, before: int | None = None
) -> Sequence[Share]:
    """List an account's shares, newest first; `before` is where the last page ended."""
    mine = select(Share).where(Share.account_id == account_id)
    if before is not None:
        mine = mine.where(Share.id < before)
    return session.scalars(mine.order_by(Share.id.desc()).limit(limit)).all()


def answers(session: Session, shares: Sequence[Share]) -> Mapping[int, list[ShareAnswer]]:
    """Return what each share answered, oldest first."""
    found: dict[int, list[ShareAnswer]] = {share.id: [] for share in shares}
    given = select(ShareAnswer).where(ShareAnswer.share_id.in_(list(found)))
    for one in session.scalars(given.order_by(ShareAnswer.id)):
        found[one.share_id].append(one)
    return found


def one_of(session: Session, public_id: str, account_id: int) -> Share:
    """Return a share to whoever gave it. Raises ShareNotFoundError for anybody else."""
    share = session.scalar(select(Share).where(Share.public_id == public_id))
    if share is None or share.account_id != account_id:
        raise ShareNotFoundError
    return share


def revoke(session: Session, public_id: str, account_id: int, *, now: datetime) -> None:
    """Let a share answer no more; once more changes nothing. Raises ShareNotFoundError."""
    share = one_of(session, public_id, account_id)
    first = update(Share).where(Share.id == share.id, Share.revoked_at.is_(None))
    session.execute(first.values(revoked_at=now))


def forget(session: Session, account_id: int) -> None:
    """Throw away the shares of an account that is deleted: no code of it answers any more."""
    mine = select(Share.id).where(Share.account_id == account_id)
    session.execute(delete(ShareAnswer).where(ShareAnswer.share_id.in_(mine)))
    session.execute(delete(Share).where(Share.account_id == account_id))


def state(share: Share, *, now: datetime) -> ShareState:
    """Say what has become of a share."""
    if share.revoked_at is not None:
        return ShareState.REVOKED
    if share.uses >= share.most_uses:
        return ShareState.USED
    return ShareState.OPEN if now < share.expires_at else ShareState.EXPIRED


def _is_open(now: datetime) -> ColumnElement[bool]:
    unused = Share.uses < Share.most_uses
    return and_(Share.revoked_at.is_(None), Share.expires_at > now, unused)


def _hash(code: str) -> str:
    # 80 random bits are found again by nobody: no key is needed, and none has to be kept for it.
    return hashlib.sha256(f"share:{code}".encode()).hexdigest()
