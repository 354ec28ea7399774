"""Files: a CSV file becomes rows, one at a time, and a stray quote swallows no row."""

import codecs
import csv
import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from core.intake.layouts import FileRefusedError, Layout, recognise
from core.intake.reasons import Reason

ENCODING = "utf-8-sig"  # with the mark that spreadsheets put first, or without
_BLOCK = 1 << 20
_LONGEST_LINE = 1 << 20
_MOST_JOINED = 50  # lines that one quoted cell may span


@dataclass(frozen=True)
class Examined:
    """A file that can be read: its hash and its size."""

    hash: str
    size: int


@dataclass(frozen=True)
class Line:
    """One row, numbered as a spreadsheet numbers it; or why it cannot be read."""

    number: int
    cells: list[str]
    fault: Reason | None = None


def examine(file: BinaryIO) -> Examined:
    """Read a file once to its end before anything is loaded. Raises FileRefusedError."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size = lines = tail = 0
    while block := file.read(_BLOCK):
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            raise FileRefusedError(
                _not_utf8(lines + block[: error.start].count(b"\n") + 1)
            ) from None
        longest, tail = _lengths(block, tail)
        if longest > _LONGEST_LINE:
            raise FileRefusedError(f"第 {lines + 1} 行附近有一行超过 1 MB，不像 CSV 文件")
        digest.update(block)
        size, lines = size + len(block), lines + block.count(b"\n")
    if decoder.getstate()[0]:
        raise FileRefusedError(_not_utf8(lines + 1))
    if not size:
        raise FileRefusedError("文件是空的：第一行应是列名，以下每行一条")
    return Examined(digest.hexdigest(), size)


def _lengths(block: bytes, tail: int) -> tuple[int, int]:
    pieces = block.split(b"\n")
    lengths = [len(piece) for piece in pieces]
    lengths[0] += tail
    return max(lengths), lengths[-1]


def _not_utf8(line: int) -> str:
    return (
        f"文件不是 UTF-8 编码（第 {line} 行读不出）。"
        "请在表格软件中另存为“CSV UTF-8（逗号分隔）”再试"
    )


def open_rows(text: TextIO) -> tuple[Layout, Iterator[Line]]:
    """Recognise the layout of a file and return its rows. Raises FileRefusedError.

    The text must be opened as ENCODING, with newline="" as the csv module wants it.
    """
    physical = iter(text)
    first = next(physical, "")
    header = _cells([first], strict=True)
    if not header or not any(cell.strip() for cell in header):
        raise FileRefusedError("文件的第一行是空的：第一行应是列名，以下每行一条")
    layout = recognise(header)
    return layout, _lines(physical, width=len(header))


def _lines(physical: Iterator[str], *, width: int) -> Iterator[Line]:
    waiting: deque[str] = deque()
    number = 1
    while (first := _next(waiting, physical)) is not None:
        number += 1
        if first.strip("\r\n"):
            yield _line(number, _record(first, waiting, physical, width=width), width)


def _line(number: int, cells: list[str] | None, width: int) -> Line:
    if cells is None:
        return Line(number, [], Reason.BROKEN)
    if not any(map(str.strip, cells)):
        return Line(number, [], Reason.EMPTY_ROW)
    return Line(number, cells, None if len(cells) == width else Reason.CELLS)


def _record(
    first: str, waiting: deque[str], physical: Iterator[str], *, width: int
) -> list[str] | None:
    """Join the lines of a quoted cell; give back those that a stray quote only seemed to open."""
    joined, quotes = [first], first.count('"')
    while quotes % 2 and len(joined) < _MOST_JOINED:
        more = _next(waiting, physical)
        if more is None:
            break
        joined.append(more)
        quotes += more.count('"')
    cells = _cells(joined, strict=True)
    if len(joined) > 1 and (cells is None or len(cells) != width):
        waiting.extendleft(reversed(joined[1:]))
        cells = None
    return _with_plain_quotes(first, width) if cells is None else cells


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


def _next(waiting: deque[str], physical: Iterator[str]) -> str | None:
    return waiting.popleft() if waiting else next(physical, None)
