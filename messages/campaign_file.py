"""What became of a campaign as a table: counts by state, way and reason, and of nobody."""

import csv
import io
from collections.abc import Iterable
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from core.campaigning.progress import Count
from messages.wording import console_campaigns_zh as said

_WIDTHS = (16, 14, 40, 12)


def row(one: Count) -> tuple[str, str, str, int]:
    """Return the cells of one line."""
    way = said.WAYS_OF_ROWS[one.way]
    return said.ROW_STATES[one.state], way, said.reason(one.reason), one.number


def as_csv(counts: Iterable[Count]) -> str:
    """Return the table as CSV that a spreadsheet reads as Chinese."""
    file = io.StringIO()
    lines = csv.writer(file)
    lines.writerow(said.COLUMNS)
    lines.writerows(row(one) for one in counts)
    return "\ufeff" + file.getvalue()


def write(counts: Iterable[Count], file: IO[bytes]) -> None:
    """Write the table into a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(said.SHEET)
    for column, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    sheet.append(list(said.COLUMNS))
    for one in counts:
        sheet.append([_cell(sheet, value) for value in row(one)])
    book.save(file)


def _cell(sheet: Any, value: str | int) -> Any:  # noqa: ANN401 - openpyxl has no types
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with "=" stays a text
    return cell
