"""Sign-ins (登录): one for each device of an account, each a family of tokens kept as hashes.

Access is short. Refreshing gives a new pair and uses up the old refresh token; a used one that
comes again was stolen from somebody, so it ends its whole family. But an answer can get lost on
its way: within `RETRY`, and until a pair that it brought is refreshed in its turn, the same token
may be asked with again. Of the pairs that it brought the first to be refreshed is the true one.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from core import device_names
from core.account_errors import SignInNotFoundError
from core.accounts import Account
from core.lives import Lives
from core.sign_ins import OPEN, Device, Ending, Pair, Platform, SignIn

RETRY = timedelta(seconds=30)
MOST = 20  # devices of one account: the one that was longest silent makes room


@dataclass(frozen=True)
class Tokens:
    """A new pair in clear, for the device alone: nobody can read it again."""

    sign_in_id: int
    access: str
    refresh: str
    access_until: datetime
    refresh_until: datetime


@dataclass(frozen=True)
class Known:
    """Whose access token it is, and whether a step-up still counts."""

    account_id: int
    sign_in_id: int
    fresh: bool


def begin(
    session: Session, account_id: int, device: Device, *, lives: Lives, now: datetime
) -> Tokens:
    """Sign a device in; what it had before is over, and what is too many, too."""
    # Two that begin at once take turns.
    session.scalar(select(Account.id).where(Account.id == account_id).with_for_update())
    mine = SignIn.account_id == account_id
    _end(session, mine, SignIn.installation == device.installation, why=Ending.REPLACED, now=now)
    newest = select(SignIn.id).where(mine, OPEN).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    crowd = session.scalars(newest.offset(MOST - 1)).all()
    _end(session, SignIn.id.in_(crowd), why=Ending.CROWDED, now=now)
    new = SignIn(
        account_id=account_id,
        installation=device.installation,
        platform=device.platform,
        device=device_names.neutral(device.name),
        began_at=now,
        seen_at=now,
        until=now,
    )
    session.add(new)
    session.flush()
    return _issue(session, new, lives, now=now)


def refresh(session: Session, token: str, *, lives: Lives, now: datetime) -> Tokens | None:
    """Return a new pair for a refresh token, or None if it is not good.

    A used one that comes again has then ended its family: the caller commits in either case.
    """
    its = Pair.refresh_hash == _hash(token)
    family = select(SignIn).join(Pair, Pair.sign_in_id == SignIn.id).where(its)
    sign_in = session.scalar(family.with_for_update(of=SignIn))  # one family's take turns
    if sign_in is None or sign_in.ended_at is not None:
        return None
    pair = session.scalars(select(Pair).where(its)).one()
    if pair.refresh_until <= now:
        return None
    if not _is_due(session, pair, now):
        _end(session, SignIn.id == sign_in.id, why=Ending.REUSED, now=now)
        return None
    pair.used_at = pair.used_at or now
    sign_in.seen_at = now
    return _issue(session, sign_in, lives, parent_id=pair.id, now=now)


def known(session: Session, token: str, *, lives: Lives, now: datetime) -> Known | None:
    """Return whose access token this is, if it is good now."""
    columns = SignIn.account_id, SignIn.id, SignIn.fresh_at
    good = Pair.access_hash == _hash(token), Pair.access_until > now, OPEN
    held = select(*columns).join(Pair, Pair.sign_in_id == SignIn.id).where(*good)
    if (row := session.execute(held).one_or_none()) is None:
        return None
    account_id, sign_in_id, fresh_at = row
    return Known(account_id, sign_in_id, fresh_at is not None and now < fresh_at + lives.step_up)


def standing(session: Session, sign_in_id: int, *, lives: Lives, now: datetime) -> Known | None:
    """Return whose sign-in this is, if it still stands, for a door that keeps sessions itself."""
    held = select(SignIn).where(SignIn.id == sign_in_id, OPEN, SignIn.until > now)
    if (found := session.scalar(held)) is None:
        return None
    fresh = found.fresh_at is not None and now < found.fresh_at + lives.step_up
    return Known(found.account_id, found.id, fresh)


def freshen(session: Session, sign_in_id: int, *, now: datetime) -> None:
    """Note a step-up: somebody has just proved again who they are."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id, OPEN).values(fresh_at=now))


def of_account(session: Session, account_id: int, *, now: datetime) -> Sequence[SignIn]:
    """List the devices that are signed in, the last seen first."""
    mine = SignIn.account_id == account_id, OPEN, SignIn.until > now
    newest = select(SignIn).where(*mine).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    return session.scalars(newest).all()


def end(session: Session, account_id: int, sign_in_id: int, *, why: Ending, now: datetime) -> None:
    """End one sign-in of an account, at once. Raises SignInNotFoundError."""
    mine = SignIn.account_id == account_id, SignIn.id == sign_in_id
    if not _end(session, *mine, why=why, now=now):
        raise SignInNotFoundError


def end_all(session: Session, account_id: int, *, why: Ending, now: datetime) -> int:
    """End every sign-in of an account, at once; return how many."""
    return _end(session, SignIn.account_id == account_id, why=why, now=now)


def end_on(
    session: Session, account_id: int, platform: Platform, *, why: Ending, now: datetime
) -> int:
    """End every sign-in of an account on one platform, at once; return how many."""
    mine = SignIn.account_id == account_id, SignIn.platform == platform
    return _end(session, *mine, why=why, now=now)


def forget(session: Session, *, now: datetime) -> None:
    """Drop pairs that open nothing any more, and so are no sign of theft either."""
    session.execute(delete(Pair).where(Pair.refresh_until <= now))


def _is_due(session: Session, pair: Pair, now: datetime) -> bool:
    """Say whether a refresh token may be used: for the first time, or because its answer got lost.

    Once a pair that it brought, or another that its own parent brought, was refreshed, it is late.
    """
    if pair.used_at is None and pair.parent_id is None:
        return True
    if pair.used_at is not None and pair.used_at + RETRY <= now:
        return False
    heirs = Pair.parent_id == (pair.id if pair.used_at else pair.parent_id)
    late = select(Pair.id).where(heirs, Pair.used_at.is_not(None)).limit(1)
    return session.scalar(late) is None


def _issue(
    session: Session, of: SignIn, lives: Lives, *, parent_id: int | None = None, now: datetime
) -> Tokens:
    of.until = now + lives.refresh
    access, refresh_ = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    pair = Pair(
        sign_in_id=of.id,
        parent_id=parent_id,
        access_hash=_hash(access),
        access_until=now + lives.access,
        refresh_hash=_hash(refresh_),
        refresh_until=of.until,
    )
    session.add(pair)
    session.flush()
    return Tokens(of.id, access, refresh_, pair.access_until, pair.refresh_until)


def _end(session: Session, *which: ColumnElement[bool], why: Ending, now: datetime) -> int:
    ended = update(SignIn).where(*which, OPEN).values(ended_at=now, ending=why)
    return len(session.scalars(ended.returning(SignIn.id)).all())


def _hash(token: str) -> str:
    # Nobody guesses 256 random bits: a plain hash is as good as a slow one.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
