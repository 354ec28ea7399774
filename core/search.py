"""Name search (名称检索): parts of names from two characters up, former names included.

Order: exact, then beginning, then anywhere; shorter names first, then the subject's id. An index
of bigrams, B-trees and walks only narrow down: the name itself is compared, so that hits and order
are the same on both engines, whatever the frequencies say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from core import finds, glance
from core.finds import BEGINS, EXACT, HOLDS
from core.glance import Look
from core.grams import match, tsquery
from core.stretches import ANY_LENGTH, FEW, REACH, Filters, Sought, Stretch, Way
from core.subjects import SubjectKind

_LAST_ID = 2**63 - 1
_LAST_CHARACTER = "\U0010ffff"


class Place(NamedTuple):
    """Where a hit stands in the order; the next page begins behind it."""

    rank: int
    length: int
    id: int


class Hit(NamedTuple):
    """One subject that was found; by its former name if there is one, else by its own."""

    id: int
    uscc: str
    name: str
    district: str
    kind: SubjectKind
    former_name: str | None
    place: Place


EVERYBODY = Filters()
_SPARE = 4
_TOP = Place(-1, 0, 0)


@dataclass(frozen=True)
class Step:
    """What one statement is to find: names of these ranks along a stretch of lengths."""

    ranks: tuple[int, int]
    stretch: Stretch

    def is_behind(self, place: Place) -> bool:
        """Say whether all that it could find stands before a place."""
        return (place.rank, place.length) > (self.ranks[1], self.stretch.longest)


def by_key(
    look: Look,
    key: str,
    *,
    limit: int,
    after: Place | None = None,
    filters: Filters = EVERYBODY,
) -> list[Hit]:
    """Find subjects whose folded name, or former name, holds `key` (two characters at least)."""
    place = after or _TOP
    sought = Sought.of(look, key, filters)
    found: list[Hit] = []
    for step in _steps(look, sought, place, most=limit):
        if not step.is_behind(place):
            wanted = limit - len(found)
            found += islice(_met(look, sought, step, place=place, most=wanted), wanted)
            place = found[-1].place if found else place
        if len(found) == limit:
            break
    return found


def _steps(look: Look, sought: Sought, place: Place, *, most: int) -> Iterator[Step]:
    if whole := sought.whole():
        yield Step((EXACT, HOLDS), whole)
        return
    yield Step((EXACT, EXACT), Stretch(Way.BEGINNING, 0, ANY_LENGTH))
    if place.rank <= BEGINS and _few_begin(look, sought.key):
        yield Step((BEGINS, BEGINS), Stretch(Way.BEGINNING, 0, ANY_LENGTH))
    else:
        yield from (Step((BEGINS, BEGINS), stretch) for stretch in sought.stretches(most))
    yield from (Step((HOLDS, HOLDS), stretch) for stretch in sought.stretches(most))


def _few_begin(look: Look, key: str) -> bool:
    asked = {"key": key, "beyond": key + _LAST_CHARACTER, "few": FEW}
    ((number,),) = glance.rows(look, finds.beginnings(), asked)
    return bool(number < FEW)


def _met(look: Look, sought: Sought, step: Step, *, place: Place, most: int) -> Iterator[Hit]:
    """Meet names in their order, passing over those whose subject is shown by a better one."""
    on_postgresql = glance.is_postgresql(look)
    # A few more, in place of those that are passed over.
    most += _SPARE
    given = _given(sought, step, on_postgresql=on_postgresql) | {"most": most}
    if step.stretch.way is Way.WALK:
        given |= _walk(look, step, place)
    statement = finds.find(step.stretch.way, on_postgresql=on_postgresql)
    while True:
        asked = given | _from(place, step)
        rows = glance.rows(look, statement, asked)
        for subject_id, uscc, name, district, kind, former, rank, length, name_id, best in rows:
            place = Place(rank, length, subject_id)
            if name_id == best:
                yield Hit(subject_id, uscc, name, district, SubjectKind(kind), former, place)
        if len(rows) < most:
            return


def _given(sought: Sought, step: Step, *, on_postgresql: bool) -> dict[str, Any]:
    ask = tsquery if on_postgresql else match
    sizes = step.stretch.sizes
    below = step.stretch.below
    grams, former = (sought.telling(below, marks=marks) for marks in (True, False))
    if step.stretch.way is Way.FILTER:
        former = sought.filters.marks
    beyond = sought.key + _LAST_CHARACTER
    return {
        "key": sought.key,
        "beyond": beyond,
        "upto": sought.key if step.ranks[1] == EXACT else beyond,
        "district": sought.filters.district,
        "kind": sought.filters.kind,
        "grams": ask(grams, sizes),
        "former_grams": ask(former, sizes),
        "least_rank": step.ranks[0],
        "most_rank": step.ranks[1],
    }


def _walk(look: Look, step: Step, place: Place) -> dict[str, int]:
    """Say which length is walked, and where the walk ends if it does before its length."""
    walked = {"walked": step.stretch.shortest}
    start = {"start": _from(place, step)["start"], "reach": REACH}
    found = glance.rows(look, finds.edge(), walked | start)
    return walked | {"edge": found[0][0] if found else _LAST_ID}


def _from(place: Place, step: Step) -> dict[str, Any]:
    same = (place.length, place.id) if place.rank == step.ranks[0] else (0, 0)
    _, start = max((step.stretch.shortest, 0), same)
    after = dict(zip(("after_rank", "after_length", "after_id"), place, strict=True))
    return after | {"start": start}
