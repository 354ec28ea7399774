"""How many of everything: the city, and parts of it in the same shape."""

from dataclasses import dataclass
from datetime import date

TODAY = date(2026, 11, 23)  # the day on which everything made up here is looked at


@dataclass(frozen=True)
class Size:
    """How many entities, natural persons and records."""

    entities: int
    persons: int
    records: int

    def part(self, share):
        """Return a smaller city of the same shape."""
        return Size(*(round(number * share) for number in vars(self).values()))


CITY = Size(1_500_000, 2_000_000, 10_000_000)
TOWN = CITY.part(0.01)
HAMLET = CITY.part(0.001)  # ten thousand records
