"""Telephone numbers (手机号码): encrypted, found by a keyed hash; one number, one account."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Select, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import accounts, bulk
from core.account_errors import PhoneTakenError
from core.accounts import Account
from core.db import Base, BigId, insert
from core.vault import Vault

NUMBER = "phone.number"
MOBILE = "^1[3-9][0-9]{9}$"  # of the mainland: where our text messages go
_PAGE = 500


class Phone(Base):
    """The number of an account; `other_hash` is under the next key while keys rotate."""

    __tablename__ = "phones"

    account_id: Mapped[BigId] = mapped_column(
        ForeignKey(Account.id), primary_key=True, autoincrement=False
    )
    number_hash: Mapped[str] = mapped_column(unique=True)
    other_hash: Mapped[str | None] = mapped_column(index=True)
    number_sealed: Mapped[str]
    since: Mapped[datetime]


def masked(number: str) -> str:
    """Show a number to its owner: 138****1234."""
    return f"{number[:3]}****{number[-4:]}"


def hashes(vault: Vault, number: str) -> tuple[str, ...]:
    """Return the hashes by which a number is found, the one in force first."""
    return vault.hashes(f"phone:{number}")


def known(session: Session, vault: Vault, number: str, *, now: datetime) -> int:
    """Return the account of a number, opened with it if the number is new."""
    if (found := session.scalar(_held(vault, number))) is not None:
        return found
    account_id = accounts.open_one(session, now=now)
    row = _row(vault, number) | {"account_id": account_id, "since": now}
    new = insert(session, Phone).values(row).on_conflict_do_nothing()
    if session.scalar(new.returning(Phone.account_id)) is not None:
        return account_id
    # Somebody else was faster with the same number.
    session.execute(delete(Account).where(Account.id == account_id))
    return session.scalars(_held(vault, number)).one()


def of_account(session: Session, vault: Vault, account_id: int) -> str | None:
    """Return the number of an account in clear, if it has one."""
    held = session.get(Phone, account_id)
    return vault.open(held.number_sealed, NUMBER) if held else None


def change(session: Session, vault: Vault, account_id: int, *, number: str, now: datetime) -> None:
    """Give an account this number, in place of any other. Raises PhoneTakenError."""
    if session.scalar(_held(vault, number)) not in (None, account_id):
        raise PhoneTakenError
    row = _row(vault, number) | {"account_id": account_id, "since": now}
    new = insert(session, Phone).values(row)
    try:
        with session.begin_nested():
            kept = new.on_conflict_do_update(index_elements=["account_id"], set_=row)
            session.execute(kept)
    except IntegrityError:  # somebody else was faster with the same number
        raise PhoneTakenError from None
    session.expire_all()


def of_accounts(session: Session, vault: Vault, account_ids: Collection[int]) -> dict[int, str]:
    """Return the numbers in clear of those of some accounts that have one."""
    mine = bulk.among(session, Phone.account_id, sorted(account_ids))
    held = session.scalars(select(Phone).where(mine))
    return {one.account_id: vault.open(one.number_sealed, NUMBER) for one in held}


def forget(session: Session, account_id: int) -> None:
    """Erase the number of an account."""
    session.execute(delete(Phone).where(Phone.account_id == account_id))


def rotate(session: Session, vault: Vault, *, after: int = 0, limit: int = _PAGE) -> int | None:
    """Seal and hash the next numbers anew with the keys in force; None once all are done."""
    page = select(Phone).where(Phone.account_id > after).order_by(Phone.account_id).limit(limit)
    held: Sequence[Phone] = session.scalars(page.with_for_update()).all()
    for phone in held:
        for name, value in _row(vault, vault.open(phone.number_sealed, NUMBER)).items():
            setattr(phone, name, value)
    session.flush()
    return held[-1].account_id if held else None


def _held(vault: Vault, number: str) -> Select[int]:
    named = hashes(vault, number)
    same = or_(Phone.number_hash.in_(named), Phone.other_hash.in_(named))
    return select(Phone.account_id).where(same).limit(1)


def _row(vault: Vault, number: str) -> dict[str, str | None]:
    first, *others = hashes(vault, number)
    sealed = vault.seal(number, NUMBER)
    other = others[0] if others else None
    return {"number_hash": first, "other_hash": other, "number_sealed": sealed}
