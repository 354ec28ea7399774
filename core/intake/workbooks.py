"""Workbooks: a sheet of an XLSX or XLS file becomes rows, each cell the text that it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from core.intake import extent
from core.intake.encoding import Form
from core.intake.extent import Extent
from core.intake.layouts import FileRefusedError, UnknownLayoutError
from core.intake.lines import Line, Opened, checked, find_header
from core.intake.reasons import Reason

MOST_CELLS = 4_000_000  # of one sheet, which is held whole: 120 bytes a cell
_MOST_DIGITS = 10**15  # of a number a spreadsheet keeps fifteen digits
_NOISE = Decimal("1e-9")
_SIXTH = Decimal("1e-6")


def open_rows(file: BinaryIO, form: Form) -> Opened:
    """Return the rows of the first sheet that has a header of ours. Raises FileRefusedError."""
    extents = extent.of_sheets(file) if form is Form.XLSX else []
    for one in extents:
        _refuse_large(one)
    file.seek(0)
    try:
        with load_workbook(file) as book:
            return _chosen(book, extents)
    except PasswordError:
        raise FileRefusedError("表格文件有密码。请去掉密码、另存一次再试") from None
    except CalamineError:
        raise FileRefusedError(extent.BROKEN) from None


def as_text(value: Any) -> str:  # noqa: ANN401 - whatever a cell may hold
    """Return what a cell shows: a whole day as a date, a number without the noise of a float."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        return f"{value:%Y-%m-%d}"
    return str(value)


def _number(value: float) -> str:
    if abs(value) >= _MOST_DIGITS:
        # Its last digits are lost: written so, nobody takes it for the number that was meant.
        return f"{value:.5E}"
    exact = Decimal(f"{value:.15g}")
    rounded = exact.quantize(_SIXTH)
    kept = rounded if abs(rounded - exact) < _NOISE else exact
    return f"{kept.normalize() + 0:f}"


def _refuse_large(one: Extent) -> None:
    if one.rows * one.columns > MOST_CELLS:
        raise FileRefusedError(
            f"工作表太大（{one.rows} 行 × {one.columns} 列，最多 {MOST_CELLS} 格）。"
            "请删去表格末尾无用的内容，或另存为“CSV UTF-8（逗号分隔）”再导入，CSV 没有大小限制"
        )


def _chosen(book: CalamineWorkbook, extents: Sequence[Extent]) -> Opened:
    refusals: list[FileRefusedError] = []
    places = [
        place
        for place, one in enumerate(book.sheets_metadata)
        if one.visible is SheetVisibleEnum.Visible and one.typ is SheetTypeEnum.WorkSheet
    ]
    for place in places:
        try:
            opened = _Sheet(book, place, extents).opened()
        except FileRefusedError as error:
            refusals.append(error)
        else:
            others = [other for other in places if other != place]
            left = [book.sheet_names[other] for other in others if _is_filled(book, other)]
            return replace(opened, left=tuple(left))
    if not refusals:
        raise FileRefusedError("工作簿里没有可见的工作表")
    # What one sheet lacks says more than that another is none of ours.
    raise min(refusals, key=lambda error: isinstance(error, UnknownLayoutError))


def _is_filled(book: CalamineWorkbook, place: int) -> bool:
    return book.get_sheet_by_index(place).height > 0


class _Sheet:
    """One sheet, how far it is read, and which of its rows cannot be read as they stand."""

    def __init__(self, book: CalamineWorkbook, place: int, extents: Sequence[Extent]) -> None:
        self._sheet = book.get_sheet_by_index(place)
        self._wrong = _merged(self._sheet)
        self._done = 0
        first = (self._sheet.start or (0, 0))[1]
        for row, column in extents[place].errors if extents else ():
            self._wrong[row] = (Reason.ERROR_CELL, column - 1 - first)

    def opened(self) -> Opened:
        """Find the header and give the rows below it. Raises FileRefusedError."""
        rows = self._rows()
        _, layout = find_header(rows)
        lines = self._lines(rows, width=len(layout.places))
        size = (self._sheet.end or (0, 0))[0] + 1
        return Opened(layout, lines, lambda: self._done, size, self._sheet.name)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give the rows from the first, numbered as the spreadsheet does, without empty ends."""
        for number, values in enumerate(self._sheet.iter_rows(), start=1):
            self._done = number
            cells = [as_text(value) for value in values]
            while cells and not cells[-1].strip():
                cells.pop()
            yield number, cells

    def _lines(self, rows: Iterator[tuple[int, list[str]]], *, width: int) -> Iterator[Line]:
        for number, cells in rows:
            if number in self._wrong:
                yield Line(number, cells, *self._wrong[number])
            else:
                yield checked(number, cells + [""] * (width - len(cells)), width)


def _merged(sheet: CalamineSheet) -> dict[int, tuple[Reason, int]]:
    """Name the rows that merged cells touch, with the place of the first such cell."""
    first, last = (sheet.start or (0, 0))[1], (sheet.end or (0, 0))[0]
    return {
        row + 1: (Reason.MERGED, max(left - first, 0))
        for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()
        for row in range(top, min(bottom, last) + 1)
    }
