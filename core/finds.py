"""Finds: the statements of a name search, over the names of today and the former ones.

Each returns names in the order rank, length, subject; a name of today stands before a former one.
`best` tells by which of its names a subject is shown: that of today (0), unless a former one has a
better rank.
"""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table, and_, bindparam, case, func, literal_column, or_, select, text

from core.glance import Fixed
from core.names import SubjectName
from core.stretches import Way
from core.subjects import Subject, SubjectKind

EXACT, BEGINS, HOLDS, NOT_AT_ALL = range(4)
_S: Table = Subject.__table__  # type: ignore[assignment]
_N: Table = SubjectName.__table__  # type: ignore[assignment]


def _given(name: str, of: type[sa.types.TypeEngine[Any]]) -> sa.BindParameter[Any]:
    return bindparam(name, type_=of())


_KEY, _BEYOND, _UPTO = (_given(name, sa.String) for name in ("key", "beyond", "upto"))
_DISTRICT, _KIND = _given("district", sa.String), _given("kind", sa.String)
_RANKS = _given("least_rank", sa.Integer), _given("most_rank", sa.Integer)
_WALKED = _given("walked", sa.Integer)
_PLACE = (
    _given("after_rank", sa.Integer),
    _given("after_length", sa.Integer),
    _given("after_id", sa.BigInteger),
)
_MOST = _given("most", sa.Integer)
_START, _EDGE = _given("start", sa.BigInteger), _given("edge", sa.BigInteger)
_EMPTY: Any = literal_column("''")
_ZERO: Any = literal_column("0")
_ONE: Any = literal_column("1")
_WANTED = (
    # In these words, by which the planner knows the indexes of those who have a name here.
    text("subjects.name_key <> ''"),
    text(f"subjects.kind <> '{SubjectKind.NATURAL_PERSON}'"),
    or_(_DISTRICT == _EMPTY, _S.c.district == _DISTRICT),
    or_(_KIND == _EMPTY, _S.c.kind == _KIND),
)
_GRAMS = {
    (_S, True): "bigrams(subjects.name_key, subjects.district, subjects.kind)"
    " @@ cast(:{} as tsquery)",
    (_S, False): "subjects.id in (select rowid from subjects_fts where subjects_fts match :{})",
    (_N, True): "bigrams(subject_names.name_key, variadic '{{}}'::text[]) @@ cast(:{} as tsquery)",
    (_N, False): "subject_names.id in"
    " (select rowid from subject_names_fts where subject_names_fts match :{})",
}


def _rank(names: Any, *, on_postgresql: bool) -> sa.Case[Any]:  # noqa: ANN401 - a table or an alias
    place = (func.strpos if on_postgresql else func.instr)(names.c.name_key, _KEY)
    begins = and_(names.c.name_key > _KEY, names.c.name_key <= _BEYOND)
    # Numbers are written out: each that is bound costs time at every search.
    exact, begins_at, holds, no = (literal_column(str(one), sa.Integer) for one in range(4))
    found = (place > _ZERO, holds)
    return case((names.c.name_key == _KEY, exact), (begins, begins_at), found, else_=no)


def _names_of_today(way: Way, *, on_postgresql: bool) -> sa.Select[Any]:
    columns = (
        _S.c.id,
        _ZERO.label("name_id"),
        _rank(_S, on_postgresql=on_postgresql).label("rank"),
        _S.c.name_length.label("length"),
    )
    some = select(*columns).where(*_narrowed(way, _S, on_postgresql=on_postgresql))
    return _first(way, some, own_rank="rank")


def _former_names(way: Way, *, on_postgresql: bool) -> sa.Select[Any]:
    columns = (
        _N.c.subject_id.label("id"),
        _N.c.id.label("name_id"),
        _rank(_N, on_postgresql=on_postgresql).label("rank"),
        _N.c.name_length.label("length"),
        _rank(_S, on_postgresql=on_postgresql).label("own_rank"),
    )
    both = _N.join(_S, _N.c.subject_id == _S.c.id)
    narrowed = _narrowed(way, _N, on_postgresql=on_postgresql)
    some = select(*columns).select_from(both).where(*narrowed)
    return _first(way, some, own_rank="own_rank")


def _narrowed(way: Way, names: Table, *, on_postgresql: bool) -> list[Any]:
    """Say which names to look at, in the terms of an index."""
    if way is Way.WALK:
        owner = names.c.id if names is _S else names.c.subject_id
        return [names.c.name_length == _WALKED, owner > _START, owner <= _EDGE, *_WANTED]
    if way is Way.BEGINNING:
        return [names.c.name_key >= _KEY, names.c.name_key <= _UPTO, *_WANTED]
    grams = _given("grams" if names is _S else "former_grams", sa.String)
    held = _GRAMS[_S if way is Way.FILTER else names, on_postgresql].format(grams.key)
    return [text(held).bindparams(grams), *_WANTED]


def _first(way: Way, names: sa.Select[Any], *, own_rank: str) -> sa.Select[Any]:
    """Take the first names of the wanted ranks behind the place where the last page ended."""
    # OFFSET keeps the inner selection to itself, so that each rank is worked out once.
    some = (names if way is Way.WALK else names.offset(_ZERO)).subquery()
    place = (some.c.rank, some.c.length, some.c.id)
    found = select(*place, some.c.name_id, some.c[own_rank].label("own_rank")).limit(_MOST)
    if way is Way.WALK:  # along its index
        # PostgreSQL holds "=" to be met by so few that it would rather fetch and sort them all.
        walked = found.where(func.abs(some.c.rank - _RANKS[0]) < _ONE)
        return walked.order_by(some.c.length, some.c.id, some.c.name_id)
    behind = sa.tuple_(*place) > sa.tuple_(*_PLACE)
    ranked = found.where(some.c.rank.between(*_RANKS), behind)
    return ranked.order_by(*place, some.c.name_id)


@cache
def find(way: Way, *, on_postgresql: bool) -> Fixed:
    """Return the statement that finds names in one way, written when it is first asked for."""
    halves = (half(way, on_postgresql=on_postgresql) for half in (_names_of_today, _former_names))
    met = sa.union_all(*(select(half.subquery()) for half in halves)).subquery("met")
    former = _N.alias("former")
    columns = (
        *(_S.c[name] for name in ("id", "uscc", "name", "district", "kind")),
        former.c.name.label("former_name"),
        *(met.c[name] for name in ("rank", "length", "name_id")),
        func.coalesce(_better(met, on_postgresql=on_postgresql), _ZERO).label("best"),
    )
    among = met.join(_S, _S.c.id == met.c.id).outerjoin(former, former.c.id == met.c.name_id)
    order = (met.c.rank, met.c.length, met.c.id, met.c.name_id)
    return Fixed(select(*columns).select_from(among).order_by(*order).limit(_MOST))


def _better(met: sa.Subquery, *, on_postgresql: bool) -> sa.ScalarSelect[Any]:
    """Select the former name that has a better rank than the name of today."""
    rank = _rank(_N, on_postgresql=on_postgresql).label("rank")
    others = select(_N.c.id, _N.c.name_length, rank).where(_N.c.subject_id == met.c.id)
    other = others.correlate(met).subquery("other")
    better = select(other.c.id).where(other.c.rank < met.c.own_rank)
    order = (other.c.rank, other.c.name_length, other.c.id)
    return better.order_by(*order).limit(_ONE).scalar_subquery()


@cache
def edge() -> Fixed:
    """Return the statement that says where a walk over so many names of a length ends."""
    onwards = _S.c.name_length == _WALKED, _S.c.id > _START, text("subjects.name_key <> ''")
    walked = select(_S.c.id).where(*onwards).order_by(_S.c.name_length, _S.c.id)
    return Fixed(walked.offset(bindparam("reach")).limit(_ONE))


@cache
def beginnings() -> Fixed:
    """Return the statement that counts names which begin with the key, up to `few` a table."""
    return Fixed(select(_many(_S) + _many(_N)))


def _many(names: Table) -> sa.ScalarSelect[Any]:
    begins = names.c.name_key.between(_KEY, _BEYOND)
    some: sa.Select[Any] = select(literal_column("1")).select_from(names)
    some = some.where(begins, text("name_key <> ''"))
    some = some.order_by(names.c.name_key).limit(bindparam("few"))  # in order it stops early
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
