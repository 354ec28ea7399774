"""Consents (同意): which version of which document an account has agreed to, from when to when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.account_errors import ConsentOutdatedError, NoConsentError
from core.accounts import Account
from core.db import Base, BigId, PrimaryKey, insert


class Document(StrEnum):
    """What is agreed to: how we treat personal data (隐私政策), how the service may be used."""

    PRIVACY = "privacy"
    TERMS = "terms"


class Consent(Base):
    """One consent, kept as evidence after it was withdrawn or replaced by a newer one."""

    __tablename__ = "consents"

    id: Mapped[PrimaryKey]
    account_id: Mapped[BigId] = mapped_column(ForeignKey(Account.id), index=True)
    document: Mapped[Document]
    version: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


_STANDS = Consent.withdrawn_at.is_(None)
Index(
    "uq_consents_standing",
    Consent.account_id,
    Consent.document,
    Consent.version,
    unique=True,
    postgresql_where=_STANDS,
    sqlite_where=_STANDS,
)


def demand_current(given: Mapping[Document, str], current: Mapping[Document, str]) -> None:
    """Let only somebody on who has agreed to what is in force. Raises ConsentOutdatedError."""
    if dict(given) != dict(current):
        raise ConsentOutdatedError


def give(
    session: Session, account_id: int, versions: Mapping[Document, str], *, now: datetime
) -> None:
    """Note that an account agrees to these versions; what it agreed to already stands."""
    rows = [
        {"account_id": account_id, "document": document, "version": version, "given_at": now}
        for document, version in versions.items()
    ]
    session.execute(insert(session, Consent).on_conflict_do_nothing(), rows)


def withdraw(session: Session, account_id: int, document: Document, *, now: datetime) -> None:
    """End every consent to a document. Raises NoConsentError where there is none."""
    mine = Consent.account_id == account_id, Consent.document == document, _STANDS
    ended = update(Consent).where(*mine).values(withdrawn_at=now)
    if not session.scalars(ended.returning(Consent.id)).all():
        raise NoConsentError


def withdraw_all(session: Session, account_id: int, *, now: datetime) -> None:
    """End every consent of an account that is deleted; what was agreed to stays as evidence."""
    mine = Consent.account_id == account_id, _STANDS
    session.execute(update(Consent).where(*mine).values(withdrawn_at=now))


def of_account(session: Session, account_id: int) -> Sequence[Consent]:
    """List what an account has agreed to, newest first."""
    mine = select(Consent).where(Consent.account_id == account_id)
    return session.scalars(mine.order_by(Consent.id.desc())).all()
