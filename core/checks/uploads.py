"""Uploads: the lines of a file of subjects, each read or refused by its number."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core import identifiers
from core.errors import BatchTooLongError, FileUnreadableError
from core.identifiers import Scheme

MOST_LINES = 10_000
_LONGEST_NAME = 200
_MOST_CELLS = 2
_UNSEEN = frozenset({"Cc", "Cs"})
_ENCODINGS = ("utf-8-sig", "gb18030")


class LineFault(StrEnum):
    """Why a line is refused."""

    NOT_A_CODE = "not_a_code"
    CITIZEN_ID = "citizen_id"
    REPEATED = "repeated"
    TOO_MANY_CELLS = "too_many_cells"
    NAME = "name"


@dataclass(frozen=True)
class Given:
    """One line: a code, and the name to be compared, or why it is refused.

    Of a refused line nothing is kept but its number: it may hold anything.
    """

    line_no: int
    uscc: str | None = None
    name: str | None = None
    fault: LineFault | None = None


def read(data: bytes) -> list[Given]:
    """Read a file of codes, and names if it likes. Raises FileUnreadableError, BatchTooLongError.

    UTF-8 or GB18030; a first line without a digit is taken for its heading; blank lines are passed
    over.
    """
    given: list[Given] = []
    seen: set[str] = set()
    for number, cells in _rows(_text(data)):
        if len(given) == MOST_LINES:
            raise BatchTooLongError
        one = _line(number, cells, seen)
        seen.add(one.uscc or "")
        given.append(one)
    if not given:
        raise FileUnreadableError
    return given


def _text(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:  # a spreadsheet's own file, or UTF-16
            break
        return text
    raise FileUnreadableError


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            held = [cell.strip() for cell in cells]
            while held and not held[-1]:
                held.pop()
            if held and not _is_heading(reader.line_num, held):
                yield reader.line_num, held
    except csv.Error:
        raise FileUnreadableError from None


def _is_heading(number: int, cells: list[str]) -> bool:
    return number == 1 and not any(char.isdigit() for char in cells[0])


def _line(number: int, cells: list[str], seen: set[str]) -> Given:
    if fault := _fault(cells, seen):
        return Given(number, fault=fault)
    name = cells[1] if len(cells) > 1 else None
    return Given(number, identifiers.normalise(cells[0]), name or None)


def _fault(cells: list[str], seen: set[str]) -> LineFault | None:
    if any(identifiers.holds_citizen_id(cell) for cell in cells[1:]):
        return LineFault.CITIZEN_ID
    if len(cells) > _MOST_CELLS:
        return LineFault.TOO_MANY_CELLS
    scheme = identifiers.classify(cells[0])
    if scheme is not Scheme.USCC:
        is_citizen = scheme is Scheme.CITIZEN_ID or identifiers.holds_citizen_id(cells[0])
        return LineFault.CITIZEN_ID if is_citizen else LineFault.NOT_A_CODE
    if identifiers.normalise(cells[0]) in seen:
        return LineFault.REPEATED
    return _of_name("".join(cells[1:]))


def _of_name(name: str) -> LineFault | None:
    is_visible = not any(unicodedata.category(char) in _UNSEEN for char in name)
    return None if len(name) <= _LONGEST_NAME and is_visible else LineFault.NAME
