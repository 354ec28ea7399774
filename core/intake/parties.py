"""Parties: the subjects and departments that rows name, known or added."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core import bulk, departments, names, numbers, persons, realname
from core.departments import Department
from core.identifiers import uscc_check_ok
from core.intake.rows import Row
from core.records import Record
from core.subjects import Subject, SubjectState, district_of, kind_of, name_key
from core.vault import Vault


def people(session: Session, rows: Sequence[Row], vault: Vault, *, now: datetime) -> dict[str, int]:
    """Return the ids of all natural persons by number; whoever is new is added."""
    given = {row.person.number: row.person for row in rows if row.person}
    return dict(persons.known(session, vault, given.values(), now=now)) if given else {}


@dataclass(frozen=True)
class Entities:
    """The entities that a chunk names: their ids, and what we call them, by code."""

    ids: dict[str, int]
    called: dict[str, str]


def subjects(session: Session, rows: Sequence[Row], *, now: datetime) -> Entities:
    """Return all entities; whoever is new is added under the row's name."""
    return entities(session, {row.uscc: row.name for row in rows if not row.person}, now=now)


def entities(session: Session, wanted: Mapping[str, str], *, now: datetime) -> Entities:
    """Return all entities of these codes; whoever is new is added under the name given."""
    found = _found(session, wanted)
    # Everybody writes in the order of the codes, so that two intakes never wait in a circle.
    if new := sorted(wanted.keys() - found.keys()):
        bulk.add_new(session, Subject, [_subject(uscc, wanted[uscc], now) for uscc in new])
        found |= _found(session, new)
    ids = {uscc: subject_id for uscc, (subject_id, _) in found.items()}
    return Entities(ids, {uscc: name for uscc, (_, name) in found.items()})


def authorities(session: Session, rows: Sequence[Row]) -> dict[tuple[str, str | None], int]:
    """Return the ids of all departments by name and code."""
    named = sorted({row.department for row in rows}, key=lambda one: (one[0], one[1] or ""))
    among = bulk.among(session, Department.name, [name for name, _ in named])
    known = session.execute(select(Department.name, Department.id).where(among))
    held = {row.name: row.id for row in known}
    return {one: held.get(one[0]) or departments.known(session, *one) for one in named}


def keep_numbers(session: Session, rows: Sequence[Row], entities: Entities) -> None:
    """Keep the other numbers that new or changed rows give of their subjects."""
    given = {entities.ids[row.uscc]: row.numbers for row in rows if row.numbers}
    if given:
        numbers.note(session, given)


def rename(session: Session, rows: Sequence[Row], entities: Entities) -> None:
    """Give subjects the name on their newest decision, from rows that were new or changed.

    The former name is kept. A row whose code fails its check digit renames nobody: it may well be
    about somebody else.
    """
    named = [row for row in rows if not row.person]
    others = {row.uscc for row in named if row.name != entities.called[row.uscc]}
    newest: dict[int, Row] = {}
    for row in sorted(named, key=lambda one: one.content.event_date):
        if row.uscc in others and uscc_check_ok(row.uscc):
            newest[entities.ids[row.uscc]] = row
    called = _names(session, newest) if newest else {}
    for subject_id, day in _last_decisions(session, called).items():
        row = newest[subject_id]
        if row.name != called[subject_id] and row.content.event_date >= day:
            _rename(session, subject_id, row, former=called[subject_id])


def rename_people(
    session: Session, rows: Sequence[Row], ids: Mapping[str, int], *, vault: Vault
) -> None:
    """Give persons the name on their newest decision, from rows that were new or changed.

    Whoever has proven who they are since that decision keeps the name that they proved.
    """
    newest: dict[int, Row] = {}
    for row in sorted(rows, key=lambda one: one.content.event_date):
        if row.person:
            newest[ids[row.party]] = row
    last, proven = _last_decisions(session, newest), realname.verified_on(session, newest.keys())
    called = {
        subject_id: row.person.name
        for subject_id, row in newest.items()
        if row.person
        and row.content.event_date >= max(last[subject_id], proven.get(subject_id, date.min))
    }
    if called:
        persons.rename(session, vault, called)


def _rename(session: Session, subject_id: int, row: Row, *, former: str) -> None:
    key = name_key(row.name)
    values = {Subject.name: row.name, Subject.name_key: key}
    session.execute(update(Subject).where(Subject.id == subject_id).values(values))
    # Another spelling of the same name is no other name.
    if key != name_key(former):
        names.keep(session, subject_id, former, until=row.content.event_date)


def _names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Return what subjects are called; locked, so that two who rename take turns.

    Whom the registrar has named, no other department renames.
    """
    theirs = bulk.among(session, Subject.id, ids), Subject.registered_as_of.is_(None)
    called = select(Subject.id, Subject.name).where(*theirs).order_by(Subject.id)
    rows = session.execute(called.with_for_update(key_share=True))
    return {row.id: row.name for row in rows}


def _last_decisions(session: Session, ids: Collection[int]) -> dict[int, date]:
    if not ids:
        return {}
    last = (
        select(Record.subject_id, func.max(Record.event_date))
        .where(bulk.among(session, Record.subject_id, ids))
        .group_by(Record.subject_id)
        .order_by(Record.subject_id)
    )
    return {row[0]: row[1] for row in session.execute(last)}


def _found(session: Session, codes: Iterable[str]) -> dict[str, tuple[int, str]]:
    among = bulk.among(session, Subject.uscc, codes)
    rows = session.execute(select(Subject.uscc, Subject.id, Subject.name).where(among))
    return {row.uscc: (row.id, row.name) for row in rows}


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
