"""Numbers that a subject has carried: credit code, old registration numbers, organisation code."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, BigId, PrimaryKey, add_new
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
        {"subject_id": subject_id, "scheme": scheme, "value": number, "check_ok": check}
        for subject_id, numbers in sorted(given.items())
        for scheme, value in numbers.items()
        if (number := normalise(value))
        and len(number) <= _LONGEST
        and ((check := _check(scheme, number)) or not holds_citizen_id(number))
    ]
    add_new(session, SubjectNumber, rows)


def _check(scheme: NumberScheme, number: str) -> bool | None:
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
