"""The ledger of certificates: one for each repair that was granted. The rows are the truth."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy
from core.calendar import day
from core.case_errors import CertificateNotFoundError
from core.cases import Case
from core.db import Base, BigId, PrimaryKey, insert
from core.records import Record, RecordKind
from core.subjects import Subject, SubjectKind

OF_FILE = "certificate.file"  # for what its secret is sealed


class CertificateState(StrEnum):
    """Whether a certificate holds; what was got by false papers is revoked."""

    VALID = "valid"
    REVOKED = "revoked"


class Certificate(Base):
    """One certificate of one repair. `file_key` names its file, guessable by nobody.

    `document_no` and `authority` are those of the record when its publication ended. `secret` is
    by what the file of a natural person's certificate is encrypted, itself sealed by the vault.
    """

    __tablename__ = "certificates"

    id: Mapped[PrimaryKey]
    number: Mapped[str] = mapped_column(unique=True)
    verify_code: Mapped[str]
    file_key: Mapped[str]
    case_id: Mapped[BigId] = mapped_column(ForeignKey(Case.id), unique=True)
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"), index=True)
    record_id: Mapped[BigId] = mapped_column(ForeignKey(Record.id))
    subject_id: Mapped[BigId] = mapped_column(ForeignKey(Subject.id))
    record_kind: Mapped[RecordKind]
    document_no: Mapped[str]
    authority: Mapped[str]
    decided_on: Mapped[date]
    state: Mapped[CertificateState]
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    tries: Mapped[int]
    due_at: Mapped[datetime | None]  # None once the file is there, or is not to be made
    made_at: Mapped[datetime | None]
    pdf_hash: Mapped[str | None] = mapped_column(unique=True)
    size: Mapped[int | None]
    secret: Mapped[str | None]


UNMADE = Certificate.due_at.is_not(None)
Index("ix_certificates_due", Certificate.due_at, postgresql_where=UNMADE, sqlite_where=UNMADE)


def owe(session: Session, case: Case, record: Record, *, now: datetime) -> Certificate:
    """Issue the certificate of a repair that is being granted; of one case there is one."""
    row = {
        "number": f"XF{day(now):%Y%m%d}{privacy.serial()}",
        "verify_code": privacy.receipt_code(),
        "file_key": privacy.file_key(),
        "case_id": case.id,
        "account_id": case.account_id,
        "record_id": record.id,
        "subject_id": record.subject_id,
        "record_kind": record.kind,
        "document_no": record.document_no,
        "authority": record.authority,
        "decided_on": day(now),
        "state": CertificateState.VALID,
        "issued_at": now,
        "tries": 0,
        "due_at": now,
    }
    same_case = Certificate.__table__.c.case_id
    new = (
        insert(session, Certificate).values(row).on_conflict_do_nothing(index_elements=[same_case])
    )
    session.execute(new)
    return session.scalars(select(Certificate).where(Certificate.case_id == case.id)).one()


def of_case(session: Session, case_id: int) -> Certificate | None:
    """Return the certificate of a case, if one was issued."""
    return session.scalar(select(Certificate).where(Certificate.case_id == case_id))


def of_own_case(session: Session, case: Case) -> Certificate:
    """Return the certificate of a case to who filed it. Raises CertificateNotFoundError."""
    found = of_case(session, case.id)
    if found is None:
        raise CertificateNotFoundError
    return found


def revoke(session: Session, case_id: int, *, now: datetime) -> Certificate | None:
    """Revoke the certificate of a repair that is undone; whoever verifies it is told from now on.

    A file that is not there yet is not made any more.
    """
    wanted = select(Certificate).where(Certificate.case_id == case_id).with_for_update()
    held = session.scalar(wanted.execution_options(populate_existing=True))
    if held is not None and held.state is CertificateState.VALID:
        held.state, held.revoked_at, held.due_at = CertificateState.REVOKED, now, None
        session.flush()
    return held


def forget(session: Session, account_id: int) -> None:
    """Let the files that name the owner of a deleted account open no more, nor be made."""
    people = select(Subject.id).where(Subject.kind == SubjectKind.NATURAL_PERSON)
    mine = Certificate.account_id == account_id, Certificate.subject_id.in_(people)
    session.execute(update(Certificate).where(*mine).values(secret=None, due_at=None))
