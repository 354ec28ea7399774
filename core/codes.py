"""Codes by text message (短信验证码): six digits, a few minutes, a few tries, used once.

Of a row only hashes last: the number and the code that a worker has to send are encrypted, and
erased once they were sent or are of no use any more.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session

from core import phones
from core.account_errors import TooManyCodesError
from core.db import Base, PrimaryKey, insert
from core.vault import Vault

LIFE = timedelta(minutes=5)
TRIES = 5
# How many codes for one purpose one number may be sent within how long: a flood is a nuisance and
# costs money. Purposes count apart: who has just signed in may have to prove at once who they are,
# and whoever asks for sign-in codes of a number that is not theirs locks nobody out of the other.
LIMITS = ((timedelta(minutes=1), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
TEXT = "sms.text"
_MINUTE = 60


class Purpose(StrEnum):
    """What a code is good for: signing in, proving again who one is, showing a new number.

    OLD_PHONE is good for nothing: it tells a number that it leads to the account no more.
    """

    SIGN_IN = "sign_in"
    STEP_UP = "step_up"
    NEW_PHONE = "new_phone"
    OLD_PHONE = "old_phone"


class Code(Base):
    """One code. `minute` is the minute that it was asked for in; `sealed` is what is to be sent."""

    __tablename__ = "sms_codes"
    __table_args__ = (UniqueConstraint("number_hash", "purpose", "minute"),)

    id: Mapped[PrimaryKey]
    purpose: Mapped[Purpose]
    language: Mapped[str]
    number_hash: Mapped[str]
    minute: Mapped[int]
    code_hash: Mapped[str]
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    tries: Mapped[int]
    used_at: Mapped[datetime | None]
    sealed: Mapped[str | None]
    due_at: Mapped[datetime]


_WAITING = Code.sealed.is_not(None)
Index("ix_sms_codes_waiting", Code.due_at, postgresql_where=_WAITING, sqlite_where=_WAITING)


@dataclass(frozen=True)
class Text:
    """A message to send, in clear, for the worker's hands only; `key` tells a repeated try."""

    id: int
    purpose: Purpose
    language: str
    key: str
    number: str
    code: str


@dataclass(frozen=True)
class Wanted:
    """Which code is meant: sent to which number, for what."""

    number: str
    purpose: Purpose


def ask(session: Session, vault: Vault, wanted: Wanted, *, language: str, now: datetime) -> None:
    """Make a code and have it sent; an earlier one is void. Raises TooManyCodesError."""
    _refuse_floods(session, phones.hashes(vault, wanted.number), wanted.purpose, now=now)
    if not _made(session, vault, wanted, language=language, now=now):  # two asked at once
        raise TooManyCodesError(LIMITS[0][0])


def tell(session: Session, vault: Vault, wanted: Wanted, *, language: str, now: datetime) -> None:
    """Send a text without a code: once a minute is enough of it."""
    _made(session, vault, wanted, language=language, now=now)


def _made(session: Session, vault: Vault, wanted: Wanted, *, language: str, now: datetime) -> bool:
    code = f"{secrets.randbelow(10**6):06}"
    row = {
        "purpose": wanted.purpose,
        "language": language,
        "number_hash": phones.hashes(vault, wanted.number)[0],
        "minute": int(now.timestamp()) // _MINUTE,
        "code_hash": _hashes(vault, wanted, code)[0],
        "made_at": now,
        "until": now + LIFE,
        "tries": 0,
        "sealed": vault.seal(f"{wanted.number} {code}", TEXT),
        "due_at": now,
    }
    new = insert(session, Code).values(row).on_conflict_do_nothing()
    return session.scalar(new.returning(Code.id)) is not None


def redeem(session: Session, vault: Vault, wanted: Wanted, *, code: str, now: datetime) -> bool:
    """Use a code up, and say whether it was right. A wrong try counts: commit in either case."""
    mine = Code.number_hash.in_(phones.hashes(vault, wanted.number))
    newest = select(Code.id).where(mine, Code.purpose == wanted.purpose)
    newest = newest.order_by(Code.id.desc()).limit(1)
    good = Code.used_at.is_(None), Code.tries < TRIES, Code.until > now
    tried = update(Code).where(Code.id.in_(newest.scalar_subquery()), *good)
    counted = tried.values(tries=Code.tries + 1).returning(Code.id, Code.code_hash)
    row = session.execute(counted).one_or_none()
    claimed = _hashes(vault, wanted, code)
    if row is None or not any(hmac.compare_digest(row.code_hash, one) for one in claimed):
        return False
    session.execute(update(Code).where(Code.id == row.id).values(used_at=now))
    return True


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether a worker would find a message to send, or one to erase."""
    return session.scalar(select(Code.id).where(_WAITING, Code.due_at <= now).limit(1)) is not None


def lease(
    session: Session, vault: Vault, *, limit: int, now: datetime, lease: timedelta
) -> Sequence[Text]:
    """Take messages to send, for a while: what is not sent by then falls due again.

    A code that is over is not sent any more: it is erased.
    """
    session.execute(update(Code).where(_WAITING, Code.until <= now).values(sealed=None))
    due = select(Code).where(_WAITING, Code.due_at <= now).order_by(Code.id).limit(limit)
    rows = session.scalars(due.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.due_at = now + lease
    return [_text(vault, row) for row in rows]


def sent(session: Session, code_id: int) -> None:
    """Note that a message is on its way, or never will be: what it said is erased."""
    session.execute(update(Code).where(Code.id == code_id).values(sealed=None))


def forget(session: Session, *, now: datetime) -> None:
    """Drop the codes that no limit counts any more."""
    session.execute(delete(Code).where(Code.made_at <= now - LIMITS[-1][0]))


def _text(vault: Vault, row: Code) -> Text:
    number, code = vault.open(row.sealed or "", TEXT).split()
    key = f"code-{row.id}-{int(row.made_at.timestamp())}"
    return Text(row.id, row.purpose, row.language, key, number, code)


def _refuse_floods(
    session: Session, named: Sequence[str], purpose: Purpose, *, now: datetime
) -> None:
    longest, most = LIMITS[-1]
    same = Code.number_hash.in_(named), Code.purpose == purpose
    lately = select(Code.made_at).where(*same, Code.made_at > now - longest)
    times = session.scalars(lately.order_by(Code.made_at.desc()).limit(most)).all()
    waits = [
        times[most - 1] + span - now
        for span, most in LIMITS
        if len(times) >= most and times[most - 1] > now - span
    ]
    if waits:
        raise TooManyCodesError(max(waits))


def _hashes(vault: Vault, wanted: Wanted, code: str) -> tuple[str, ...]:
    return vault.hashes(f"sms:{wanted.purpose}:{wanted.number}:{code}")
