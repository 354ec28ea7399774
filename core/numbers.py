"""Numbers that a subject has carried: credit code, old registration numbers, organisation code."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, BigId, PrimaryKey, insert
from core.identifiers import (
    holds_citizen_id,
    normalise,
    org_code_check_ok,
    registration_no_check_ok,
    uscc_check_ok,
)


class NumberScheme(StrEnum):
    """Which register gave a number."""

    USCC = "uscc"
    REGISTRATION_NO = "registration_no"
    ORG_CODE = "org_code"
    TAX_NO = "tax_no"
    INSTITUTION_CERT_NO = "institution_cert_no"
    SOCIAL_ORG_NO = "social_org_no"


class SubjectNumber(Base):
    """One number of one subject, and while it was in force; `check_ok` is None without a check."""

    __tablename__ = "subject_numbers"
    __table_args__ = (UniqueConstraint("scheme", "value", "subject_id"),)

    id: Mapped[PrimaryKey]
    subject_id: Mapped[BigId] = mapped_column(ForeignKey("subjects.id"), index=True)
    scheme: Mapped[NumberScheme]
    value: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    check_ok: Mapped[bool | None]
    # Whether only registration data give it; a decision that bore it gave no validity.
    is_registered: Mapped[bool] = mapped_column(default=False)


Number = tuple[NumberScheme, str]
Validity = tuple[date | None, date | None]
_LONGEST = 32
_CHECKS: Mapping[NumberScheme, Callable[[str], bool]] = {
    NumberScheme.USCC: uscc_check_ok,
    NumberScheme.ORG_CODE: org_code_check_ok,
    NumberScheme.REGISTRATION_NO: registration_no_check_ok,
}


def note(session: Session, given: Mapping[int, Mapping[NumberScheme, str]]) -> None:
    """Keep the numbers that a file gives of subjects (by id); those already known stay.

    What may be a citizen's number is not kept: an old registration number of 15 digits, which
    looks like one, only if its own check digit holds.
    """
    rows = [
        {"subject_id": subject_id, "scheme": scheme, "value": number, "is_registered": False}
        | {"check_ok": check(scheme, number)}
        for subject_id, numbers in sorted(given.items())
        for scheme, value in numbers.items()
        if (number := kept(scheme, value))
    ]
    if rows:
        new = insert(session, SubjectNumber)
        known = new.on_conflict_do_update(
            index_elements=["scheme", "value", "subject_id"],
            set_={"is_registered": False},
            where=SubjectNumber.is_registered.is_(True),
        )
        session.execute(known, rows)


def settle(session: Session, wanted: Mapping[int, Mapping[Number, Validity]]) -> None:
    """Let subjects carry what registration data say, and keep what decisions gave of them."""
    among = bulk.among(session, SubjectNumber.subject_id, wanted)
    said = {
        (subject_id, *number): validity
        for subject_id, numbers in wanted.items()
        for number, validity in numbers.items()
    }
    for row in session.scalars(select(SubjectNumber).where(among)):
        key = (row.subject_id, row.scheme, row.value)
        if key not in said and row.is_registered:
            session.delete(row)
        row.valid_from, row.valid_to = said.pop(key, (None, None))
    session.flush()
    bulk.add_new(session, SubjectNumber, [_registered(*one) for one in sorted(said.items())])


def _registered(key: tuple[int, NumberScheme, str], validity: Validity) -> dict[str, Any]:
    subject_id, scheme, value = key
    first, last = validity
    return {
        "subject_id": subject_id,
        "scheme": scheme,
        "value": value,
        "valid_from": first,
        "valid_to": last,
        "check_ok": check(scheme, value),
        "is_registered": True,
    }


def kept(scheme: NumberScheme, value: str) -> str | None:
    """Return a number in the form in which it is kept; None for one that is not."""
    number = normalise(value)
    if not number or len(number) > _LONGEST:
        return None
    return number if check(scheme, number) or not holds_citizen_id(number) else None


def check(scheme: NumberScheme, number: str) -> bool | None:
    """Say whether a number's check digit holds; None where its register has none."""
    return _CHECKS[scheme](number) if scheme in _CHECKS else None


def of(session: Session, subject_id: int) -> list[SubjectNumber]:
    """List the numbers of a subject, by scheme."""
    mine = select(SubjectNumber).where(SubjectNumber.subject_id == subject_id)
    return list(session.scalars(mine.order_by(SubjectNumber.scheme, SubjectNumber.value)))


def owner(session: Session, scheme: NumberScheme, value: str) -> int | None:
    """Return the one subject that carries a number; None for nobody, or for several."""
    same = SubjectNumber.scheme == scheme, SubjectNumber.value == normalise(value)
    found = session.scalars(select(SubjectNumber.subject_id).where(*same).limit(2)).all()
    return found[0] if len(found) == 1 else None
