"""Stretches: in which steps a search goes from short names to long ones, and by which way each.

Where few names of a length hold what is asked, the index names them all and they are sorted; where
many do, walking along the names until the page is full meets enough of them soon.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from core import frequencies
from core.frequencies import Frequencies
from core.glance import Look
from core.grams import LONGEST, Sizes, bigrams, mark, size, upwards

# So many names are fetched and sorted without thinking twice.
FEW = 400
# A walk ends after so many names: then fewer are wanted than was to be expected.
REACH = 1500
# The index is asked for more lengths at once until so many names are to be expected.
_MOUTHFUL = 200
_ENOUGH = 3
# The pairs of a long key leave far fewer names together than the rarest of them alone.
_LONG, _FEW_OF_LONG, _SOME = 6, 5000, 10_000
ANY_LENGTH = ANY_NUMBER = 2**31 - 1


class Way(Enum):
    """How names are fetched."""

    BEGINNING = auto()
    INDEX = auto()
    # The filters are what is rare: former names are reached through the subjects that pass them.
    FILTER = auto()
    WALK = auto()


@dataclass(frozen=True)
class Stretch:
    """Names from a length to a length, and the way to fetch them.

    The index is asked for `sizes`, by the rarest pair and by others that fewer than `below` hold.
    """

    way: Way
    shortest: int
    longest: int
    sizes: Sizes = ()
    below: int = ANY_NUMBER


@dataclass(frozen=True)
class Filters:
    """Whom to find only: those of a district, of a kind; empty for all."""

    district: str = ""
    kind: str = ""

    @property
    def marks(self) -> list[str]:
        """Return them as the index knows them."""
        return [mark(value) for value in (self.district, self.kind) if value]


@dataclass(frozen=True)
class Sought:
    """What is looked for, with what is known of how common it is."""

    key: str
    filters: Filters
    known: Frequencies

    @classmethod
    def of(cls, look: Look, key: str, filters: Filters) -> Self:
        """Look up how common it is."""
        return cls(key, filters, frequencies.of(look, [*bigrams(key), *filters.marks]))

    def telling(self, below: int, *, marks: bool) -> list[str]:
        """Return what to ask the index for, with or without the filters: up to three rare grams.

        To ask for a common one of any length costs more than to compare what the others leave.
        """
        every = dict.fromkeys([*bigrams(self.key), *(self.filters.marks if marks else [])])
        rarest, *others = sorted(every, key=self.known.total)[:_ENOUGH]
        return [rarest, *(gram for gram in others if self.known.total(gram) < below)]

    def whole(self) -> Stretch | None:
        """Return the stretch of all lengths if so few names are meant that all may be fetched."""
        fewest = min(map(self.known.total, bigrams(self.key)))
        if fewest < FEW:
            return Stretch(Way.INDEX, 0, ANY_LENGTH, below=FEW)
        if fewest < _FEW_OF_LONG and len(self.key) >= _LONG:
            return Stretch(Way.INDEX, 0, ANY_LENGTH, upwards(len(self.key)), below=_SOME)
        if any(self.known.total(one) < FEW for one in self.filters.marks):
            return Stretch(Way.FILTER, 0, ANY_LENGTH, below=FEW)
        return None

    def stretches(self, most: int) -> Iterator[Stretch]:
        """Go through the lengths that a longer name may have, for a page of `most`."""
        for walks, sizes in self._runs(most):
            if walks:
                for one in sizes:
                    yield Stretch(Way.WALK, one, _end(one))
                    yield Stretch(Way.INDEX, one, _end(one), [one])
            else:
                yield Stretch(Way.INDEX, sizes[0], _end(sizes[-1]), sizes)

    def _runs(self, most: int) -> Iterator[tuple[bool, list[int]]]:
        run: list[int] = []
        expected, before = 0, False
        for length in range(size(len(self.key) + 1), LONGEST + 1):
            fewest = min(self._counts(length))
            walks = length < LONGEST and min(fewest, REACH) * self._share(length) > most
            if run and (walks is not before or expected > _MOUTHFUL):
                yield before, run
                run, expected = [], 0
            run.append(length)
            expected, before = expected + fewest, walks
        yield before, run

    def _counts(self, length: int) -> list[int]:
        return [self.known.of(gram, length) for gram in [*bigrams(self.key), *self.filters.marks]]

    def _share(self, length: int) -> float:
        """Estimate how many of the names that the walk meets are wanted, as a share."""
        every = max(1, self.known.names(length))
        held = min(self.known.of(gram, length) for gram in bigrams(self.key))
        passed = math.prod(self.known.of(one, length) / every for one in self.filters.marks)
        return held / every * passed


def _end(length: int) -> int:
    return ANY_LENGTH if length == LONGEST else length
