"""Extent: how large the sheets of an XLSX file are, told before anything holds them in memory.

The reader of spreadsheets holds a sheet whole, empty cells included: one stray cell in the last
corner would take more memory than there is. What it reads as empty, an error in a formula, is
found here too.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, BinaryIO
from zipfile import BadZipFile, ZipFile

from core.intake.layouts import FileRefusedError

_BLOCK = 1 << 20
_TEXTS = 256 << 20  # bytes of the texts that all sheets share
# A cell that has only a style ends in its own tag, and is not held.
_CELL = re.compile(rb'<(?:\w+:)?c (?:[^<>]*? )?r="([A-Z]+)([0-9]+)"[^<>]*(?<!/)>')
_ERROR = re.compile(rb'<(?:\w+:)?c (?=[^<>]* t="e")(?:[^<>]*? )?r="([A-Z]+)([0-9]+)"')
_TAG = re.compile(rb"<(?:\w+:)?(?:sheet|Relationship) [^<>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError)


@dataclass
class Extent:
    """The last row and column of a sheet that hold anything (from 1), and the cells in error."""

    rows: int = 0
    columns: int = 0
    errors: set[tuple[int, int]] = field(default_factory=set)


def of_sheets(file: BinaryIO) -> list[Extent]:
    """Return the extent of each sheet, in the order of the workbook. Raises FileRefusedError."""
    try:
        with ZipFile(file) as package:
            return [_measured(package, part) for part in _parts(package)]
    except _BROKEN:
        raise FileRefusedError(BROKEN) from None


BROKEN = "表格文件打不开：可能没有传完，或不是 Excel 文件。请用表格软件打开后另存一次再试"
_OLD_DAYS = "这个工作簿从 1904 年起算日期，读出来会差四年。请另存为“CSV UTF-8（逗号分隔）”再导入"
_TOO_MANY_TEXTS = "表格里的文字太多。请另存为“CSV UTF-8（逗号分隔）”再导入，CSV 没有大小限制"


def _parts(package: ZipFile) -> list[str]:
    """Name the file of each sheet; a sheet that is a chart has one too."""
    workbook = package.read("xl/workbook.xml")
    if re.search(rb'date1904="(?:1|true)"', workbook):
        raise FileRefusedError(_OLD_DAYS)
    texts = [one for one in package.infolist() if one.filename == "xl/sharedStrings.xml"]
    if any(one.file_size > _TEXTS for one in texts):
        raise FileRefusedError(_TOO_MANY_TEXTS)
    links = package.read("xl/_rels/workbook.xml.rels")
    targets = {tag["Id"]: tag["Target"] for tag in _tags(links) if "Target" in tag}
    sheets = [tag for tag in _tags(workbook) if "sheetId" in tag]
    return [_path(targets[tag["r:id"]]) for tag in sheets]


def _tags(xml: bytes) -> Iterator[dict[str, str]]:
    for tag in _TAG.findall(xml):
        yield {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(tag)}


def _path(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _measured(package: ZipFile, part: str) -> Extent:
    extent = Extent()
    with package.open(part) as sheet:
        for block in _whole_tags(sheet):
            if cells := _CELL.findall(block):
                columns, rows = map(set, zip(*cells, strict=True))
                extent.columns = max(extent.columns, *map(_number, columns))
                extent.rows = max(extent.rows, *map(int, rows))
            if b't="e"' in block:
                extent.errors |= {(int(row), _number(col)) for col, row in _ERROR.findall(block)}
    return extent


def _whole_tags(sheet: IO[bytes]) -> Iterator[bytes]:
    """Read a sheet in blocks, none of which ends inside a tag."""
    tail = b""
    while block := sheet.read(_BLOCK):
        block = tail + block
        cut = block.rfind(b"<")
        tail = block[max(cut, 0) :]
        yield block[: max(cut, 0)]
    yield tail


def _number(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
