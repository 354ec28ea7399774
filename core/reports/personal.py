"""Reports of natural persons: only of oneself, each reading of them written down."""

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import update
from sqlalchemy.orm import Session

from core import persons, privacy
from core.audit import purposes, trail
from core.records import STANDING, Record, Visibility
from core.reports.errors import ReportNotFoundError, ReportNotReadyError, ReportRecalledError
from core.reports.ledger import OF_FILE, Report, ReportState
from core.subjects import Subject, SubjectKind
from core.vault import Vault

_FIELDS = ("number", "name", "records")
_TOLD = (Visibility.PUBLIC, Visibility.AUTHORISED)


def is_personal(session: Session, report: Report) -> bool:
    """Say whether a report tells of a natural person."""
    return session.get_one(Subject, report.subject_id).kind is SubjectKind.NATURAL_PERSON


def note(session: Session, report: Report, *, now: datetime) -> None:
    """Write down that whoever asked for a report reads what it tells of them."""
    asker = purposes.own_report(report.account_id or 0)
    trail.note(session, asker.reads(report.subject_id, *_FIELDS), now=now)


def is_taken_back(session: Session, report: Report) -> bool:
    """Say whether whoever asked for a report of themselves has left: it must not be made any more.

    Its file would lie in clear, for its secret is gone.
    """
    return report.secret is None and is_personal(session, report)


def secret(session: Session, vault: Vault, report: Report) -> bytes | None:
    """Return by what the file of a report is encrypted; None if it is about no natural person.

    Raises ReportRecalledError where the person's secret is gone: the file must neither be opened
    nor lie in clear.
    """
    if report.secret:
        return bytes.fromhex(vault.open(report.secret, OF_FILE))
    if is_personal(session, report):
        raise ReportRecalledError
    return None


def read(
    session: Session,
    vault: Vault,
    report: Report,
    *,
    whose: Callable[[], int | None],
    now: datetime,
) -> tuple[str, bytes | None]:
    """Let whoever asked for a report read its file; return the file's hash and its secret.

    `whose` returns the person who has just proved who they are, or raises what the door demands;
    it is asked for a person's report only. Raises ReportRecalledError, ReportNotReadyError,
    ReportNotFoundError.
    """
    if report.state is ReportState.RECALLED:
        raise ReportRecalledError
    if report.pdf_hash is None:
        raise ReportNotReadyError
    if is_personal(session, report):
        if whose() != report.subject_id:
            raise ReportNotFoundError
        note(session, report, now=now)
    return report.pdf_hash, secret(session, vault, report)


def named(
    session: Session, vault: Vault, report: Report, *, now: datetime
) -> tuple[str, str] | None:
    """Return the name and the end of the number of the person that a report tells of, if any.

    That they were read is written down.
    """
    if not is_personal(session, report):
        return None
    note(session, report, now=now)
    person = persons.read(session, vault, report.subject_id)
    return person.name, privacy.tail(person.number)


def forget(session: Session, account_id: int, *, now: datetime) -> None:
    """Take back the reports that a deleted account has of itself; their files open no more."""
    mine = Report.account_id == account_id, Report.secret.is_not(None)
    gone = {"state": ReportState.RECALLED, "ended_at": now, "secret": None}
    session.execute(update(Report).where(*mine).values(gone))


def is_shown(today: date) -> sa.ColumnElement[bool]:
    """Say in SQL what whoever the person authorised may see: as core.disclosure does."""
    in_term = sa.or_(Record.ends_on.is_(None), Record.ends_on >= today)
    standing = Record.state.in_(sorted(STANDING)), Record.visibility.in_(_TOLD)
    return sa.and_(*standing, in_term)
