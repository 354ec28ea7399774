"""Commas: a CSV text becomes rows, one at a time, and a stray quote swallows no row."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from core.intake.layouts import Layout
from core.intake.lines import Line, checked, find_header
from core.intake.reasons import Reason

_MOST_JOINED = 50  # lines that one quoted cell may span


def rows(text: TextIO) -> tuple[Layout, Iterator[Line]]:
    """Find the header of a text and return the rows below it. Raises FileRefusedError.

    The text must be opened with newline="", as the csv module wants it.
    """
    physical = _Physical(text)
    number, layout = find_header(_leading(physical))
    return layout, _lines(physical, width=len(layout.places), number=number)


class _Physical:
    """The lines of a text; those read too far are given back."""

    def __init__(self, text: TextIO) -> None:
        self._text = iter(text)
        self._waiting: deque[str] = deque()

    def next(self) -> str | None:
        return self._waiting.popleft() if self._waiting else next(self._text, None)

    def give_back(self, lines: list[str]) -> None:
        self._waiting.extendleft(reversed(lines))


def _leading(physical: _Physical) -> Iterator[tuple[int, list[str]]]:
    """Read rows whose width nobody knows yet."""
    number = 0
    while (first := physical.next()) is not None:
        number += 1
        joined = _joined(first, physical)
        cells = _cells(joined, strict=True)
        if cells is None:
            physical.give_back(joined[1:])
        yield number, cells or []


def _lines(physical: _Physical, *, width: int, number: int) -> Iterator[Line]:
    while (first := physical.next()) is not None:
        number += 1
        if first.strip("\r\n"):
            cells = _record(first, physical, width)
            yield (
                Line(number, [], Reason.BROKEN) if cells is None else checked(number, cells, width)
            )


def _record(first: str, physical: _Physical, width: int) -> list[str] | None:
    """Join the lines of a quoted cell; give back those that a stray quote only seemed to open."""
    joined = _joined(first, physical)
    cells = _cells(joined, strict=True)
    if len(joined) > 1 and (cells is None or len(cells) != width):
        physical.give_back(joined[1:])
        cells = None
    return _with_plain_quotes(first, width) if cells is None else cells


def _joined(first: str, physical: _Physical) -> list[str]:
    joined, quotes = [first], first.count('"')
    while quotes % 2 and len(joined) < _MOST_JOINED and (more := physical.next()) is not None:
        joined.append(more)
        quotes += more.count('"')
    return joined


def _with_plain_quotes(line: str, width: int) -> list[str] | None:
    """Read a line whose quotes are all part of what it says, as in 5" for five inches."""
    cells = _cells([line], strict=False) or []
    kept = sum(cell.count('"') for cell in cells) == line.count('"')
    return cells if kept and len(cells) == width else None


def _cells(lines: list[str], *, strict: bool) -> list[str] | None:
    try:
        rows = list(csv.reader(lines, strict=strict))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
