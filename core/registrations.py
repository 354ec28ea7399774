"""Registrations (登记信息): what the registrar said of subjects, as of which day, by which file.

Every word stays here with its batch. What a subject is called, where it is, whether it exists and
which numbers it carries is worked out from all that was not withdrawn, the newest day first: so a
file that was wrong can be taken back, and the subject is again what was said before.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk, names, numbers
from core.db import Base, BigId, Facts, PrimaryKey, is_postgresql
from core.names import Former
from core.numbers import NumberScheme
from core.subjects import Subject, SubjectState, name_key

# name, state, state_since, successor (a code), renamed_on, former_names, numbers; district and
# zone only if something was said of them.
Said = Facts
_CURRENT = ("name", "district", "zone", "state", "state_since", "successor_id")


class Registration(Base):
    """What was said of one subject as of a day, and until when files have said the same since.

    `before` is what the subject was when no registration data were held of it.
    """

    __tablename__ = "registrations"

    id: Mapped[PrimaryKey]
    subject_id: Mapped[BigId] = mapped_column(ForeignKey("subjects.id"), index=True)
    batch_id: Mapped[BigId] = mapped_column(index=True)
    as_of: Mapped[date]
    confirmed_on: Mapped[date]
    confirmed_by: Mapped[BigId] = mapped_column(index=True)
    fingerprint: Mapped[str]
    said: Mapped[Facts]
    before: Mapped[Facts | None] = mapped_column(sa.JSON(none_as_null=True))
    received_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


HOLDS = Registration.withdrawn_at.is_(None)


def fingerprint(said: Said) -> str:
    """Return what changes with whatever is said."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def lock(session: Session, ids: Collection[int]) -> None:
    """Lock subjects, in the one order that all use, so that two files take turns."""
    locked = select(Subject.id).where(bulk.among(session, Subject.id, ids)).order_by(Subject.id)
    session.execute(locked.with_for_update(key_share=True))


def before(session: Session, ids: Collection[int]) -> dict[int, Facts]:
    """Return what subjects are now, as it is kept while registration data hold."""
    columns = [getattr(Subject, name) for name in _CURRENT]
    rows = session.execute(select(Subject.id, *columns).where(bulk.among(session, Subject.id, ids)))
    return {
        number: {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in zip(_CURRENT, values, strict=True)
        }
        for number, *values in rows
    }


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Take down what was said."""
    if is_postgresql(session):
        rows = [row | {name: _copied(row[name]) for name in ("said", "before")} for row in rows]
    bulk.add_new(session, Registration, rows)


def _copied(value: Facts | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def confirm(session: Session, days: Mapping[int | None, date], *, by: int) -> None:
    """Write down that a file says again, as of a later day, what is held."""
    rows = [{"id": one, "confirmed_on": day, "confirmed_by": by} for one, day in days.items()]
    bulk.change(session, Registration, rows)


def withdraw(session: Session, batch_id: int, *, now: datetime, limit: int) -> int:
    """Take back what a batch said of the next subjects; return how many words that were.

    Each subject is again what all others said of it, or what it was before anybody did. Nothing is
    erased; a subject that only this batch named stays, with the state unknown.
    """
    said = sa.and_(Registration.batch_id == batch_id, HOLDS)
    # What it only said again was said by others: that goes last, and back to the first day.
    again = sa.and_(Registration.confirmed_by == batch_id, Registration.batch_id != batch_id)
    first = {"confirmed_on": Registration.as_of, "confirmed_by": Registration.batch_id}
    gone = {"withdrawn_at": now}
    number = _take_back(session, said, gone, limit=limit)
    return number or _take_back(session, again, first, limit=limit)


def _take_back(
    session: Session, which: sa.ColumnElement[bool], values: Mapping[Any, Any], *, limit: int
) -> int:
    found = select(Registration.id, Registration.subject_id).where(which)
    rows = session.execute(found.order_by(Registration.id).limit(limit)).all()
    ids = sorted({row.subject_id for row in rows})
    lock(session, ids)
    gone = bulk.among(session, Registration.id, [row.id for row in rows])
    session.execute(
        sa.update(Registration).where(gone, which).values(values),
        execution_options={"synchronize_session": False},
    )
    settle(session, ids)
    return len(rows)


def settle(session: Session, ids: Collection[int]) -> None:
    """Let subjects be what was said of them: names, numbers, state, district, zone, successor."""
    if not ids:
        return
    held = _held(session, ids)
    decided = names.of_decisions(session, ids)
    successors = _ids(session, held.values())
    bulk.change(session, Subject, [_values(one, successors) for one in held.values()])
    names.settle(
        session, {number: _former(one, decided.get(number, ())) for number, one in held.items()}
    )
    numbers.settle(session, {number: _numbers(one) for number, one in held.items()})


@dataclass
class _Held:
    """All that was said of one subject and holds, oldest first; what it was before that."""

    subject_id: int
    base: Facts
    words: list[Registration] = field(default_factory=list)


def _held(session: Session, ids: Collection[int]) -> dict[int, _Held]:
    among = bulk.among(session, Registration.subject_id, ids)
    ordered = select(Registration).where(among).order_by(Registration.id)
    held: dict[int, _Held] = {}
    rows = session.scalars(ordered.execution_options(populate_existing=True)).all()
    for row in rows:
        one = held.setdefault(row.subject_id, _Held(row.subject_id, {}))
        one.base = row.before or one.base
        if row.withdrawn_at is None:
            one.words.append(row)
    for one in held.values():
        one.words.sort(key=lambda word: (word.as_of, word.id))
    return held


def _ids(session: Session, held: Iterable[_Held]) -> dict[str, int]:
    codes = {word.said["successor"] for one in held for word in one.words} - {None}
    if not codes:
        return {}
    found = select(Subject.uscc, Subject.id).where(bulk.among(session, Subject.uscc, codes))
    return {row.uscc: row.id for row in session.execute(found)}


def _values(held: _Held, successors: Mapping[str, int]) -> dict[str, Any]:
    said = dict(held.base)
    for word in held.words:
        said |= word.said
    last = held.words[-1] if held.words else None
    successor = successors.get(said["successor"] or "") if last else said["successor_id"]
    return {
        "id": held.subject_id,
        "name": said["name"],
        "name_key": name_key(said["name"]),
        "district": said["district"],
        "zone": said["zone"],
        "state": SubjectState(said["state"]),
        "state_since": _day(said["state_since"]),
        "successor_id": successor,
        "registered_as_of": last.confirmed_on if last else None,
    }


def _former(held: _Held, decided: Sequence[names.SubjectName]) -> set[Former]:
    """Work out the former names: those that changed from word to word, and those listed.

    Whatever a decision bore is kept already, and a name listed with its last day needs no other.
    """
    known = {row.name_key for row in decided}
    since = max((row.until for row in decided), default=None)
    former: dict[str, Former] = {}
    name = held.base["name"]
    for word in held.words:
        if name_key(word.said["name"]) != name_key(name):
            until = _day(word.said["renamed_on"])
            former[name_key(name)] = Former(name, since, until or word.as_of, until is not None)
            name, since = word.said["name"], until or word.as_of
    listed = [(one, word.as_of) for word in held.words for one in word.said["former_names"]]
    for one, as_of in listed:
        key, until = name_key(one["name"]), _day(one["until"])
        earlier = former.get(key)
        if until or (earlier is None and key not in known):
            start = earlier.since if earlier else None
            former[key] = Former(one["name"], start, until or as_of, until is not None)
    return {one for key, one in former.items() if key != name_key(name)}


def _numbers(held: _Held) -> dict[numbers.Number, numbers.Validity]:
    return {
        (NumberScheme(one["scheme"]), one["value"]): (
            _day(one["valid_from"]),
            _day(one["valid_to"]),
        )
        for word in held.words
        for one in word.said["numbers"]
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
