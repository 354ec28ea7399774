"""Places (区划和开发区): where a subject may be registered, by code or by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.rules.dated import Rule, in_force


@dataclass(frozen=True, kw_only=True)
class Place(Rule):
    """A district with its division code, or a development zone, which has none; its other names."""

    code: str | None = None
    others: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return how files may call it."""
        return (self.name, *self.others, *([self.code] if self.code else []))


def meant(places: Iterable[Place], word: str, on: date) -> Place | None:
    """Return the place that a word means on a day."""
    return in_force((one for one in places if word in one.words), on)
