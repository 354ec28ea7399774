"""Sign-ins and their tokens as tables: a device of an account, and what it was given."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.accounts import Account
from core.db import Base, BigId, PrimaryKey


class Platform(StrEnum):
    """What a device runs."""

    IOS = "ios"
    ANDROID = "android"
    HARMONY = "harmony"
    WECHAT = "wechat"  # not an app of ours: our pages, in WeChat's own browser
    OTHER = "other"


class Ending(StrEnum):
    """Why a sign-in is over."""

    SIGNED_OUT = "signed_out"
    REVOKED = "revoked"
    EVERYWHERE = "everywhere"
    REPLACED = "replaced"
    CROWDED = "crowded"
    REUSED = "reused"
    DELETED = "deleted"


class SignIn(Base):
    """One device that is, or was, signed in; `until` is when its last refresh token ends.

    `device` is its maker's name for it, empty if it bore none: never what its owner calls it.
    """

    __tablename__ = "sign_ins"

    id: Mapped[PrimaryKey]
    account_id: Mapped[BigId] = mapped_column(ForeignKey(Account.id), index=True)
    installation: Mapped[str]
    platform: Mapped[Platform]
    device: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    fresh_at: Mapped[datetime | None]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None]


OPEN = SignIn.ended_at.is_(None)
Index(
    "uq_sign_ins_open",
    SignIn.account_id,
    SignIn.installation,
    unique=True,
    postgresql_where=OPEN,
    sqlite_where=OPEN,
)


class Pair(Base):
    """An access token and its refresh token, as hashes; `parent_id` brought it."""

    __tablename__ = "token_pairs"

    id: Mapped[PrimaryKey]
    sign_in_id: Mapped[BigId] = mapped_column(ForeignKey(SignIn.id), index=True)
    parent_id: Mapped[BigId | None] = mapped_column(index=True)
    access_hash: Mapped[str] = mapped_column(unique=True)
    access_until: Mapped[datetime]
    refresh_hash: Mapped[str] = mapped_column(unique=True)
    refresh_until: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Device:
    """Where somebody signs in: an id that the app made for itself, a platform, a name to show."""

    installation: str
    platform: Platform
    name: str
