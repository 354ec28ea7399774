"""Browse (公示查阅): red and black lists, 双公示 and promises, newest decisions first.

A page walks the index of records from where the last one ended, stretch by stretch, and no further
than some of them: whoever asks for a rare district gets a short page and goes on from there. No
answer holds a natural person, whatever the rules say of a single record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Date, Select, Subquery, literal, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from core import departments
from core.calendar import day
from core.records import (
    FULFILMENT_BY_WORD,
    Fulfilment,
    Record,
    RecordKind,
    RecordState,
    is_public,
)
from core.subjects import Subject, SubjectKind

STRETCH, STRETCHES = 500, 20


class Place(NamedTuple):
    """Where a page ended: the last record that was looked at."""

    event_date: date
    id: int


@dataclass(frozen=True)
class Wanted:
    """What is browsed. `department_id` means that department and whatever it took over.

    `fulfilment` is how far promises are kept.
    """

    kind: RecordKind
    list_kind: str | None = None
    district: str | None = None
    department_id: int | None = None
    since: date | None = None
    until: date | None = None
    fulfilment: Fulfilment | None = None


class Listed(NamedTuple):
    """One public record of a list, and whom it is about."""

    id: int
    name: str
    uscc: str
    district: str
    kind: RecordKind
    list_kind: str | None
    title: str
    severity: str | None
    state: RecordState
    authority: str
    document_no: str
    event_date: date
    published_on: date | None
    repairable_from: date | None
    ends_on: date | None
    fulfilment: Fulfilment | None


@dataclass(frozen=True)
class Page:
    """One page. `following` is where the next one begins, None at the end of the list."""

    items: Sequence[Listed]
    following: Place | None


_R, _S = Record.__table__.c, Subject.__table__.c


def page(
    session: Session, wanted: Wanted, *, today: date, limit: int, after: Place | None = None
) -> Page:
    """Return one page of what is public today; it may be short though others follow."""
    offices = None
    if wanted.department_id is not None:
        offices = departments.with_predecessors(session, wanted.department_id)
    items: list[Listed] = []
    place = after
    for _ in range(STRETCHES):
        kept = _kept(wanted, place, offices=offices, today=today)
        rows = session.execute(kept.limit(limit + 1 - len(items))).mappings()
        items.extend(map(_listed, rows))
        if len(items) > limit:
            last = items[limit - 1]
            return Page(items[:limit], Place(last.event_date, last.id))
        if (place := _end(session, wanted, place)) is None:
            break
    return Page(items, place)


def _walk(wanted: Wanted, after: Place | None, *columns: Any) -> Select[Any]:  # noqa: ANN401
    """Walk the index of records backwards."""
    rules: list[ColumnElement[bool]] = [_R.kind == wanted.kind, _R.list_kind == wanted.list_kind]
    if after:
        last = literal(after.event_date, Date), literal(after.id, BigInteger)
        rules.append(tuple_(_R.event_date, _R.id) < tuple_(*last))
    if wanted.since:
        rules.append(_R.event_date >= wanted.since)
    if wanted.until:
        rules.append(_R.event_date <= wanted.until)
    return select(*columns).where(*rules).order_by(*_newest(_R, wanted))


def _newest(held: ReadOnlyColumnCollection[str, Any], wanted: Wanted) -> list[Any]:
    """Order as the index is, backwards. "No list" is one value to us, but not to a planner."""
    of_list = [held.list_kind.desc()] if wanted.list_kind is None else []
    return [*of_list, held.event_date.desc(), held.id.desc()]


def _stretch(wanted: Wanted, after: Place | None) -> Subquery:
    """Take the next records with their subjects, whatever is kept of them.

    The limit stands inside, so that no filter changes how they are found: a planner that expects
    few subjects in a district would else read all subjects, and one that expects a short list sort
    it.
    """
    whose = (_S[name] for name in _WHOSE), (_S.kind.label("subject_kind"),)
    columns = (*(_R[name] for name in _HELD), *(one for each in whose for one in each))
    joined = Record.__table__.join(Subject.__table__, _S.id == _R.subject_id)
    return _walk(wanted, after, *columns).select_from(joined).limit(STRETCH).subquery("walked")


def _kept(
    wanted: Wanted, after: Place | None, *, offices: Sequence[int] | None, today: date
) -> Select[Any]:
    walked = _stretch(wanted, after)
    held = walked.c
    rules: list[ColumnElement[bool]] = [held.subject_kind != SubjectKind.NATURAL_PERSON]
    if wanted.district is not None:
        rules.append(held.district == wanted.district)
    if offices is not None:
        rules.append(held.department_id.in_(offices))
    if wanted.fulfilment is not None:
        rules.append(held.facts["fulfilment"].as_string() == wanted.fulfilment.said)
    return select(walked).where(is_public(today, held), *rules).order_by(*_newest(held, wanted))


def _end(session: Session, wanted: Wanted, after: Place | None) -> Place | None:
    """Return where a stretch was cut off; None if the list ended within it."""
    probe = _walk(wanted, after, _R.event_date, _R.id).offset(STRETCH - 1).limit(1)
    last = session.execute(probe).one_or_none()
    return Place(last.event_date, last.id) if last else None


_HELD = (
    *("id", "kind", "list_kind", "title", "severity", "state", "visibility", "authority"),
    *("document_no", "event_date", "published_at", "repairable_from", "ends_on", "facts"),
    "department_id",
)
_WHOSE = ("name", "uscc", "district")
_LEFT_OUT = frozenset(("published_at", "facts", "visibility", "department_id", "subject_kind"))


def _listed(row: Mapping[Any, Any]) -> Listed:
    held = {name: value for name, value in row.items() if name not in _LEFT_OUT}
    published, said = row["published_at"], row["facts"].get("fulfilment", "")
    since = day(published) if published else None
    return Listed(**held, published_on=since, fulfilment=FULFILMENT_BY_WORD.get(said))
