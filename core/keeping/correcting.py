"""Correcting (更正): staff give a record other content; the rules judge it anew.

It goes the way of a department's correction: next version, and whoever was told of it hears.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core import corrections, persons
from core.calendar import day
from core.corrections import Change, Changes
from core.db import Facts
from core.intake import writes
from core.intake.rows import Content, Row, short
from core.intake.writes import Held, Parties, Run
from core.keeping import fields, reach
from core.keeping.errors import (
    ChangedMeanwhileError,
    FieldError,
    NothingChangedError,
    StateForbidsError,
)
from core.keeping.judged import judged, loaded, stays_hidden
from core.records import Record, RecordState, facts_of
from core.rules import Rulebook
from core.staff.members import Staff
from core.staff.roles import Deed
from core.vault import Vault

_OUTSIDE = ("event_date", "document_no")
_OVER = frozenset((RecordState.WITHDRAWN, RecordState.REMOVED))
# What a record is called by, where it has such a fact.
_TITLES = ("violation_type", "certificate_name", "matter")
_NOBODY = persons.Given("", "")


@dataclass(frozen=True)
class Tools:
    """What a correction is made with: the rules of law, and what seals persons' facts."""

    rules: Rulebook
    vault: Vault


@dataclass(frozen=True)
class Wanted:
    """What a record shall say: fields, as one types them; why; of which version one has read."""

    changes: Mapping[str, str]
    why: str
    version: int | None = None


def correct(
    session: Session, staff: Staff, record_id: int, *, wanted: Wanted, tools: Tools, now: datetime
) -> int:
    """Correct a record; return its new version.

    Raises NotPermittedError, RecordElsewhereError, NoReasonError, StateForbidsError, FieldError,
    NothingChangedError; ChangedMeanwhileError if the record has another version by now.
    """
    staff.demand(Deed.CORRECT_RECORD)
    return write(session, staff, record_id, wanted=wanted, tools=tools, now=now)


def write(
    session: Session, staff: Staff, record_id: int, *, wanted: Wanted, tools: Tools, now: datetime
) -> int:
    """Do as `correct` does for whoever decides in a case: there the case asks for the deed."""
    reason = reach.reason(wanted.why)
    record = _correctable(session, staff, record_id, wanted=wanted)
    reach.note_reading(session, staff, record, purpose="correct_record", now=now)
    before = fields.held(record, facts_of(record, tools.vault))
    after = before | _read(before, wanted.changes, tools.rules)
    changed = _changed(before, after)
    fields.check(after, today=day(now))
    row = _row(session, record, after, tools=tools, today=day(now))
    run = Run(record.batch_id, frozenset(), staff.actor, now, tools.vault, why=reason)
    _carry_out(session, record, row=row, run=run)
    kept = {"record_id": record.id, "version": record.version, "at": now, "who": staff.actor}
    corrections.add(session, tools.vault, kept | {"why": reason}, changes=changed)
    reach.act(session, staff, record, did="correct_record", now=now, version=record.version)
    return record.version


def _correctable(session: Session, staff: Staff, record_id: int, *, wanted: Wanted) -> Record:
    record = reach.one(session, staff, record_id, locked=True)
    if wanted.version not in (None, record.version):
        raise ChangedMeanwhileError
    if record.state in _OVER:
        raise StateForbidsError
    return record


def _changed(before: Facts, after: Facts) -> Changes:
    changed = {
        name: Change(value, after[name]) for name, value in before.items() if value != after[name]
    }
    if not changed:
        raise NothingChangedError
    return changed


def _read(before: Facts, changes: Mapping[str, str], rules: Rulebook) -> Facts:
    if unknown := changes.keys() - before.keys():
        raise FieldError(min(unknown))
    return {name: fields.read(name, text, rules=rules) for name, text in changes.items()}


def _carry_out(session: Session, record: Record, *, row: Row, run: Run) -> None:
    """Write the next version as intake does; the fingerprint stays the department's own."""
    # It reads as another text than what is held, whose fingerprint it keeps.
    held = Held(record.natural_key, record.id, "", record.state, record.batch_id)
    parties = Parties({row.party: record.subject_id}, {row.department: record.department_id})
    writes.correct(session, run, [(row, held)], parties=parties)
    session.refresh(record)


def _row(session: Session, record: Record, values: Facts, *, tools: Tools, today: date) -> Row:
    content = _content(record, values)
    decided, facts = content.event_date, content.facts
    ruling = judged(session, record, facts, decided=decided, rules=tools.rules, today=today)
    content.take(ruling, record.state if stays_hidden(record) else loaded(ruling))
    return Row(
        number=0,
        natural_key=record.natural_key,
        fingerprint=record.fingerprint,
        uscc="",
        name="",
        authority=record.authority,
        department=("", None),
        document_no=values["document_no"],
        content=content,
        facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
        person=_NOBODY if "sealed" in record.facts else None,
    )


def _content(record: Record, values: Facts) -> Content:
    facts = {name: value for name, value in values.items() if name not in _OUTSIDE}
    if facts.get("severity", "") is None:
        del facts["severity"]
    return Content(
        kind=record.kind,
        title=_title(record, facts),
        event_date=date.fromisoformat(values["event_date"]),
        list_kind=record.list_kind,
        facts=facts,
    )


def _title(record: Record, facts: Facts) -> str:
    named = next((facts[name] for name in _TITLES if facts.get(name)), None)
    return short(named) if named else record.title
