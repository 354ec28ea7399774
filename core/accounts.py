"""Accounts: whom we answer and tell. An openid or an app identity is an address of one."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, BigId, PrimaryKey, insert


class Channel(StrEnum):
    """How an address is reached."""

    WECHAT = "wechat"
    IDENTITY = "identity"
    WECHAT_APP = "wechat_app"  # the openid that our app, not our official account, knows


class Account(Base):
    """One recipient, whatever addresses lead to it."""

    __tablename__ = "accounts"

    id: Mapped[PrimaryKey]
    created_at: Mapped[datetime]


class Address(Base):
    """One address of an account; `active` says whether it can be reached now.

    `linked_at`: when its owner made it the address of an account that was there before.
    """

    __tablename__ = "addresses"
    __table_args__ = (UniqueConstraint("channel", "value"),)

    id: Mapped[PrimaryKey]
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"), index=True)
    channel: Mapped[Channel]
    value: Mapped[str]
    active: Mapped[bool]
    changed_at: Mapped[datetime]
    linked_at: Mapped[datetime | None]


def at(
    session: Session, channel: Channel, value: str, *, now: datetime, active: bool = True
) -> int:
    """Return the account behind an address, opened with it if the address is new.

    Whoever only visits a page can be named and not reached: their new address is not `active`.
    """
    held = select(Address.account_id).where(Address.channel == channel, Address.value == value)
    found = session.scalar(held)
    if found is not None:
        return found
    opened = open_one(session, now=now)
    row = {"account_id": opened, "channel": channel, "value": value}
    new = insert(session, Address).values(row | {"active": active, "changed_at": now})
    added = session.scalar(new.on_conflict_do_nothing().returning(Address.account_id))
    if added is None:  # somebody else opened it in the same moment
        session.execute(delete(Account).where(Account.id == opened))
    return added if added is not None else session.scalars(held).one()


def open_one(session: Session, *, now: datetime) -> int:
    """Open an account that no address leads to yet."""
    account = Account(created_at=now)
    session.add(account)
    session.flush()
    return account.id


def known_at(session: Session, channel: Channel, value: str) -> int | None:
    """Return the account behind an address, if there is one."""
    held = Address.channel == channel, Address.value == value
    return session.scalar(select(Address.account_id).where(*held))


def heard_from(session: Session, channel: Channel, value: str, *, now: datetime) -> int:
    """Return the account behind an address that has just written to us: so it can be reached."""
    account_id = at(session, channel, value, now=now)
    gone = Address.channel == channel, Address.value == value, Address.active.is_(False)
    session.execute(update(Address).where(*gone).values(active=True, changed_at=now))
    return account_id


def reachable(
    session: Session, channel: Channel, value: str, *, active: bool, now: datetime
) -> None:
    """Note that an address can, or can no longer, be reached (follow and unfollow of WeChat)."""
    at(session, channel, value, now=now)
    session.execute(
        update(Address)
        .where(Address.channel == channel, Address.value == value, Address.changed_at <= now)
        .values(active=active, changed_at=now)
    )


def has(session: Session, account_id: int, channel: Channel) -> bool:
    """Say whether an account has an address of this kind."""
    mine = Address.account_id == account_id, Address.channel == channel
    return session.scalar(select(Address.id).where(*mine).limit(1)) is not None


def openids(session: Session, account_ids: Collection[int]) -> dict[int, str]:
    """Return the openids of those of some accounts that can be reached in WeChat."""
    mine = bulk.among(session, Address.account_id, sorted(account_ids))
    reached = mine, Address.channel == Channel.WECHAT, Address.active
    rows = session.execute(select(Address.account_id, Address.value).where(*reached))
    return {row.account_id: row.value for row in rows}


def openid_of(session: Session, account_id: int) -> str | None:
    """Return the openid by which an account can be reached in WeChat, if it can."""
    reached = Address.account_id == account_id, Address.channel == Channel.WECHAT, Address.active
    return session.scalars(select(Address.value).where(*reached)).first()
