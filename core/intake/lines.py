"""Lines: one row of a file in whatever form it came, and the header row among its first rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from core.intake.layouts import FileRefusedError, Layout, UnknownLayoutError, recognise
from core.intake.reasons import Reason

LEADING = 5  # rows of a title or a note that may stand above the header


@dataclass(frozen=True)
class Line:
    """One row, numbered as a spreadsheet numbers it; or why it cannot be read, and in which cell.

    Objects of a JSON file are numbered in their order.
    """

    number: int
    cells: list[str]
    fault: Reason | None = None
    place: int | None = None


@dataclass(frozen=True)
class Opened:
    """A file whose rows can be read, and how far that has come: `done()` of `size`."""

    layout: Layout
    lines: Iterator[Line]
    done: Callable[[], int]
    size: int
    sheet: str | None = None
    left: tuple[str, ...] = ()


def find_header(rows: Iterator[tuple[int, list[str]]]) -> tuple[int, Layout]:
    """Return the number and the layout of the first row that is a header; read no further.

    Empty rows do not count. Raises FileRefusedError.
    """
    refusal = FileRefusedError("文件开头的几行是空的：应有一行列名，以下每行一条")
    filled = (row for row in rows if any(map(str.strip, row[1])))
    for number, cells in islice(filled, LEADING + 1):
        try:
            return number, recognise(cells)
        except UnknownLayoutError as error:
            refusal = error
    raise refusal


def checked(number: int, cells: list[str], width: int) -> Line:
    """Return a row of so many cells, or say that it is empty or has too few or too many."""
    if not any(map(str.strip, cells)):
        return Line(number, [], Reason.EMPTY_ROW)
    return Line(number, cells, None if len(cells) == width else Reason.CELLS)
