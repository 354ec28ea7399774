"""The queue of cases as a workbook: plain texts and dates, nothing that a program would reckon."""

from collections.abc import Iterable
from datetime import date
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from core import privacy
from core.calendar import day
from core.cases import Holder
from core.casework.queue import Line
from messages.wording import cases_zh, console_cases_zh, zh

_WIDTHS = (22, 18, 14, 26, 12, 10, 30, 12, 12)


def write(lines: Iterable[Line], file: IO[bytes]) -> int:
    """Write lines into a workbook, row by row; return how many there were."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(console_cases_zh.SHEET)
    for column, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    sheet.append(_cells(sheet, console_cases_zh.COLUMNS.values()))
    written = 0
    for line in lines:
        sheet.append(_cells(sheet, row(line)))
        written += 1
    book.save(file)
    return written


def row(line: Line) -> tuple[str | date | None, ...]:
    """Return the cells of one case."""
    kind = zh.CASE_KINDS[line.kind] + (console_cases_zh.REVIEW if line.is_review else "")
    theirs = line.holder is Holder.DEPARTMENT
    return (
        privacy.show_code(line.receipt_code),
        kind,
        zh.case_state(line.kind, line.state),
        cases_zh.DUE[line.clock] if line.clock else None,
        line.due_on,
        console_cases_zh.LIGHTS[line.light],
        line.office if theirs else cases_zh.HOLDERS[line.holder or Holder.PLATFORM],
        line.handler,
        day(line.opened_at),
    )


def _cells(sheet: Any, values: Iterable[str | date | None]) -> list[Any]:  # noqa: ANN401
    return [_text(sheet, value) if isinstance(value, str) else value for value in values]


def _text(sheet: Any, value: str) -> Any:  # noqa: ANN401 - openpyxl has no types
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"  # a text that begins with "=" stays a text
    return cell
