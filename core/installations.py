"""Installations (推送登记): where the app of an account can be reached by push.

A token belongs to one installation and an installation to one account: whoever signed in last has
it. It counts only while that sign-in lasts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, and_, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.accounts import Account
from core.db import Base, BigId, PrimaryKey, insert
from core.sign_ins import OPEN, Platform, SignIn
from core.vault import Vault

TOKEN = "installation.token"  # noqa: S105 - the column for which tokens are sealed
MOST_TOLD = 20  # devices that one notice is sent to, the newest


class Vendor(StrEnum):
    """Whose channel brings a push to the device."""

    HUAWEI = "huawei"
    HONOR = "honor"
    XIAOMI = "xiaomi"
    OPPO = "oppo"
    VIVO = "vivo"
    MEIZU = "meizu"
    APPLE = "apple"
    OTHER = "other"


class Locale(StrEnum):
    """In which language a device is written to."""

    ZH = "zh"
    EN = "en"


class Installation(Base):
    """One app on one device. Of its token a sealed copy is kept, and a hash that finds it."""

    __tablename__ = "installations"

    id: Mapped[PrimaryKey]
    installation_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[BigId] = mapped_column(ForeignKey(Account.id), index=True)
    sign_in_id: Mapped[BigId] = mapped_column(ForeignKey(SignIn.id), index=True)
    platform: Mapped[Platform]
    vendor: Mapped[Vendor]
    token_hash: Mapped[str] = mapped_column(unique=True)
    token_sealed: Mapped[str]
    app_version: Mapped[str]
    locale: Mapped[Locale]
    seen_at: Mapped[datetime]


@dataclass(frozen=True)
class Told:
    """What an app says of itself."""

    installation_id: str
    platform: Platform
    vendor: Vendor
    push_token: str
    app_version: str
    locale: Locale


@dataclass(frozen=True)
class Device:
    """A device that can be reached: its row, its token in clear, its language."""

    id: int
    token: str
    locale: Locale


def keep(
    session: Session,
    vault: Vault,
    told: Told,
    *,
    account_id: int,
    sign_in_id: int,
    now: datetime,
) -> None:
    """Write down where a device is reached, whosever it was before."""
    held = {name: value for name, value in vars(told).items() if name != "push_token"}
    hashes = vault.hashes(told.push_token)
    row = held | {
        "account_id": account_id,
        "sign_in_id": sign_in_id,
        "token_hash": hashes[0],
        "token_sealed": vault.seal(told.push_token, TOKEN),
        "seen_at": now,
    }
    same_token = Installation.token_hash.in_(hashes)
    same_device = Installation.installation_id == told.installation_id
    # What holds the token elsewhere, or under a former key, gives it up.
    elsewhere = and_(same_token, Installation.installation_id != told.installation_id)
    session.execute(delete(Installation).where(or_(elsewhere, and_(same_device, ~same_token))))
    new = insert(session, Installation).values(row)
    again = {name: value for name, value in row.items() if name != "installation_id"}
    session.execute(new.on_conflict_do_update(index_elements=["installation_id"], set_=again))


def drop(session: Session, account_id: int, installation_id: str) -> None:
    """Forget an installation of this account, if there is one."""
    mine = Installation.account_id == account_id, Installation.installation_id == installation_id
    session.execute(delete(Installation).where(*mine))


def forget(session: Session, account_id: int) -> None:
    """Forget all installations of an account."""
    session.execute(delete(Installation).where(Installation.account_id == account_id))


def devices(session: Session, vault: Vault, account_id: int, *, now: datetime) -> Sequence[Device]:
    """Return where an account can be reached now, the newest first."""
    return devices_of(session, vault, [account_id], now=now).get(account_id, ())


def devices_of(
    session: Session, vault: Vault, account_ids: Collection[int], *, now: datetime
) -> dict[int, list[Device]]:
    """Return where those of some accounts that have the app can be reached, the newest first."""
    mine = bulk.among(session, Installation.account_id, sorted(account_ids))
    found = (
        select(Installation)
        .join(SignIn, SignIn.id == Installation.sign_in_id)
        .where(mine, OPEN, SignIn.until > now)
        .order_by(Installation.seen_at.desc(), Installation.id.desc())
    )
    held: dict[int, list[Device]] = {}
    for one in session.scalars(found):
        devices = held.setdefault(one.account_id, [])
        if len(devices) < MOST_TOLD:
            devices.append(Device(one.id, vault.open(one.token_sealed, TOKEN), one.locale))
    return held


def gone(session: Session, ids: Collection[int]) -> None:
    """Forget installations whose tokens the provider does not know."""
    session.execute(delete(Installation).where(Installation.id.in_(ids)))
