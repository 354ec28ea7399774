"""Glyphs: which characters our font can show. What it cannot would stop a PDF/A altogether."""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

# Controls and marks of direction: nobody sees them, and they can turn a name around.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_SPACES = "\t\r\n"
_FORMAT = 12  # the table of the whole of Unicode, by ranges


class Glyphs(dict[int, str]):
    """What one font can show, character by character; what it cannot is replaced by a mark."""

    def __init__(self, font: Path, *, mark: str) -> None:
        super().__init__()
        self._mark = mark
        with font.open("rb") as file:
            ranges = _ranges(partial(_read, file))
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]

    def shown(self, text: str) -> str:
        """Return a text as it can be printed: in one line, in one direction."""
        return unicodedata.normalize("NFC", text).translate(self)

    def all_shown(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return a structure with every text in it as it can be printed."""
        if isinstance(value, str):
            return self.shown(value)
        if isinstance(value, dict):
            return {key: self.all_shown(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.all_shown(each) for each in value]
        return value

    def __missing__(self, number: int) -> str:
        """Judge a character when it is first met."""
        held = self[number] = self._judged(number)
        return held

    def _judged(self, number: int) -> str:
        char = chr(number)
        if char in _SPACES:
            return " "
        if unicodedata.category(char) in _UNSEEN:
            return ""
        place = bisect_right(self._starts, number) - 1
        return char if place >= 0 and number <= self._ends[place] else self._mark


def _read(file: Any, offset: int, layout: str) -> tuple[Any, ...]:  # noqa: ANN401 - a binary file
    file.seek(offset)
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _ranges(read: Callable[[int, str], tuple[Any, ...]]) -> list[tuple[int, int]]:
    """Read the ranges of a font, or of the first font of a collection (ISO/IEC 14496-22)."""
    is_collection = read(0, ">4s") == (b"ttcf",)
    font = read(12, ">I")[0] if is_collection else 0
    records = (read(font + 12 + 16 * n, ">4sIII") for n in range(read(font + 4, ">H")[0]))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    tables = (read(cmap + 4 + 8 * n, ">HHI")[2] for n in range(read(cmap + 2, ">H")[0]))
    table = next(cmap + at for at in tables if read(cmap + at, ">H")[0] == _FORMAT)
    groups = read(table + 16, f">{3 * read(table + 12, '>I')[0]}I")
    return list(zip(groups[::3], groups[1::3], strict=True))
