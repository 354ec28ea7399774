"""The ledger of reports: who asked for which, what became of it. The rows are the truth."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import identifiers, operating, operations, privacy
from core.accounts import Account
from core.calendar import in_kunming
from core.db import Base, BigId, PrimaryKey, fixed, insert
from core.errors import CitizenIdRefusedError, EntityNotFoundError
from core.identifiers import Scheme
from core.operations import Operation, OperationKind, Owner, OwnerKind, Wanted
from core.pace import Pace
from core.records import Record
from core.reports.errors import (
    ReportInTheMakingError,
    ReportNotFoundError,
    TooManyReportsError,
)
from core.subjects import Subject
from core.vault import Vault

OF_FILE = "report.file"  # for what its secret is sealed
_SECRET_BYTES = 32
MOST_TRIES = 10
MOST_A_DAY = 50  # for one account: a report is free, and costs us a file


class ReportState(StrEnum):
    """Where a report stands. FAILED was given up: ask for another."""

    REQUESTED = "requested"
    VALID = "valid"
    SUPERSEDED = "superseded"
    RECALLED = "recalled"
    FAILED = "failed"


class Purpose(StrEnum):
    """What a report is asked for; it stands on the report."""

    SELF_CHECK = "self_check"
    APPROVAL = "approval"
    BIDDING = "bidding"
    PROCUREMENT = "procurement"
    PUBLIC_FUNDS = "public_funds"
    AWARDS = "awards"
    FINANCING = "financing"
    OTHER = "other"


class Report(Base):
    """One report. `file_key` names its file, guessable by nobody; `as_of` is what it tells of.

    `snapshot_hash` is the hash of what it tells: whoever made a file of something else, because a
    record was withdrawn meanwhile or another worker was faster, made it for nothing. The operation
    is what its asker follows: it is moved here, in the same transaction as the report. `secret` is
    by what the file of a natural person's report is encrypted, itself sealed by the vault.
    """

    __tablename__ = "reports"

    id: Mapped[PrimaryKey]
    report_no: Mapped[str] = mapped_column(unique=True)
    verify_code: Mapped[str]
    file_key: Mapped[str]
    subject_id: Mapped[BigId] = mapped_column(ForeignKey(Subject.id))
    account_id: Mapped[BigId | None] = mapped_column(ForeignKey(Account.id))
    purpose: Mapped[Purpose]
    state: Mapped[ReportState]
    tries: Mapped[int]
    due_at: Mapped[datetime]
    requested_at: Mapped[datetime]
    as_of: Mapped[datetime | None]
    valid_until: Mapped[date | None]
    snapshot_hash: Mapped[str | None]
    pdf_hash: Mapped[str | None] = mapped_column(unique=True)
    size: Mapped[int | None]
    made_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    operation_id: Mapped[BigId | None]
    secret: Mapped[str | None]


class ReportRecord(Base):
    """One record that a report tells of, so that a withdrawal reaches whoever holds the report."""

    __tablename__ = "report_records"

    report_id: Mapped[BigId] = mapped_column(ForeignKey(Report.id), primary_key=True)
    record_id: Mapped[BigId] = mapped_column(ForeignKey(Record.id), primary_key=True, index=True)


_WAITING = fixed(Report.state, ReportState.REQUESTED)
Index("ix_reports_waiting", Report.due_at, postgresql_where=_WAITING, sqlite_where=_WAITING)
Index("ix_reports_holder", Report.account_id, Report.subject_id)
Index(
    "uq_reports_waiting",
    Report.account_id,
    Report.subject_id,
    unique=True,
    postgresql_where=_WAITING,
    sqlite_where=_WAITING,
)


def request(
    session: Session, uscc: str, purpose: Purpose, *, account_id: int | None = None, now: datetime
) -> Report:
    """Ask for a report about an entity; asked twice while it is in the making, it is the same one.

    Raises EntityNotFoundError, CitizenIdRefusedError, TooManyReportsError, and
    ReportInTheMakingError while one for another purpose is.
    """
    return _request(session, _entity(session, uscc), purpose, account_id=account_id, now=now)


def request_own(
    session: Session,
    vault: Vault,
    subject_id: int,
    *,
    purpose: Purpose,
    account_id: int,
    now: datetime,
) -> Report:
    """Ask for a report about the natural person that an account was verified to be, freshly.

    Raises TooManyReportsError, ReportInTheMakingError.
    """
    report = _request(session, subject_id, purpose, account_id=account_id, now=now)
    if report.secret is None:
        report.secret = vault.seal(secrets.token_hex(_SECRET_BYTES), OF_FILE)
    session.flush()
    return report


def _request(
    session: Session, subject_id: int, purpose: Purpose, *, account_id: int | None, now: datetime
) -> Report:
    _refuse_floods(session, account_id, now)
    row = {
        "report_no": f"{in_kunming(now):%Y%m%d%H%M%S}{privacy.serial()}",
        "verify_code": privacy.receipt_code(),
        "file_key": privacy.file_key(),
        "subject_id": subject_id,
        "account_id": account_id,
        "purpose": purpose,
        "state": ReportState.REQUESTED,
        "tries": 0,
        "due_at": now,
        "requested_at": now,
    }
    new = insert(session, Report).values(row).on_conflict_do_nothing().returning(Report)
    report = session.scalar(new) or _waiting(session, subject_id, account_id)
    if report is None or report.purpose is not purpose:
        raise ReportInTheMakingError
    if account_id is not None and report.operation_id is None:
        owner, number = Owner(OwnerKind.ACCOUNT, account_id), {"report_no": report.report_no}
        wanted = Wanted(OperationKind.REPORT, given=number)
        report.operation_id = operations.ask(session, owner, wanted, leased=False, now=now).id
    return report


def operation(session: Session, report: Report) -> Operation:
    """Return the operation by which an account follows a report that it asked for."""
    return session.get_one(Operation, report.operation_id)


def _entity(session: Session, uscc: str) -> int:
    number = identifiers.normalise(uscc)
    if identifiers.classify(number) is Scheme.CITIZEN_ID:
        raise CitizenIdRefusedError
    found = session.scalar(select(Subject.id).where(Subject.uscc == number))
    if found is None:
        raise EntityNotFoundError
    return found


def _refuse_floods(session: Session, account_id: int | None, now: datetime) -> None:
    lately = Report.account_id == account_id, Report.requested_at > now - timedelta(days=1)
    if account_id is None:  # nobody in particular: the operator's own command
        return
    if (session.scalar(select(func.count()).where(*lately)) or 0) >= MOST_A_DAY:
        raise TooManyReportsError


def _waiting(session: Session, subject_id: int, account_id: int | None) -> Report | None:
    same = Report.subject_id == subject_id, Report.account_id == account_id
    return session.scalar(select(Report).where(*same, _WAITING))


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_WAITING, Report.due_at <= now)


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether a worker would find a report to make, or one to give up."""
    return session.scalar(select(Report.id).where(_is_due(now)).limit(1)) is not None


def lease(session: Session, *, now: datetime, pace: Pace) -> int | None:
    """Take the next report to make, for a while: what is not made by then falls due again.

    What has killed its worker again and again is given up, so that it stops nobody else.
    """
    worn_out = _is_due(now), Report.tries >= MOST_TRIES
    given_up = update(Report).where(*worn_out).values(state=ReportState.FAILED, ended_at=now)
    failed = session.scalars(given_up.returning(Report.operation_id)).all()
    operating.ended(session, filter(None, failed), None, now=now)
    due = select(Report.id).where(_is_due(now)).order_by(Report.due_at, Report.id).limit(1)
    report_id = session.scalar(due.with_for_update(skip_locked=True))
    if report_id is not None:
        taken = update(Report).where(Report.id == report_id)
        taken = taken.values(tries=Report.tries + 1, due_at=now + pace.lease)
        if operation_id := session.scalar(taken.returning(Report.operation_id)):
            operating.begin(session, operation_id, now=now)
    return report_id


def join(session: Session, source: int, into: int, *, now: datetime) -> None:
    """Before one account's reports become another's: what both wait for, the other waits for."""
    theirs = select(Report.subject_id).where(Report.account_id == into, _WAITING)
    twice = Report.account_id == source, _WAITING, Report.subject_id.in_(theirs)
    given_up = update(Report).where(*twice).values(state=ReportState.FAILED, ended_at=now)
    unchecked = {"synchronize_session": False}
    failed = session.scalars(given_up.returning(Report.operation_id), execution_options=unchecked)
    operating.ended(session, filter(None, failed.all()), None, now=now)


def listing(session: Session, account_id: int, *, limit: int = 50) -> Sequence[Report]:
    """List the reports that an account asked for, the newest first."""
    mine = select(Report).where(Report.account_id == account_id).order_by(Report.id.desc())
    return session.scalars(mine.limit(limit)).all()


def of_account(session: Session, report_no: str, account_id: int | None) -> Report:
    """Return a report to whoever asked for it. Raises ReportNotFoundError for anybody else."""
    number = privacy.read_code(report_no)
    report = session.scalar(select(Report).where(Report.report_no == number))
    if report is None or account_id is None or report.account_id != account_id:
        raise ReportNotFoundError
    return report
