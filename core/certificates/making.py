"""Making certificates: a job asks for the next one, sets its file, and says that it is there."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import persons, privacy
from core.audit import purposes, trail
from core.case_errors import CertificateNotReadyError, CertificateRevokedError
from core.certificates.ledger import OF_FILE, UNMADE, Certificate, CertificateState
from core.pace import Pace
from core.records import Record, RecordKind
from core.subjects import Subject, SubjectKind
from core.vault import Vault

_SECRET_BYTES = 32
_FIELDS = ("number", "name", "records")
_LONGEST_WAIT = timedelta(hours=1)
_MOST_DOUBLINGS = 16


@dataclass(frozen=True)
class Told:
    """What the file of a certificate tells. A person is named with the end of the number."""

    number: str
    verify_code: str
    name: str
    uscc: str | None
    id_number: str | None
    record_kind: RecordKind
    document_no: str
    authority: str
    rule: str | None
    decided_on: date
    issued_at: datetime


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether a worker would find a certificate to make."""
    return session.scalar(select(Certificate.id).where(_is_due(now)).limit(1)) is not None


def lease(session: Session, *, now: datetime, pace: Pace) -> int | None:
    """Take the next certificate to make, for a while; what failed waits longer each time.

    None is ever given up: whoever was granted a repair gets the certificate.
    """
    due = select(Certificate).where(_is_due(now)).order_by(Certificate.due_at, Certificate.id)
    taken = session.scalar(due.limit(1).with_for_update(skip_locked=True))
    if taken is None:
        return None
    taken.due_at = now + min(pace.lease * 2**taken.tries, max(pace.lease, _LONGEST_WAIT))
    taken.tries = min(taken.tries + 1, _MOST_DOUBLINGS)
    return taken.id


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(UNMADE, Certificate.due_at <= now)


def told(session: Session, vault: Vault, certificate_id: int, *, now: datetime) -> Told | None:
    """Read what a certificate tells, and give a natural person's file its secret.

    That a person's name was read is written down. None if its file must not be made any more.
    """
    held = _locked(session, certificate_id)
    if held.due_at is None:
        return None
    subject = session.get_one(Subject, held.subject_id)
    named: Mapping[str, str | None] = {"name": subject.name, "uscc": subject.uscc}
    id_number = None
    if subject.kind is SubjectKind.NATURAL_PERSON:
        note(session, held, now=now)
        person = persons.read(session, vault, subject.id)
        named, id_number = {"name": person.name, "uscc": None}, privacy.tail(person.number)
        held.secret = held.secret or vault.seal(secrets.token_hex(_SECRET_BYTES), OF_FILE)
        session.flush()
    same = ("number", "verify_code", "record_kind", "document_no", "authority", "decided_on")
    kept = {name: getattr(held, name) for name in (*same, "issued_at")}
    kept["rule"] = session.get_one(Record, held.record_id).rule
    return Told(**kept, name=named["name"] or "", uscc=named["uscc"], id_number=id_number)


def made(session: Session, certificate_id: int, *, pdf_hash: str, size: int, now: datetime) -> bool:
    """Write down that the file is there; False if another worker was faster, or it was revoked."""
    held = _locked(session, certificate_id)
    if held.due_at is None:
        return False
    held.pdf_hash, held.size, held.made_at, held.due_at = pdf_hash, size, now, None
    session.flush()
    return True


def is_personal(session: Session, held: Certificate) -> bool:
    """Say whether a certificate names a natural person."""
    return session.get_one(Subject, held.subject_id).kind is SubjectKind.NATURAL_PERSON


def note(session: Session, held: Certificate, *, now: datetime) -> None:
    """Write down that the person who has a certificate reads it."""
    asker = purposes.own_certificate(held.account_id)
    trail.note(session, asker.reads(held.subject_id, *_FIELDS), now=now)


def read(
    session: Session, vault: Vault, held: Certificate, *, now: datetime
) -> tuple[str, bytes | None]:
    """Let whoever has a certificate read its file; return the file's hash and its secret.

    That a person's was read is written down.

    Raises CertificateRevokedError, CertificateNotReadyError.
    """
    if held.state is CertificateState.REVOKED:
        raise CertificateRevokedError
    if held.pdf_hash is None:
        raise CertificateNotReadyError
    if is_personal(session, held):
        note(session, held, now=now)
    return held.pdf_hash, secret(vault, held)


def secret(vault: Vault, held: Certificate) -> bytes | None:
    """Return by what the file is encrypted, if it names a natural person."""
    return bytes.fromhex(vault.open(held.secret, OF_FILE)) if held.secret else None


def _locked(session: Session, certificate_id: int) -> Certificate:
    wanted = select(Certificate).where(Certificate.id == certificate_id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()
