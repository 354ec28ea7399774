"""Judged: what the rules of law make of a record that our staff are about to change."""

from datetime import date

from sqlalchemy.orm import Session

from core.db import Facts
from core.records import Record, RecordState, Severity, Visibility
from core.rules import Rulebook
from core.rules.judging import settle
from core.rules.matters import Matter, Ruling
from core.subjects import Subject

_S = RecordState


def judged(
    session: Session, record: Record, facts: Facts, *, decided: date, rules: Rulebook, today: date
) -> Ruling:
    """Return what the rules make of a record with these facts, decided on this day."""
    whose = session.get_one(Subject, record.subject_id).kind
    matter = Matter(
        kind=record.kind,
        decided=decided,
        authority=record.authority,
        subject_kind=whose,
        list_kind=record.list_kind,
        facts=facts,
    )
    ruling = settle(rules, matter, today=today)
    # What the catalogue did not have is in the archive already: nobody but staff sees it.
    return ruling if ruling.may_be_collected else ruling._replace(visibility=Visibility.INTERNAL)


def loaded(ruling: Ruling) -> RecordState:
    """Say where a record stands that nobody but the rules keeps from the public."""
    if ruling.left_open:
        return _S.QUARANTINED
    return _S.HELD if ruling.is_held else _S.LOADED


def stays_hidden(record: Record) -> bool:
    """Say whether staff or a file keep a record from the public, and not the rules alone."""
    if record.state is _S.QUARANTINED:
        return "left_open" not in record.applied
    return record.state is _S.HELD and record.severity is not Severity.MINOR
