"""Whereabouts: in which district a place lies that somebody sends. The place is kept nowhere.

The address that WeChat gives with a place names the district; where it does not, the nearest seat
of a district is an estimate, and told as one.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

_CITY = "昆明"
# 广东省梅州市五华县: another city, whatever its districts are called. No city's name is longer than
# four characters, or holds what ends a district or a street: 超市, 市场, 城市广场 are no cities.
_LETTER = "(?:(?![省区县路街])[\u4e00-\u9fff])"
_STATE = f"{_LETTER}{{2,8}}?(?:自治州|地区)"
_TOWN = f"{_LETTER}{{2,4}}?(?<![超菜夜早])市(?![场民政])"
_ELSEWHERE = re.compile(f"(?:省|自治区|特别行政区|^)(?:{_STATE}|{_TOWN})")
_OURS = ("昆明市", "安宁市")


@dataclass(frozen=True)
class Spot:
    """A point, latitude and longitude in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Ground:
    """The city: south, west, north, east; and about where the seat of each district lies."""

    bounds: tuple[float, float, float, float]
    seats: Mapping[str, tuple[float, float]]

    def holds(self, spot: Spot) -> bool:
        """Say whether a point lies between the bounds of the city."""
        south, west, north, east = self.bounds
        return south <= spot.latitude <= north and west <= spot.longitude <= east

    def district(self, label: str) -> str:
        """Return the district with which an address begins, or nothing."""
        rest = label.removeprefix("云南省").removeprefix("昆明市")
        return next((name for name in self.seats if rest.startswith(name)), "")

    def excludes(self, label: str, spot: Spot | None) -> bool:
        """Say whether a place lies in another city: by its point, else by its address."""
        if spot is not None and not self.holds(spot):
            return True
        is_ours = spot is not None and self.district(label)
        return not is_ours and _names_another(label)

    def nearest(self, spot: Spot) -> str:
        """Return the district whose seat is nearest."""
        return min(self.seats, key=lambda name: _far(spot, Spot(*self.seats[name])))


def read(latitude: str, longitude: str) -> Spot | None:
    """Read a point as WeChat writes it; None for what is none."""
    try:
        spot = Spot(float(latitude), float(longitude))
    except ValueError:
        return None
    is_one = abs(spot.latitude) <= 90 and abs(spot.longitude) <= 180  # noqa: PLR2004 - degrees
    return spot if is_one and (spot.latitude, spot.longitude) != (0, 0) else None


def _names_another(label: str) -> bool:
    """Say whether an address names another city."""
    named = _ELSEWHERE.search(label)
    return _CITY not in label and named is not None and not named[0].endswith(_OURS)


def _far(one: Spot, other: Spot) -> float:
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, east)
