"""Credit query: what the public may know of an entity, asked by code or by name."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Date, and_, bindparam, case, func, select

from core import glance, identifiers, search
from core.calendar import day as legal_day
from core.errors import CitizenIdRefusedError, EntityNotFoundError, QueryTooShortError
from core.glance import Fixed, Look, day, moment
from core.identifiers import Scheme
from core.records import Record, RecordKind, RecordState, Severity, is_public
from core.registered import EVERYTHING, MARKS, Marks
from core.search import EVERYBODY, Hit, Place
from core.stretches import Filters
from core.subjects import Subject, SubjectKind, SubjectState, name_key

SHOWN = 50
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LEAST_CHARACTERS = 2


class Item(NamedTuple):
    """One public record, as an answer needs it."""

    id: int
    kind: RecordKind
    list_kind: str | None
    title: str
    severity: Severity | None
    authority: str
    document_no: str
    event_date: date
    repairable_from: date | None
    ends_on: date | None
    published_on: date | None
    state: RecordState


@dataclass(frozen=True)
class View:
    """An entity with its newest public records; `counts` are whole even where items are cut."""

    id: int
    uscc: str
    uscc_check_ok: bool
    name: str
    kind: SubjectKind
    district: str
    state: SubjectState
    counts: dict[RecordKind, int]
    items: Sequence[Item]
    state_since: date | None = None
    zone: str | None = None
    registered_as_of: date | None = None
    marks: Marks = EVERYTHING


_S, _R = Subject.__table__.c, Record.__table__.c
# Columns of the tables, not of the mapped classes: only rows are wanted here.
_SUBJECT = (
    _S.id,
    _S.uscc,
    _S.uscc_check_ok,
    _S.name,
    _S.kind,
    _S.district,
    _S.state,
    _S.state_since,
    _S.zone,
    _S.registered_as_of,
    *MARKS,
)
_ITEM = (
    _R.id,
    _R.kind,
    _R.list_kind,
    _R.title,
    _R.severity,
    _R.authority,
    _R.document_no,
    _R.event_date,
    _R.repairable_from,
    _R.ends_on,
    _R.published_at,
    _R.state,
)
# Built once: one joined statement, the gravest kinds first.
_PUBLIC = and_(_R.subject_id == _S.id, is_public(bindparam("today", type_=Date)))
_GRAVITY = case((_R.kind == RecordKind.BLACK_LIST, 0), (_R.kind == RecordKind.PENALTY, 1), else_=2)
_VIEW = (
    select(*_SUBJECT, *_ITEM)
    .select_from(Subject.__table__.outerjoin(Record.__table__, _PUBLIC))
    .order_by(_GRAVITY, _R.event_date.desc(), _R.id.desc())
    .limit(SHOWN)
)
_BY_USCC = Fixed(_VIEW.where(_S.uscc == bindparam("uscc")))
# A natural person has no code, and is nobody's to look up here.
_BY_ID = Fixed(_VIEW.where(_S.id == bindparam("id"), _S.uscc.is_not(None)))
# Grouped by its primary key a subject is one group, whatever else of it is selected.
_OUTLINE = Fixed(
    select(*_SUBJECT, _R.kind.label("record_kind"), func.count(_R.id))
    .select_from(Subject.__table__.outerjoin(Record.__table__, _PUBLIC))
    .where(_S.uscc == bindparam("uscc"))
    .group_by(_S.id, _R.kind)
)
_COUNTS = Fixed(
    select(_R.kind, func.count().label("total"))
    .select_from(Subject.__table__.join(Record.__table__, _PUBLIC))
    .where(_S.id == bindparam("id"))
    .group_by(_R.kind)
)


def by_uscc(look: Look, uscc: str, *, today: date) -> View:
    """Return an entity by its code. Raises EntityNotFoundError, CitizenIdRefusedError."""
    asked = {"uscc": _code(uscc), "today": today}
    return _view(look, glance.rows(look, _BY_USCC, asked), today)


def outline(look: Look, uscc: str, *, today: date) -> View:
    """Return an entity with whole counts and without its records. Raises the same."""
    rows = glance.rows(look, _OUTLINE, {"uscc": _code(uscc), "today": today})
    if not rows:
        raise EntityNotFoundError
    counted = {kind: total for *_, kind, total in rows}
    counts = {kind: counted[kind] for kind in RecordKind if kind in counted}
    return _entity(rows[0][: len(_SUBJECT)], counts, ())


def by_id(look: Look, subject_id: int, *, today: date) -> View:
    """Return an entity that an earlier answer numbered. Raises EntityNotFoundError."""
    return _view(look, glance.rows(look, _BY_ID, {"id": subject_id, "today": today}), today)


def _view(look: Look, rows: Sequence[Any], today: date) -> View:
    if not rows:
        raise EntityNotFoundError
    width = len(_SUBJECT)
    items = [_item(row[width:]) for row in rows if row[width] is not None]
    counts = dict(Counter(item.kind for item in items))
    if len(items) == SHOWN:  # the cut list may lack whole kinds
        held = glance.rows(look, _COUNTS, {"id": rows[0][0], "today": today})
        counts = {RecordKind(kind): total for kind, total in held}
    return _entity(rows[0][:width], counts, items)


def _entity(row: Sequence[Any], counts: dict[RecordKind, int], items: Sequence[Item]) -> View:
    number, uscc, check_ok, name, kind, district, state, since, zone, as_of, *marks = row
    return View(
        id=number,
        uscc=uscc,
        uscc_check_ok=bool(check_ok),
        name=name,
        kind=SubjectKind(kind),
        district=district,
        state=SubjectState(state),
        counts=counts,
        items=items,
        state_since=day(since),
        zone=zone,
        registered_as_of=day(as_of),
        marks=Marks(*map(bool, marks)),
    )


def _item(row: Sequence[Any]) -> Item:
    number, kind, list_kind, title, severity, *texts, decided, repairable, ends, since, state = row
    began = moment(since)
    told = day(decided), day(repairable), day(ends), legal_day(began) if began else None
    held: list[Any] = [Severity(severity) if severity else None, *texts, *told, RecordState(state)]
    return Item(number, RecordKind(kind), list_kind, title, *held)


def _code(uscc: str) -> str:
    number = identifiers.normalise(uscc)
    if identifiers.classify(number) is Scheme.CITIZEN_ID:
        raise CitizenIdRefusedError
    return number


def by_name(
    look: Look,
    text: str,
    *,
    limit: int,
    after: Place | None = None,
    filters: Filters = EVERYBODY,
) -> Sequence[Hit]:
    """Find entities by part of a name or former name: exact, then beginning, then shorter, then id.

    Raises CitizenIdRefusedError for a text that holds a citizen's number, QueryTooShortError for
    one without two Chinese characters.
    """
    if identifiers.holds_citizen_id(text):
        raise CitizenIdRefusedError
    key = name_key(text)
    if len(_HAN.findall(key)) < _LEAST_CHARACTERS:
        raise QueryTooShortError
    return search.by_key(look, key, limit=limit, after=after, filters=filters)


def is_name(text: str) -> bool:
    """Say whether a text holds enough Chinese characters to be searched as a name."""
    return len(_HAN.findall(name_key(text))) >= _LEAST_CHARACTERS
