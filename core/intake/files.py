"""Files: a department's file, in whatever form it comes, becomes rows, one at a time."""

from io import TextIOWrapper
from typing import BinaryIO

from core.intake import commas, objects, workbooks
from core.intake.encoding import Examined, Form, examine
from core.intake.layouts import FileRefusedError
from core.intake.lines import Line, Opened

__all__ = ["Examined", "FileRefusedError", "Line", "Opened", "examine", "open_rows"]


def open_rows(file: BinaryIO, examined: Examined) -> Opened:
    """Recognise the layout of an examined file and return its rows. Raises FileRefusedError."""
    file.seek(0)
    if examined.form in (Form.XLSX, Form.XLS):
        return workbooks.open_rows(file, examined.form)
    text = TextIOWrapper(file, examined.encoding, newline="")
    rows = objects.rows if examined.form is Form.JSON else commas.rows
    layout, lines = rows(text)

    def done() -> int:
        # Holds the wrapper, too, which closes the file under it when it is let go.
        return text.buffer.tell()

    return Opened(layout, lines, done, examined.size)
