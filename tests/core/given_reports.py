"""What tests of reports begin with: reports asked for, told, made and recalled."""

from datetime import timedelta

from sqlalchemy import select

from core.db import Reading, Writing
from core.outbox.events import Event
from core.records import Record, RecordState
from core.reports import ledger, making, proof, telling
from core.reports.ledger import Purpose, Report
from tests.core.department_files import VAULT
from tests.core.given import NOW, TODAY

MINUTE = timedelta(minutes=1)


def asked(entity, *, to=None, purpose=Purpose.BIDDING, now=NOW):
    with Writing() as session:
        return ledger.request(session, entity.uscc, purpose, account_id=to, now=now).id


def told(report_id, *, now=NOW):
    with Writing() as session:
        return telling.snapshot(session, VAULT, report_id, valid_days=30, now=now)


def made(report_id, snapshot=None, *, now=NOW, pdf_hash=None):
    snapshot = snapshot or told(report_id, now=now)
    with Writing() as session:
        return making.made(
            session,
            report_id,
            snapshot_hash=snapshot.hash,
            pdf_hash=pdf_hash or f"{report_id:064}",
            size=9,
            now=now,
        )


def recall(*records, now=NOW, state=RecordState.WITHDRAWN):
    with Writing() as session:
        for one in records:
            session.get_one(Record, one.id).state = state
        session.flush()
        making.recall_for_records(session, [one.id for one in records], now=now)


def report(report_id):
    with Reading() as session:
        return session.get_one(Report, report_id)


def notices(kind):
    with Reading() as session:
        found = select(Event).where(Event.kind == kind).order_by(Event.id)
        return [(one.audience_id, one.facts["report_id"]) for one in session.scalars(found)]


def verdict(report_id, *, today=TODAY):
    held = report(report_id)
    with Reading() as session:
        return proof.verify(session, held.report_no, held.verify_code, today=today)
