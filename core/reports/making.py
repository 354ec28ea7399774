"""Making: a report's file is there, and what it told is taken back when a record is."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import operating
from core.calendar import day
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.reports.ledger import Report, ReportRecord, ReportState

_TOLD = frozenset({ReportState.VALID, ReportState.SUPERSEDED})


def made(
    session: Session, report_id: int, *, snapshot_hash: str, pdf_hash: str, size: int, now: datetime
) -> bool:
    """Write down that the file of a report is there; False if it tells what no longer holds.

    A newer report supersedes the older ones of the same asker about the same entity.
    """
    report = session.get_one(Report, report_id)
    family = {one.id: one for one in _family(session, report)}
    mine = family.pop(report_id)
    if mine.state is not ReportState.REQUESTED or mine.snapshot_hash != snapshot_hash:
        return False
    mine.state, mine.made_at = ReportState.VALID, now
    mine.pdf_hash, mine.size = pdf_hash, size
    for older in family.values():
        older.state, older.ended_at = ReportState.SUPERSEDED, now
    if mine.operation_id:
        result = {"report_no": mine.report_no}
        operating.ended(session, [mine.operation_id], result, now=now)
    session.flush()
    owe(session, *_ready(mine, now), now=now)
    return True


def _family(session: Session, report: Report) -> Sequence[Report]:
    """Lock a report and what it supersedes, in the one order that all use."""
    wanted = Report.id == report.id
    if report.account_id is not None:  # of the operator's reports none is for the same asker
        same = Report.account_id == report.account_id, Report.subject_id == report.subject_id
        wanted = sa.or_(wanted, sa.and_(*same, Report.state == ReportState.VALID))
    return _locked(session, wanted)


def _locked(session: Session, wanted: sa.ColumnElement[bool]) -> Sequence[Report]:
    locked = select(Report).where(wanted).order_by(Report.id).with_for_update()
    return session.scalars(locked.execution_options(populate_existing=True)).all()


def _ready(report: Report, now: datetime) -> list[Owed]:
    if report.account_id is None:
        return []
    return [
        Owed(
            kind=EventKind.REPORT_READY,
            key=f"{EventKind.REPORT_READY}:{report.report_no}",
            audience=Audience.ACCOUNT,
            audience_id=report.account_id,
            event_date=day(now),
            facts={"report_id": report.id},
        )
    ]


def recall_for_records(session: Session, record_ids: Iterable[int], *, now: datetime) -> None:
    """Recall every report that tells of one of these records, and owe its asker a notice.

    Called by whoever withdrew or corrected the records, after doing so, in the same transaction.
    A report still in the making only begins anew.
    """
    told = select(ReportRecord.report_id).where(ReportRecord.record_id.in_(list(record_ids)))
    recalled = []
    for report in _locked(session, Report.id.in_(told)):
        if report.state is ReportState.REQUESTED:
            report.snapshot_hash, report.due_at = None, now
        elif report.state in _TOLD:
            report.state, report.ended_at = ReportState.RECALLED, now
            recalled.append(report)
    session.flush()
    owe(session, *_recalls(recalled, now), now=now)


def _recalls(reports: Sequence[Report], now: datetime) -> list[Owed]:
    """Tell each asker once for each entity, by the newest of the reports that they hold."""
    newest = {(one.account_id, one.subject_id): one for one in reports}
    return [
        Owed(
            kind=EventKind.REPORT_RECALLED,
            key=f"{EventKind.REPORT_RECALLED}:{report.report_no}",
            audience=Audience.ACCOUNT,
            audience_id=account_id,
            event_date=day(now),
            facts={"report_id": report.id},
        )
        for (account_id, _), report in newest.items()
        if account_id is not None
    ]
