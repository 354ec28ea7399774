"""Proof: is this report ours, and does it still hold? Asked by its code, or by its file's hash."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core import privacy
from core.reports.ledger import Report, ReportState
from core.subjects import Subject


class Standing(StrEnum):
    """What a report is worth on a day. Of UNKNOWN nothing else is said."""

    VALID = "valid"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    RECALLED = "recalled"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """What whoever was shown a report may know of it."""

    standing: Standing
    report_no: str | None = None
    name: str | None = None
    uscc: str | None = None
    as_of: datetime | None = None
    valid_until: date | None = None
    pdf_hash: str | None = None


_STANDINGS = {
    ReportState.VALID: Standing.VALID,
    ReportState.SUPERSEDED: Standing.SUPERSEDED,
    ReportState.RECALLED: Standing.RECALLED,
}
UNKNOWN = Verdict(Standing.UNKNOWN)


def verify(session: Session, report_no: str, code: str, *, today: date) -> Verdict:
    """Judge a report by its number and code; a wrong code and a wrong number look alike."""
    number, typed = privacy.read_code(report_no), privacy.read_code(code)
    row = _row(session, Report.report_no == number)
    if row is None or not hmac.compare_digest(row.Report.verify_code.encode(), typed.encode()):
        return UNKNOWN
    return _verdict(row, today)


def of_file(session: Session, sha256: str, *, today: date) -> Verdict:
    """Judge a file by its hash: one that was changed by a single bit is unknown."""
    row = _row(session, Report.pdf_hash == sha256.lower())
    return UNKNOWN if row is None else _verdict(row, today)


def of_report(session: Session, report_id: int, *, today: date) -> Verdict:
    """Judge a report that we know ourselves. It exists."""
    row = _row(session, Report.id == report_id)
    return UNKNOWN if row is None else _verdict(row, today)


def standing(report: Report, *, today: date) -> Standing:
    """Say what a report is worth on a day; one that is not made is unknown to the world."""
    held = _STANDINGS.get(report.state, Standing.UNKNOWN)
    is_over = report.valid_until is not None and report.valid_until < today
    return Standing.EXPIRED if held is Standing.VALID and is_over else held


def _row(session: Session, same: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a row of two columns and a Report
    joined = select(Report, Subject.name, Subject.uscc).join(Subject)
    return session.execute(joined.where(same)).first()


def _verdict(row: Any, today: date) -> Verdict:  # noqa: ANN401
    report = row.Report
    if (held := standing(report, today=today)) is Standing.UNKNOWN:
        return UNKNOWN
    return Verdict(
        standing=held,
        report_no=report.report_no,
        name=row.name or None,  # a natural person is named on the report alone
        uscc=row.uscc,
        as_of=report.as_of,
        valid_until=report.valid_until,
        pdf_hash=report.pdf_hash,
    )
