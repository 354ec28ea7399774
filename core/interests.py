"""Interests (宣传对象): to which setting and places an account says that it belongs.

The six settings are those of the action plan: 诚信进机关、企业、学校、社区、村社、家庭. Nobody is
sorted into one by us: who has said nothing gets only what is for everybody.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.accounts import Account
from core.db import Base, BigId, insert


class Setting(StrEnum):
    """Where integrity is brought to (六进)."""

    OFFICES = "offices"
    BUSINESSES = "businesses"
    SCHOOLS = "schools"
    COMMUNITIES = "communities"
    VILLAGES = "villages"
    FAMILIES = "families"


class InterestKind(StrEnum):
    """What is said: a setting, or a place (the code of a district, the name of a zone)."""

    SETTING = "setting"
    PLACE = "place"


class Interest(Base):
    """One thing that an account has said of itself."""

    __tablename__ = "interests"

    account_id: Mapped[BigId] = mapped_column(
        ForeignKey(Account.id), primary_key=True, autoincrement=False
    )
    kind: Mapped[InterestKind] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


@dataclass(frozen=True)
class Interests:
    """All that an account has said of itself."""

    settings: tuple[Setting, ...] = ()
    places: tuple[str, ...] = ()


def of_account(session: Session, account_id: int) -> Interests:
    """Return what an account has said of itself."""
    mine = select(Interest.kind, Interest.value).where(Interest.account_id == account_id)
    rows = session.execute(mine.order_by(Interest.kind, Interest.value)).all()
    settings = tuple(Setting(value) for kind, value in rows if kind is InterestKind.SETTING)
    places = tuple(value for kind, value in rows if kind is InterestKind.PLACE)
    return Interests(settings, places)


def change(session: Session, account_id: int, said: Interests) -> None:
    """Replace all that an account has said of itself."""
    # Of two changes at once the later replaces the earlier, whole.
    session.scalar(select(Account.id).where(Account.id == account_id).with_for_update())
    forget(session, account_id)
    kinds = {InterestKind.SETTING: said.settings, InterestKind.PLACE: said.places}
    rows = [
        {"account_id": account_id, "kind": kind, "value": str(value)}
        for kind, values in kinds.items()
        for value in dict.fromkeys(values)
    ]
    if rows:
        session.execute(insert(session, Interest), rows)


def forget(session: Session, account_id: int) -> None:
    """Forget what an account has said of itself."""
    session.execute(delete(Interest).where(Interest.account_id == account_id))


def join(session: Session, source: int, into: int) -> None:
    """Move what one account has said to another; what both have said is both's."""
    both = [of_account(session, one) for one in (into, source)]
    forget(session, source)
    settings = tuple(value for one in both for value in one.settings)
    places = tuple(value for one in both for value in one.places)
    change(session, into, Interests(settings, places))


def exported(session: Session, account_id: int) -> dict[str, list[str]]:
    """Return what an account has said of itself, for its owner, as plain values."""
    held = of_account(session, account_id)
    return {"settings": [str(one) for one in held.settings], "places": list(held.places)}


def among(
    kind: InterestKind, values: Collection[str] | Sequence[Setting], account_id: object
) -> ColumnElement[bool]:
    """Say in SQL that an account, a column, has said one of these of itself."""
    said = Interest.account_id == account_id, Interest.kind == kind
    return exists().where(*said, Interest.value.in_([str(one) for one in values]))
