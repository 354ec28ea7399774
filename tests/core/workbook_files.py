"""Workbooks as departments save them, written by other libraries than the one that reads them."""

import io
import re
from zipfile import ZipFile

import openpyxl
import xlwt

from core.intake import files


def xlsx(*sheets, change=None):
    """Return an XLSX file; a sheet is rows, or a name and rows; `change` gets the workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        name, rows = sheet if isinstance(sheet, tuple) else (f"Sheet{number}", sheet)
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows, *, merged=()):
    """Return an XLS file of one sheet; `merged` are (first row, last row, column, text) from 0."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("数据")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            style = day if hasattr(value, "year") else xlwt.Style.default_style
            if value not in (None, ""):
                page.write(number, place, value, style)
    for first, last, place, value in merged:
        page.write_merge(first, last, place, place, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(content, part, before, after):
    """Return an XLSX file with something else in one of its parts."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                assert before in data
                data = data.replace(before, after)
            new.writestr(name, data)
    return out.getvalue()


def with_shared_texts(content):
    """Return an XLSX file whose sheet names its texts by number, as Excel itself writes them."""
    texts = []

    def shared(found):
        texts.append(found[2])
        return b'<c r="%s" t="s"><v>%d</v></c>' % (found[1], len(texts) - 1)

    inline = rb'<c r="(\w+)" t="inlineStr"><is><t>(.*?)</t></is></c>'
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(inline, shared, data)
            new.writestr(name, data)
        items = b"".join(b"<si><t>%s</t></si>" % one for one in texts)
        kind = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        new.writestr("xl/sharedStrings.xml", b"<sst %s>%s</sst>" % (kind, items))
    return out.getvalue()


def opened(content):
    """Examine and open a file as intake does."""
    file = io.BytesIO(content)
    return files.open_rows(file, files.examine(file))
