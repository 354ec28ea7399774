"""Given: one row as its department gave it, read cell by cell, and all that is wrong with it."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from core.identifiers import USCC_SHAPE, Scheme, classify, normalise, uscc_check_ok
from core.intake import cells
from core.intake.layouts import Column, Layout
from core.intake.reasons import HIDDEN, Fault, Reason, shown

_SHORT, _LONG = 200, 5000
BETWEEN = "\x1f"
Value = TypeVar("Value")


class _Code(NamedTuple):
    """A credit code in its one form, and what it is."""

    number: str
    has_shape: bool
    is_right: bool
    scheme: Scheme


@lru_cache(4096)  # an authority's comes again in every row
def _code(text: str) -> _Code:
    number = normalise(text)
    shape = USCC_SHAPE.fullmatch(number) is not None
    return _Code(number, shape, uscc_check_ok(number), classify(number))


class Given:
    """The cells of one row. Readers return a value, and blame a cell that has none."""

    def __init__(self, number: int, layout: Layout, values: list[str]) -> None:
        self.number = number
        self.layout = layout
        self.faults: list[Fault] = []
        self._columns: dict[str, str] = {}
        self._raw: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        # One look at the whole row first: most have nothing to tidy, no line break, nothing unseen.
        self._is_plain = cells.are_plain(values)
        if self._is_plain:
            self._raw = {field: values[place] for place, field, _ in layout.read if values[place]}
        else:
            self._tidy(values)

    def _tidy(self, values: list[str]) -> None:
        for place, field, is_short in self.layout.read:
            if value := values[place]:
                text = cells.tidy(value)
                self._raw[field] = cells.name(text) if is_short and " " in text else text

    def put(self, field: str, value: str, *, column: str) -> None:
        """Take what one column says for a field that has no column of its own."""
        self._raw[field] = value
        self._columns[field] = column

    def raw(self, field: str) -> str:
        """Return a cell as it stands, blanks aside; empty if the file has no such column."""
        return self._raw.get(field, "")

    def text(self, field: str) -> str:
        """Return a cell; line breaks in a long text become spaces."""
        raw = self._raw.get(field, "")
        if self._is_plain or not raw or self.layout.columns[field].is_short:
            return raw
        text = self._texts.get(field)
        if text is None:
            text = self._texts[field] = cells.one_line(raw)
        return text

    def optional(self, field: str) -> str | None:
        """Return a cell, or None where it is empty."""
        return self.text(field) or None

    def code(self, field: str) -> str:
        """Return a credit code in its one form: width, case and blanks folded."""
        text = self._raw.get(field, "")
        return _code(text).number if text else ""

    def is_code_right(self, field: str) -> bool:
        """Say whether the check digit of a credit code holds."""
        return _code(self.raw(field)).is_right

    def whole(self, fields: Iterable[str]) -> str:
        """Return cells as they stand, one behind the other, none of which can make one number."""
        raw = self._raw
        return BETWEEN.join([raw.get(field, "") for field in fields])

    def day(self, field: str) -> date | None:
        """Return a date; None where the cell is empty or wrong."""
        return self._read(field, cells.day, Reason.BAD_DATE)

    def end(self, field: str) -> date | None:
        """Return a last day; None also for the one that means "without end"."""
        last = self.day(field)
        return None if last is None or last >= cells.NO_END else last

    def amount(self, field: str) -> str | None:
        """Return an amount in 万元 as an exact decimal string."""
        return self._read(field, cells.amount, Reason.BAD_AMOUNT)

    def months(self, field: str) -> int | None:
        """Return a number of months."""
        return self._read(field, cells.months, Reason.BAD_MONTHS)

    def blame(self, field: str, reason: Reason, note: str = "", *, hidden: bool = False) -> None:
        """Note that a cell is wrong; what may be a citizen's number is not repeated."""
        value = HIDDEN if hidden else shown(self.raw(field))
        head = self.layout.head(self._columns.get(field, field))
        self.faults.append(Fault(self.number, head, value, reason, note))

    def check(self) -> None:
        """Check what holds for every stored cell: given, short enough, visible; codes in shape."""
        texts = list(map(self.text, self.layout.stored_fields))
        # One look at the whole row first: hardly any holds something odd.
        whole = "¦".join(texts)
        is_odd = "E+" in whole or not (self._is_plain or cells.is_visible(whole))
        if not is_odd and max(map(len, texts)) <= _SHORT and self._is_complete():
            return
        for column, text in zip(self.layout.stored, texts, strict=True):
            if not text:
                if column.required:
                    self.blame(column.field, Reason.MISSING)
            elif is_odd or len(text) > _SHORT or (column.is_code and not _code(text).has_shape):
                self._check(column, text)

    def _is_complete(self) -> bool:
        """Say whether all that must be there is there, and every code has its shape."""
        raw = self._raw
        return all(map(raw.get, self.layout.required)) and all(
            _code(text).has_shape for field in self.layout.codes if (text := raw.get(field))
        )

    def _check(self, column: Column, text: str) -> None:
        field = column.field
        if len(text) > (_SHORT if column.is_short else _LONG):
            self.blame(field, Reason.TOO_LONG)
        elif not cells.is_visible(text):
            self.blame(field, Reason.INVISIBLE)
        elif cells.lost_digits(text):
            self.blame(field, Reason.LOST_DIGITS)
        elif column.is_code and not _code(text).has_shape:
            self.blame(field, Reason.BAD_USCC)

    def citizen_code(self) -> str | None:
        """Return the field of a credit code that is a citizen's number instead."""
        for field in self.layout.codes:
            if (text := self._raw.get(field)) and _code(text).scheme is Scheme.CITIZEN_ID:
                return field
        return None

    def _read(self, field: str, read: Callable[[str], Value], wrong: Reason) -> Value | None:
        text = self.raw(field)
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            self.blame(field, wrong)
            return None
