"""Findings: what the public may know of many codes on one day, in three questions."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core import bulk
from core.db import Facts
from core.records import Record, RecordKind, is_public
from core.rules import Rulebook
from core.subjects import Subject

MOST_LISTINGS = 50  # of one kind and subject; counts are whole
_BLAME = (
    *(RecordKind.BLACK_LIST, RecordKind.JUDGMENT_DEFAULTER),
    RecordKind.ABNORMAL_OPERATION,
)
_LISTS = (*_BLAME, RecordKind.RED_LIST)
_SAID = (
    *(Record.id, Record.kind, Record.list_kind, Record.title, Record.state, Record.authority),
    *(Record.document_no, Record.event_date, Record.ends_on),
)


@dataclass(frozen=True)
class Finding:
    """What is found under one code: nothing, or a subject with its counts and listings.

    Listings are facts of records, newest first: `serious` of the lists of serious dishonesty,
    `others` of lists of less grave misconduct, `red` of those that praise. `ids` are the records
    that were counted, by kind: only by them can be said later whether the same are still public.
    """

    subject_id: int | None = None
    subject: Facts | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    ids: Mapping[str, list[int]] = field(default_factory=dict)
    serious: tuple[Facts, ...] = ()
    others: tuple[Facts, ...] = ()
    red: tuple[Facts, ...] = ()

    def facts(self) -> Facts:
        """Return what is told, as it is kept and hashed."""
        held = dict(vars(self))
        del held["subject_id"]
        return {name: list(one) if isinstance(one, tuple) else one for name, one in held.items()}


NOTHING = Finding()


def of(
    session: Session, rules: Rulebook, codes: Collection[str], *, today: date
) -> dict[str, Finding]:
    """Return what is found under each code; codes that nobody bears are left out."""
    subjects = {one.id: one for one in session.execute(_subjects(session, codes))}
    ids: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for subject_id, kind, record_id in session.execute(_public(session, subjects, today)):
        ids[subject_id][kind.value].append(record_id)
    listings: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(_listings(session, subjects, today)):
        listings[row.subject_id].append(row)
    return {
        one.uscc: _with(_finding(one, listings[one.id], rules), ids[one.id])
        for one in subjects.values()
    }


def still_public(session: Session, ids: Collection[int], *, today: date) -> set[int]:
    """Return which records the public may still see."""
    held = bulk.among(session, Record.id, ids)
    return set(session.scalars(select(Record.id).where(held, is_public(today))))


def told(row: Any) -> Facts:  # noqa: ANN401
    """Return the facts of a record, or of a row with its columns, as an answer tells them."""
    held = {column.key: getattr(row, column.key) for column in _SAID}
    return held | {
        "kind": row.kind.value,
        "state": row.state.value,
        "event_date": row.event_date.isoformat(),
        "ends_on": row.ends_on and row.ends_on.isoformat(),
    }


def _subjects(session: Session, codes: Collection[str]) -> Select[*tuple[Any, ...]]:
    columns = Subject.id, Subject.uscc, Subject.name, Subject.kind, Subject.state, Subject.district
    return select(*columns).where(bulk.among(session, Subject.uscc, codes))


def _public(session: Session, ids: Collection[int], today: date) -> Select[*tuple[Any, ...]]:
    held = bulk.among(session, Record.subject_id, ids), is_public(today)
    return select(Record.subject_id, Record.kind, Record.id).where(*held).order_by(Record.id)


def _listings(session: Session, ids: Collection[int], today: date) -> Select[Any]:
    newest = Record.event_date.desc(), Record.id.desc()
    place = func.row_number().over(partition_by=(Record.subject_id, Record.kind), order_by=newest)
    held = bulk.among(session, Record.subject_id, ids), is_public(today)
    ranked = (
        select(Record.subject_id, *_SAID, place.label("place"))
        .where(*held, Record.kind.in_(_LISTS))
        .subquery()
    )
    columns = ranked.c
    return (
        select(ranked)
        .where(columns.place <= MOST_LISTINGS)
        .order_by(columns.event_date.desc(), columns.id.desc())
    )


def _finding(subject: Any, rows: list[Any], rules: Rulebook) -> Finding:  # noqa: ANN401
    named: dict[str, list[Facts]] = {"serious": [], "others": [], "red": []}
    for row in rows:
        named[_where(row, rules)].append(told(row))
    who = {
        "uscc": subject.uscc,
        "name": subject.name,
        "kind": subject.kind.value,
        "state": subject.state.value,
        "district": subject.district,
    }
    listings: Any = {name: tuple(held) for name, held in named.items()}
    return Finding(subject.id, who, **listings)


def _with(found: Finding, ids: Mapping[str, list[int]]) -> Finding:
    counts = {kind: len(held) for kind, held in ids.items()}
    return replace(found, counts=counts, ids=dict(ids))


def _where(row: Any, rules: Rulebook) -> str:  # noqa: ANN401
    if row.kind is RecordKind.RED_LIST:
        return "red"
    return "serious" if rules.is_serious(row.kind, row.list_kind) else "others"
