"""Given: one row as its department gave it, read cell by cell, and all that is wrong with it."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from core.identifiers import USCC_SHAPE, Scheme, classify, normalise
from core.intake import cells
from core.intake.layouts import Column, Layout
from core.intake.reasons import HIDDEN, Fault, Reason, shown

_SHORT, _LONG = 200, 5000
Value = TypeVar("Value")


class Given:
    """The cells of one row. Readers return a value, and blame a cell that has none."""

    def __init__(self, number: int, layout: Layout, values: list[str]) -> None:
        self.number = number
        self.layout = layout
        self.faults: list[Fault] = []
        self._columns: dict[str, str] = {}
        self._raw: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        # One look at the whole row first: most have no cell to tidy.
        tidy = str if cells.are_tidy(values) else cells.tidy
        for place, field, is_short in layout.read:
            if value := values[place]:
                text = tidy(value)
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
        if not raw or self.layout.columns[field].is_short:
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
        return normalise(self.raw(field))

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
        texts = [self.text(column.field) for column in self.layout.stored]
        # One look at the whole row first: hardly any holds something odd.
        whole = "¦".join(texts)
        is_odd = not cells.is_visible(whole) or "E+" in whole
        for column, text in zip(self.layout.stored, texts, strict=True):
            if not text:
                if column.required:
                    self.blame(column.field, Reason.MISSING)
            elif is_odd or column.is_code or len(text) > _SHORT:
                self._check(column, text)

    def _check(self, column: Column, text: str) -> None:
        field = column.field
        if len(text) > (_SHORT if column.is_short else _LONG):
            self.blame(field, Reason.TOO_LONG)
        elif not cells.is_visible(text):
            self.blame(field, Reason.INVISIBLE)
        elif cells.lost_digits(text):
            self.blame(field, Reason.LOST_DIGITS)
        elif column.is_code and not USCC_SHAPE.fullmatch(self.code(field)):
            self.blame(field, Reason.BAD_USCC)

    def citizen_code(self) -> str | None:
        """Return the field of a credit code that is a citizen's number instead."""
        for field in self.layout.codes:
            if classify(self.raw(field)) is Scheme.CITIZEN_ID:
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
