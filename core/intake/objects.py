"""Objects: a JSON text, an array or one object after another, becomes rows, one at a time."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, TextIO

from core.intake.layouts import FileRefusedError, Layout, recognise
from core.intake.lines import Line
from core.intake.reasons import Reason

_BLOCK = 1 << 16
_LONGEST = 1 << 20  # characters of one object
_BETWEEN = re.compile(r"[\s,]*")
_NEXT = re.compile(r"[},\n]\s*(?=\{)")
# Numbers stay as they are written.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_SEPARATOR = 256
_FIRST = 50  # broken objects before the first good one


def rows(text: TextIO) -> tuple[Layout, Iterator[Line]]:
    """Recognise the keys of the first object and return all rows. Raises FileRefusedError."""
    objects = _objects(_Text(text))
    first: list[dict[str, Any] | None] = []
    for one in objects:
        first.append(one)
        if one is not None:
            layout = recognise(list(one))
            return layout.in_order(), _lines(chain(first, objects), layout)
        if len(first) > _FIRST:
            break
    raise FileRefusedError("文件里没有可以读出的 JSON 对象：应是一个数组，或每行一个对象")


def _lines(objects: Iterator[dict[str, Any] | None], layout: Layout) -> Iterator[Line]:
    names = [(one.code, one.name, *one.others) for one in layout.columns.values()]
    for number, one in enumerate(objects, start=1):
        if one is None:
            yield Line(number, [], Reason.BROKEN_JSON)
        elif not one:
            yield Line(number, [], Reason.EMPTY_ROW)
        else:
            yield _line(number, [_value(one, called) for called in names])


def _value(one: dict[str, Any], called: tuple[str, ...]) -> Any:  # noqa: ANN401
    return next((one[name] for name in called if name in one), "")


def _line(number: int, values: list[Any]) -> Line:
    for place, value in enumerate(values):
        if isinstance(value, dict | list):
            return Line(number, [], Reason.NOT_TEXT, place)
    return Line(number, ["" if value is None else str(value) for value in values])


class _Text:
    """The part of a text that is held, and where in it we are."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.held = ""
        self.at = 0
        self.is_cut = False

    def more(self) -> bool:
        """Hold a block more and let go what was read; say whether there was one."""
        block = self._text.read(_BLOCK)
        self.held, self.at = self.held[self.at :] + block, 0
        return bool(block)

    def skip(self) -> str:
        """Go to the next character that is no separator; empty at the end."""
        while True:
            found = _BETWEEN.match(self.held, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.held):
                return self.held[self.at]
            if not self.more():
                return ""

    def resume(self) -> None:
        """Go on at the next object after a broken one, or to the end if that was the last."""
        while not (found := _NEXT.search(self.held, self.at)):
            # Enough is kept for the separator that the next block may complete.
            self.at = max(self.at, len(self.held) - _SEPARATOR)
            if not self.more():
                self.at, self.is_cut = len(self.held), True
                return
        self.at = found.end()


def _objects(text: _Text) -> Iterator[dict[str, Any] | None]:
    """Read objects one by one; None stands for what is none."""
    is_array = text.skip() == "["
    text.at += is_array
    while (char := text.skip()) and not (is_array and char == "]"):
        yield _object(text)
    text.at += bool(char)
    # An array that was never closed was cut off; after its end nothing may follow.
    if is_array and not text.is_cut and (not char or text.skip()):
        yield None


def _object(text: _Text) -> dict[str, Any] | None:
    while True:
        try:
            value, text.at = _DECODER.raw_decode(text.held, text.at)
        except (json.JSONDecodeError, RecursionError):
            if len(text.held) - text.at > _LONGEST or not text.more():
                text.resume()
                return None
        else:
            return value if isinstance(value, dict) else None
