"""Frequencies: how many names hold a gram, by length, so that search knows the shorter way.

They are estimates and may be old or missing: they decide how long a search takes, never what it
finds.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import glance
from core.db import Base, add_new
from core.glance import Fixed, Look
from core.grams import LONGEST, bigrams, mark, size
from core.subjects import Subject

# A gram that fewer names hold is not worth a row.
COMMON = 200
_SAMPLE = 50_000
_EVERY = ""  # stands for all names
_NONE = (0,) * (LONGEST + 1)


class GramCount(Base):
    """How many names hold a common gram: in all, and as a list by length."""

    __tablename__ = "gram_counts"

    gram: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[int]
    by_length: Mapped[list[int]] = mapped_column(sa.JSON)


@dataclass(frozen=True)
class Frequencies:
    """How many names hold each of some grams, by length; a gram that is not there is rare."""

    held: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def of(self, gram: str, length: int) -> int:
        """Return how many names of a length hold a gram."""
        return self.held.get(gram, _NONE)[length]

    def names(self, length: int) -> int:
        """Return how many names have a length."""
        return self.of(_EVERY, length)

    def total(self, gram: str) -> int:
        """Return how many names hold a gram."""
        return sum(self.held.get(gram, ()))


_C = GramCount.__table__.c
_AMONG = {
    True: text("gram_counts.gram = any(cast(:grams as text[]))"),
    False: text("gram_counts.gram in (select value from json_each(:grams))"),
}
_OF = {
    on_postgresql: Fixed(
        select(_C.gram, sa.cast(_C.by_length, sa.Text)).where(among.bindparams(bindparam("grams")))
    )
    for on_postgresql, among in _AMONG.items()
}


def of(look: Look, grams: Iterable[str]) -> Frequencies:
    """Look up what is known of these grams, and of all names."""
    wanted = [_EVERY, *grams]
    on_postgresql = glance.is_postgresql(look)
    asked = wanted if on_postgresql else json.dumps(wanted)
    rows = glance.rows(look, _OF[on_postgresql], {"grams": asked})
    return Frequencies({gram: _read(by_length) for gram, by_length in rows})


def count(session: Session, *, common: int = COMMON, sample: int = _SAMPLE) -> list[dict[str, Any]]:
    """Estimate the frequencies from some of the names, the same share of them everywhere."""
    named = Subject.name_key != ""
    total = session.scalar(select(func.count()).select_from(Subject).where(named)) or 0
    step = total // sample + 1
    seen = Counter[tuple[str, int]]()
    for key, district, kind in session.execute(_some(step)):
        grams = {_EVERY, *bigrams(key), mark(district), mark(kind)}
        seen.update((gram, size(len(key))) for gram in grams)
    return _rows({pair: number * step for pair, number in seen.items()}, common)


def keep(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Put new frequencies in place of the old ones."""
    session.execute(delete(GramCount))
    add_new(session, GramCount, rows)


def _some(step: int) -> sa.Select[Any]:
    # Ids are scattered before every step-th is taken: what made them may have a rhythm of its own.
    scattered = text("subjects.id * 2654435761 / 65536 % :step = 0").bindparams(step=step)
    columns: tuple[Any, ...] = (Subject.name_key, Subject.district, Subject.kind)
    return select(*columns).where(Subject.name_key != "", scattered)


def _rows(seen: Mapping[tuple[str, int], int], common: int) -> list[dict[str, Any]]:
    spread: dict[str, list[int]] = {}
    for (gram, length), number in seen.items():
        spread.setdefault(gram, list(_NONE))[length] = number
    return [
        {"gram": gram, "names": sum(by_length), "by_length": by_length}
        for gram, by_length in spread.items()
        if gram == _EVERY or sum(by_length) >= common
    ]


@lru_cache(maxsize=2048)
def _read(by_length: str) -> tuple[int, ...]:
    """Read a list. The grams that most names hold come again and again."""
    return tuple(json.loads(by_length))
