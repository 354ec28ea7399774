"""What is wrong with which field of a request, flat: a pointer and a sentence each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mobile_api import words

MOST = 20
_LONGEST = 64
_OF_ALL = "_schema"


@dataclass(frozen=True)
class Fault:
    """A place (#/field of a body, ?name of a query, a header) and what is wrong there."""

    pointer: str
    name: str


def flat(messages: object) -> list[Fault]:
    """Flatten what the parser found: {"json": {"field": ["fault"]}}."""
    found = [
        fault
        for location, fields in _pairs(messages)
        for fault in _under("?" if location == "query" else "#", fields)
    ]
    return found[:MOST]


def said(faults: Sequence[Fault], language: str) -> list[dict[str, str]]:
    """Say faults in a language."""
    return [
        {"pointer": fault.pointer, "detail": words.fault(fault.name, language)} for fault in faults
    ]


def _under(place: str, found: Any) -> Iterator[Fault]:  # noqa: ANN401 - as deep as the schema is
    if not isinstance(found, dict):
        yield from (Fault(place, str(one)) for one in found)
    for name, inner in _pairs(found):
        yield from _under(place if name == _OF_ALL else place + _step(place, str(name)), inner)


def _step(place: str, name: str) -> str:
    # A key may be longer than any answer should be, and may hold half a surrogate pair.
    sound = name[:_LONGEST].encode(errors="replace").decode()
    short = sound.replace("~", "~0").replace("/", "~1")  # RFC 6901
    return short if place == "?" else f"/{short}"


def _pairs(held: object) -> list[tuple[object, Any]]:
    return list(held.items()) if isinstance(held, dict) else []
