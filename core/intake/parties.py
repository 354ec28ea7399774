"""Parties: the subjects and departments that rows name, known or added."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core import departments, persons
from core.db import add_new
from core.identifiers import uscc_check_ok
from core.intake.rows import Row
from core.records import Record
from core.subjects import Subject, SubjectState, district_of, kind_of, name_key
from core.vault import Vault


def people(session: Session, rows: Sequence[Row], vault: Vault, *, now: datetime) -> dict[str, int]:
    """Return the ids of all natural persons by number; whoever is new is added."""
    given = {row.person.number: row.person for row in rows if row.person}
    return dict(persons.known(session, vault, given.values(), now=now)) if given else {}


def subjects(session: Session, rows: Sequence[Row], *, now: datetime) -> dict[str, int]:
    """Return the ids of all entities by code; whoever is new is added under the row's name."""
    names = {row.uscc: row.name for row in rows if not row.person}
    found = _ids(session, set(names))
    # Everybody writes in the order of the codes, so that two intakes never wait in a circle.
    if new := sorted(names.keys() - found.keys()):
        add_new(session, Subject, [_subject(uscc, names[uscc], now) for uscc in new])
        found |= _ids(session, set(new))
    return found


def authorities(session: Session, rows: Sequence[Row]) -> dict[tuple[str, str | None], int]:
    """Return the ids of all departments by name and code."""
    named = sorted({row.department for row in rows}, key=lambda one: (one[0], one[1] or ""))
    return {one: departments.known(session, *one) for one in named}


def rename(session: Session, rows: Sequence[Row], ids: Mapping[str, int]) -> None:
    """Give subjects the name on their newest decision, from rows that were new or changed.

    A row whose code fails its check digit renames nobody: it may well be about somebody else.
    """
    newest: dict[int, Row] = {}
    for row in sorted(rows, key=lambda one: one.content.event_date):
        if not row.person and uscc_check_ok(row.uscc):
            newest[ids[row.uscc]] = row
    held = _held(session, set(newest))
    for subject_id in sorted(held):
        row, (name, last) = newest[subject_id], held[subject_id]
        if row.name != name and row.content.event_date >= last:
            values = {Subject.name: row.name, Subject.name_key: name_key(row.name)}
            session.execute(update(Subject).where(Subject.id == subject_id).values(values))


def _held(session: Session, subject_ids: set[int]) -> dict[int, tuple[str, date]]:
    last = (
        select(Subject.id, Subject.name, func.max(Record.event_date))
        .join(Record, Record.subject_id == Subject.id)
        .where(Subject.id.in_(subject_ids))
        .group_by(Subject.id, Subject.name)
    )
    return {subject_id: (name, day) for subject_id, name, day in session.execute(last)}


def _ids(session: Session, codes: set[str]) -> dict[str, int]:
    found = select(Subject.uscc, Subject.id).where(Subject.uscc.in_(codes))
    return {row.uscc: row.id for row in session.execute(found)}


def _subject(uscc: str, name: str, now: datetime) -> dict[str, object]:
    return {
        "kind": kind_of(uscc),
        "uscc": uscc,
        "uscc_check_ok": uscc_check_ok(uscc),
        "name": name,
        "name_key": name_key(name),
        "district": district_of(uscc),
        "state": SubjectState.UNKNOWN,
        "first_seen_at": now,
    }
