"""Registered (登记情况): former names, numbers and successor of a subject, as answers need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select

from core import glance
from core.glance import Fixed, Look, day
from core.names import SubjectName
from core.numbers import NumberScheme, SubjectNumber
from core.subjects import Subject, SubjectState

_MOST_MERGERS = 10


class FormerName(NamedTuple):
    """What a subject was called; `until` is None where nobody gave the day."""

    name: str
    since: date | None
    until: date | None


class Number(NamedTuple):
    """One number that a subject carries or carried, and while it was in force."""

    scheme: NumberScheme
    value: str
    valid_from: date | None
    valid_to: date | None


class Successor(NamedTuple):
    """Who goes on for a subject that was merged."""

    uscc: str
    name: str
    state: SubjectState


@dataclass(frozen=True)
class Registered:
    """What is known of a subject beside its name and state of today."""

    former_names: Sequence[FormerName]
    numbers: Sequence[Number]
    successor: Successor | None


@dataclass(frozen=True)
class Marks:
    """Which of it there is at all: what there is not need not be asked for."""

    names: bool = True
    numbers: bool = True
    successor: bool = True


NOTHING = Registered((), (), None)
_S, _N, _V = Subject.__table__.c, SubjectName.__table__.c, SubjectNumber.__table__.c
_NAMES = Fixed(
    select(_N.name, _N.since, _N.until, _N.is_dated)
    .where(_N.subject_id == bindparam("id"))
    .order_by(_N.until.desc(), _N.id.desc())
)
_NUMBERS = Fixed(
    select(_V.scheme, _V.value, _V.valid_from, _V.valid_to)
    .where(_V.subject_id == bindparam("id"))
    .order_by(_V.scheme, _V.value)
)
_NEXT = Subject.__table__.alias("next")
_SUCCESSOR = Fixed(
    select(_NEXT.c.id, _NEXT.c.uscc, _NEXT.c.name, _NEXT.c.state)
    .select_from(Subject.__table__.join(_NEXT, _NEXT.c.id == _S.successor_id))
    .where(_S.id == bindparam("id"))
)


# Columns for a statement about a subject, in the order of Marks.
MARKS = (
    exists().where(_N.subject_id == _S.id).label("has_names"),
    exists().where(_V.subject_id == _S.id).label("has_numbers"),
    _S.successor_id.is_not(None).label("has_successor"),
)
EVERYTHING = Marks()


def of(look: Look, subject_id: int, marks: Marks = EVERYTHING) -> Registered:
    """Return what is known of an entity."""
    asked = {"id": subject_id}
    held_names = glance.rows(look, _NAMES, asked) if marks.names else ()
    held_numbers = glance.rows(look, _NUMBERS, asked) if marks.numbers else ()
    names = [
        FormerName(name, day(since), day(until) if is_dated else None)
        for name, since, until, is_dated in held_names
    ]
    numbers = [
        Number(NumberScheme(scheme), value, day(first), day(last))
        for scheme, value, first, last in held_numbers
    ]
    return Registered(names, numbers, _successor(look, subject_id) if marks.successor else None)


def _successor(look: Look, subject_id: int) -> Successor | None:
    """Follow mergers to whoever goes on today; a ring, which only a fault makes, ends some time."""
    found: Successor | None = None
    for _ in range(_MOST_MERGERS):
        rows = glance.rows(look, _SUCCESSOR, {"id": subject_id})
        if not rows:
            break
        subject_id, uscc, name, state = rows[0]
        found = Successor(uscc, name, SubjectState(state))
    return found
