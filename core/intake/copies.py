"""Copies: records written by COPY and one statement for a whole chunk (PostgreSQL)."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import bulk
from core.records import Record, RecordChange

# A correction is no second arrival: in time is who was in time with the first.
KEPT = frozenset(("natural_key", "subject_id", "kind", "version", "published_at", "received_at"))
_RECORDS: Any = Record.__table__
_CHANGES: Any = RecordChange.__table__
JSON = ("facts", "applied")
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def add(
    session: Session, values: Sequence[dict[str, Any]], change: Mapping[str, Any]
) -> dict[str, int]:
    """Insert records that nobody else added meanwhile, each with its first change of state."""
    staged = _staged(session, "intake_new", values)
    names = list(staged.columns.keys())
    ordered = select(staged).order_by(staged.c.natural_key)
    columns = _RECORDS.c
    added = (
        insert(_RECORDS)
        .from_select(names, ordered, include_defaults=False)
        .on_conflict_do_nothing()
        .returning(columns.id, columns.natural_key, columns.state)
        .cte("added")
    )
    first = {name: literal(value, _CHANGES.c[name].type) for name, value in change.items()}
    changes = select(added.c.id, added.c.state, *first.values())
    noted = insert(_CHANGES).from_select(
        ["record_id", "to_state", *first], changes, include_defaults=False
    )
    found = select(added.c.natural_key, added.c.id).add_cte(noted.cte("noted"))
    return {row.natural_key: row.id for row in session.execute(found)}


def correct(session: Session, values: Sequence[dict[str, Any]]) -> None:
    """Give records, named by their ids, their new content as the next version."""
    staged = _staged(session, "intake_changed", values)
    content = {name: staged.c[name] for name in values[0].keys() - KEPT - {"id"}}
    corrected = update(_RECORDS).where(_RECORDS.c.id == staged.c.id)
    session.execute(corrected.values(version=_RECORDS.c.version + 1, **content))


def _applied(rules: Mapping[str, Any]) -> str:
    """Write which rules were applied: to most records the same few."""
    return _encoded(rules) if "earlier" in rules else _named(tuple(rules.items()))


@lru_cache(4096)
def _named(rules: tuple[tuple[str, str], ...]) -> str:
    return _encoded(dict(rules))


def _staged(session: Session, name: str, values: Sequence[dict[str, Any]]) -> Any:  # noqa: ANN401
    names = list(values[0])
    in_order = itemgetter(*names)
    for one in values:
        one["applied"] = _applied(one["applied"])
        if not isinstance(one["facts"], str):  # those of a person, sealed
            one["facts"] = _encoded(one["facts"])
    columns = [_RECORDS.c[name] for name in names]
    return bulk.stage(session, columns, map(in_order, values), name=name)
