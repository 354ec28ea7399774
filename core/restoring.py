"""Restoring (恢复公示): a record is shown again, for the term that the rules then give it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import standing
from core.calendar import add_months, day
from core.db import Facts
from core.records import Record, RecordState
from core.rules import Rulebook
from core.rules.restorations import Restoration, closest
from core.standing import Step

MARK = "restored_on"  # among the rules applied: re-evaluation and new files leave the term alone


_DATES = {"restored_repairable_from": "repairable_from", "restored_until": "ends_on"}
_MARKS = ("restoration", MARK, *_DATES)


@dataclass(frozen=True)
class Again:
    """For how long a record is shown again, and from when a repair may be asked for."""

    repairable_from: date | None
    ends_on: date | None
    rule: str | None


def again(rules: Rulebook, record: Record, *, today: date) -> Again:
    """Say what becomes of the term of a record whose repair is revoked on a day."""
    row = closest(rules.restorations, record.kind, record.list_kind, on=today)
    if row is None or not (row.restart or row.months is not None):
        found = Again(record.repairable_from, record.ends_on, row.name if row else None)
    elif row.months is not None:
        found = Again(record.repairable_from, add_months(today, row.months), row.name)
    else:
        found = _anew(rules, record, row, today=today)
    barred = row is not None and not row.repairable
    return Again(None, found.ends_on, found.rule) if barred else found


def restore(
    session: Session, record_id: int, *, who: str, rules: Rulebook, now: datetime
) -> Record:
    """Show a repaired record again; who was told of the repair is told of this, too.

    A term that the law lets go on, and that has ended meanwhile, brings nothing back.
    """
    one = select(Record).where(Record.id == record_id).with_for_update()
    record = session.scalars(one.execution_options(populate_existing=True)).one()
    if record.state is not RecordState.REPAIRED:
        return record
    found = again(rules, record, today=day(now))
    if found.ends_on is not None and found.ends_on < day(now):
        return record
    record.repairable_from, record.ends_on = found.repairable_from, found.ends_on
    named = {"restoration": found.rule} if found.rule else {}
    record.applied = {**record.applied, **named, **_marks(found, day(now))}
    record.version += 1  # what follows is told under a key of its own
    session.flush()
    step = Step(RecordState.PUBLISHED, who, "修复撤销，恢复公示")
    standing.move(session, record.id, step, now=now)
    standing.recall(session, [record.id], step, now=now)
    session.refresh(record)
    return record


def _anew(rules: Rulebook, record: Record, row: Restoration, *, today: date) -> Again:
    term = next((one for one in rules.terms if one.name == record.rule), None)
    if term is None or term.set_by_authority:
        passed = today - record.event_date
        dates = record.repairable_from, record.ends_on
        opens, ends = (at + passed if at else None for at in dates)
        return Again(opens, ends, row.name)
    return Again(term.repairable_from(today), term.ends_on(today), row.name)


def kept(applied: Facts, newly: Facts) -> Facts:
    """Return what a new text of a restored record does not change: its term, and why it has it."""
    if MARK not in applied:
        return {}
    marks = {name: applied[name] for name in _MARKS if name in applied}
    dates = {name: _date(applied[mark]) for mark, name in _DATES.items()}
    return dates | {"applied": newly | marks}


def _marks(found: Again, today: date) -> dict[str, str]:
    """Write down the term as texts, which is how a chunk of records is copied."""
    dates = {mark: getattr(found, name) for mark, name in _DATES.items()}
    return {MARK: today.isoformat()} | {
        mark: date_.isoformat() if date_ else "" for mark, date_ in dates.items()
    }


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
