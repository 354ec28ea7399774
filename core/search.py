"""Name search (名称检索): parts of names from two characters up, by an index of bigrams.

PostgreSQL asks a GIN index over bigrams(name_key); SQLite a contentless FTS5 table of the same
pairs. Both only narrow down: the name itself is compared afterwards, so hits and order are equal.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, bindparam, case, func, select, text

from core import glance
from core.glance import Fixed, Look
from core.grams import telling, terms
from core.subjects import Subject

_HAS_GRAMS = {
    True: text("bigrams(subjects.name_key) @> cast(:grams as text[])"),
    False: text("subjects.id in (select rowid from subjects_fts where subjects_fts match :terms)"),
}
_S = Subject.__table__.c
_KEY = bindparam("key", type_=String)
_RANK = case(
    (_S.name_key == _KEY, 0),
    (_S.name_key.like(bindparam("prefix", type_=String), escape="\\"), 1),
    else_=2,
)
_FIND = {
    on_postgresql: Fixed(
        select(_S.id, _S.uscc, _S.name, _S.district)
        .where(narrowed, _S.name_key.like(bindparam("infix", type_=String), escape="\\"))
        .order_by(_RANK, func.length(_S.name_key), _S.id)
        .limit(bindparam("most"))
        .offset(bindparam("skipped"))
    )
    for on_postgresql, narrowed in _HAS_GRAMS.items()
}


def by_key(look: Look, key: str, *, limit: int, offset: int) -> Sequence[Any]:
    """Find subjects whose folded name holds `key` (two characters at least).

    Returns rows of id, uscc, name, district: exact, then prefix, then shorter names, then id.
    """
    literal = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    on_postgresql = glance.is_postgresql(look)
    asked = {
        "key": key,
        "prefix": f"{literal}%",
        "infix": f"%{literal}%",
        "most": limit,
        "skipped": offset,
    }
    if on_postgresql:
        asked["grams"] = telling(key)
    else:
        asked["terms"] = terms(telling(key))
    return glance.rows(look, _FIND[on_postgresql], asked)
