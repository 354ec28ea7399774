"""Promises of repair (修复型信用承诺): signed when repair is asked for, public once it is granted.

The promise names neither the misconduct nor its decision, whose publication has just ended: the
number of the certificate of repair is its own.
"""

import hashlib
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import certificates
from core.calendar import day
from core.case_errors import PromiseMissingError, PromiseOutdatedError
from core.cases import Case
from core.db import Facts, insert
from core.records import Fulfilment, Record, RecordChange, RecordKind, RecordState
from core.rules import Rulebook
from core.rules.judging import settle
from core.rules.matters import Matter
from core.subjects import Subject

# Which text of the promise is signed today; every text that was signed stays among the words.
VERSION = "2025-11"
WHO = "platform"
_TITLE = "信用修复承诺"
_MATTER = "纠正失信行为，履行法定义务，材料真实，今后守法诚信经营"
_TYPE = "信用修复型"


def demand(*, promised: bool, version: str | None) -> str:
    """Return the version of the promise that is being signed.

    Raises PromiseMissingError, and PromiseOutdatedError for a text that is in use no more.
    """
    if not promised:
        raise PromiseMissingError
    if version not in (None, VERSION):
        raise PromiseOutdatedError
    return VERSION


def publish(
    session: Session, case: Case, record: Record, *, rules: Rulebook, now: datetime
) -> Record:
    """Put the promise of a repair that is being granted on record; of one case there is one."""
    number = certificates.owe(session, case, record, now=now).number
    row = _row(case, record, number, now=now)
    judged = _judged(session, record, row, rules=rules, now=now)
    new = insert(session, Record).values(row | judged).on_conflict_do_nothing()
    added = session.scalar(new.returning(Record.id))
    if added is not None:
        _note(session, added, (None, judged["state"]), why="信用修复承诺", now=now)
    return session.scalars(select(Record).where(Record.natural_key == _key(case))).one()


def break_(session: Session, case: Case, *, now: datetime) -> None:
    """Mark the promise of a case as broken (违背): what was promised was false."""
    wanted = select(Record).where(Record.natural_key == _key(case)).with_for_update()
    promise = session.scalar(wanted.execution_options(populate_existing=True))
    if promise is None or promise.facts.get("fulfilment") == Fulfilment.BROKEN.said:
        return
    facts = promise.facts | {"fulfilment": Fulfilment.BROKEN.said}
    changed = {"facts": facts, "version": promise.version + 1}
    session.execute(update(Record).where(Record.id == promise.id).values(changed))
    same = promise.state, promise.state
    _note(session, promise.id, same, why="承诺不实，修复已撤销", now=now)


def _row(case: Case, record: Record, number: str, *, now: datetime) -> Facts:
    facts: Facts = {
        "promise_type": _TYPE,
        "matter": _MATTER,
        "fulfilment": Fulfilment.ONGOING.said,
        "public": True,
        "promise_version": case.promise_version,
    }
    return {
        "natural_key": _key(case),
        "fingerprint": _key(case),
        "version": 1,
        "subject_id": record.subject_id,
        "kind": RecordKind.PROMISE,
        "title": _TITLE,
        "authority": record.authority,
        "department_id": record.department_id,
        "document_no": number,
        "event_date": day(case.promised_at or now),
        "facts": facts,
        "batch_id": 0,  # no file brought it
        "received_at": now,
    }


def _judged(
    session: Session, record: Record, row: Facts, *, rules: Rulebook, now: datetime
) -> Facts:
    """Ask the rules how long the promise is shown, and to whom; a person's is not public."""
    matter = Matter(
        kind=RecordKind.PROMISE,
        decided=row["event_date"],
        authority=record.authority,
        subject_kind=session.get_one(Subject, record.subject_id).kind,
        facts=row["facts"],
    )
    ruling = settle(rules, matter, today=day(now))
    is_open = ruling.left_open is None and ruling.may_be_collected
    return {
        "severity": ruling.severity,
        "visibility": ruling.visibility,
        "repairable_from": ruling.repairable_from,
        "ends_on": ruling.ends_on,
        "rule": ruling.rule,
        "applied": ruling.kept,
        "state": RecordState.PUBLISHED if is_open else RecordState.QUARANTINED,
        "published_at": now if is_open else None,
    }


def _note(
    session: Session,
    record_id: int,
    states: tuple[RecordState | None, RecordState],
    *,
    why: str,
    now: datetime,
) -> None:
    before, after = states
    row = {"record_id": record_id, "from_state": before, "to_state": after}
    session.execute(insert(session, RecordChange).values(row | {"at": now, "who": WHO, "why": why}))


def _key(case: Case) -> str:
    return hashlib.sha256(f"repair_promise:{case.id}".encode()).hexdigest()
