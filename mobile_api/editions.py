"""Editions: which versions of the app there are, and when we shall be away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_VERSION = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){0,3}")


class Platform(StrEnum):
    """Where the app runs."""

    IOS = "ios"
    ANDROID = "android"
    HARMONY = "harmony"


@dataclass(frozen=True)
class Edition:
    """The app on one platform: below `minimum` it is not served; `store` is where to get it."""

    minimum: str
    latest: str
    store: str


@dataclass(frozen=True)
class Maintenance:
    """A time during which we may be away, and what is said about it."""

    begins: datetime
    ends: datetime
    zh: str
    en: str


@dataclass(frozen=True)
class App:
    """What we tell every app."""

    platforms: Mapping[Platform, Edition]
    maintenance: tuple[Maintenance, ...] = ()


def is_version(text: str) -> bool:
    """Say whether a text is one to four numbers with dots between them."""
    return _VERSION.fullmatch(text) is not None


def order(version: str) -> tuple[int, ...]:
    """Return what versions are compared by: 1.10 comes after 1.9, and is 1.10.0."""
    numbers = [int(part) for part in version.split(".")]
    return (*numbers, *[0] * (4 - len(numbers)))
