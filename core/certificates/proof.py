"""Proof: is this certificate ours, and does it hold? Asked by its code, or by its file's hash."""

import hmac
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import privacy
from core.calendar import day
from core.certificates.ledger import Certificate
from core.subjects import Subject


class Standing(StrEnum):
    """What a certificate is worth. Of UNKNOWN nothing else is said."""

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """What whoever was shown a certificate may know of it; a person is named on it alone."""

    standing: Standing
    number: str | None = None
    name: str | None = None
    uscc: str | None = None
    document_no: str | None = None
    authority: str | None = None
    decided_on: date | None = None
    revoked_on: date | None = None
    pdf_hash: str | None = None


UNKNOWN = Verdict(Standing.UNKNOWN)


def verify(session: Session, number: str, code: str) -> Verdict:
    """Judge a certificate by its number and code; a wrong code and a wrong number look alike."""
    typed = privacy.read_code(code).encode()
    held = session.scalar(
        select(Certificate).where(Certificate.number == privacy.read_code(number))
    )
    if held is None or not hmac.compare_digest(held.verify_code.encode(), typed):
        return UNKNOWN
    return _verdict(session, held)


def of_file(session: Session, sha256: str) -> Verdict:
    """Judge a file by its hash: one that was changed by a single bit is unknown."""
    held = session.scalar(select(Certificate).where(Certificate.pdf_hash == sha256.lower()))
    return UNKNOWN if held is None else _verdict(session, held)


def _verdict(session: Session, held: Certificate) -> Verdict:
    subject = session.get_one(Subject, held.subject_id)
    return Verdict(
        standing=Standing(held.state.value),
        number=held.number,
        name=subject.name or None,
        uscc=subject.uscc,
        document_no=held.document_no,
        authority=held.authority,
        decided_on=held.decided_on,
        revoked_on=day(held.revoked_at) if held.revoked_at else None,
        pdf_hash=held.pdf_hash,
    )
