"""Paging: the part of a list that is asked for, and the cursor with which it goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import marshmallow as ma

from mobile_api import asking, cursors
from mobile_api.fields import Question, Whole


def limit(most: int = 50, usual: int = 20) -> Whole:
    """Return the field for how many one page holds."""
    return Whole(1, most, load_default=usual, metadata={"description": "每页条数"})


class PageQuery(Question):
    """Which part of the list is wanted."""

    limit = limit()
    cursor = ma.fields.String(metadata={"description": "上一页的 next_cursor"})


def next_cursor() -> ma.fields.String:
    """Return the field for where the next page begins."""
    return ma.fields.String(
        allow_none=True, metadata={"description": "下一页的标记；没有下一页时为 null"}
    )


@dataclass(frozen=True)
class Page:
    """A part of one list: at most so many, from behind a row on; None is the beginning."""

    query: str
    limit: int
    after: int | None

    @property
    def and_one(self) -> int:
        """Return how many to read: one more than is shown says whether there are more."""
        return self.limit + 1

    def following(self, found: Sequence[Any], by: str = "id") -> str | None:
        """Return the cursor behind the last one shown, if more were found."""
        if len(found) <= self.limit:
            return None
        place = [getattr(found[self.limit - 1], by)]
        return cursors.make(asking.current().parts.cursor_key, self.query, place)


def wanted(query: str, given: Mapping[str, Any]) -> Page:
    """Read which part of a list is wanted; a cursor is good for its own list. Raises DoorError."""
    place = cursors.read(asking.current().parts.cursor_key, query, given.get("cursor"))
    return Page(query, given["limit"], place[0] if place else None)
