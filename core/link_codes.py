"""Link codes (绑定码): by which a person says in WeChat that an account in the app is theirs."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy
from core.accounts import Account
from core.db import Base, BigId, PrimaryKey
from core.errors import CreditError

LASTS = timedelta(minutes=10)


class LinkCodeError(CreditError):
    """The code is nobody's, or its time is over: the two must look alike."""

    code = "link_code_invalid"


class LinkCode(Base):
    """One code, as a hash; an account has one at most, and it is gone once it is used."""

    __tablename__ = "link_codes"

    id: Mapped[PrimaryKey]
    account_id: Mapped[BigId] = mapped_column(ForeignKey(Account.id), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


def make(session: Session, account_id: int, *, now: datetime) -> tuple[str, datetime]:
    """Return a new code and its last instant; an earlier one is good no more."""
    mine, over = LinkCode.account_id == account_id, LinkCode.expires_at <= now
    session.execute(delete(LinkCode).where(mine | over))
    code, until = privacy.serial(), now + LASTS
    session.add(LinkCode(account_id=account_id, code_hash=_hash(code), expires_at=until))
    session.flush()
    return code, until


def key(typed: str) -> str:
    """Return what a code is kept as, however it was typed."""
    return _hash(privacy.read_code(typed))


def whose(session: Session, kept: str, *, now: datetime) -> int | None:
    """Return whose code this is, by its key; it stays good."""
    named = LinkCode.code_hash == kept, LinkCode.expires_at > now
    return session.scalar(select(LinkCode.account_id).where(*named))


def use(session: Session, kept: str, *, now: datetime) -> int:
    """Return whose code this is, by its key; it is used up. Raises LinkCodeError."""
    named = LinkCode.code_hash == kept
    found = session.scalar(select(LinkCode).where(named).with_for_update())
    if found is None or found.expires_at <= now:
        raise LinkCodeError
    session.delete(found)
    session.flush()
    return found.account_id


def forget(session: Session, account_id: int) -> None:
    """Forget the code of an account."""
    session.execute(delete(LinkCode).where(LinkCode.account_id == account_id))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()
