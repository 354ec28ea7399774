"""What a file of pages offers to the console: its blueprint, its links, its cards at home."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint

from core.staff.members import Staff
from core.staff.roles import Deed

_LONGEST_ID = 12


def as_id(text: str) -> int:
    """Read the number of a page or of a row. Raises ValueError for one that none can have."""
    if len(text) > _LONGEST_ID:
        raise ValueError(text)
    return int(text)


@dataclass(frozen=True)
class Link:
    """One link of the navigation: for whoever may do one of the deeds, at its place in the row."""

    text: str
    endpoint: str  # "console.<blueprint>.<view>"
    deeds: tuple[Deed, ...]
    place: int = 50
    only_ours: bool = False  # nobody's of a department

    def is_for(self, staff: Staff) -> bool:
        """Say whether this member sees it."""
        is_theirs = staff.department_id is not None
        return any(map(staff.may, self.deeds)) and not (self.only_ours and is_theirs)


@dataclass(frozen=True)
class Card:
    """What waits for somebody: how much of what, and where it is done."""

    title: str
    text: str
    href: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Page:
    """A file of pages. `cards` says what waits there for a member, who must be permitted to it."""

    blueprint: Blueprint
    links: tuple[Link, ...] = ()
    cards: Callable[[Staff, datetime], Iterable[Card]] | None = None
