"""Encoding: a file is looked at once to its end; what it is, and in which characters it is written.

A text must be UTF-8 or GB18030 from its first byte to its last. Almost any bytes read as GB18030,
so a UTF-8 file with a damaged place would turn into nonsense: whole words of UTF-8 give it away.
"""

import codecs
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from core.intake.layouts import FileRefusedError

UTF_8 = "utf-8-sig"  # with the mark that spreadsheets put first, or without
GB18030 = "gb18030"
_MARK = codecs.BOM_UTF8
_BLOCK = 1 << 20
_LONGEST_LINE = 1 << 20
# Six Chinese characters in a row, as UTF-8 writes them: GB18030 text does not look so by chance.
_WORD = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){6}")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Form(StrEnum):
    """What a file is by its content; nobody trusts its name."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    XLS = "xls"


@dataclass(frozen=True)
class Examined:
    """A file that can be read: its hash, its size, what it is."""

    hash: str
    size: int
    form: Form
    encoding: str = ""


@dataclass
class _Seen:
    """What one pass over a file found."""

    digest: str
    size: int
    long_line: int | None
    bad_line: int | None


def examine(file: BinaryIO) -> Examined:
    """Read a file once to its end before anything is loaded. Raises FileRefusedError."""
    form = _form(file)
    file.seek(0)
    seen = _read(file, "utf-8")
    if not seen.size:
        raise FileRefusedError("文件是空的：应有一行列名，以下每行一条")
    if form in (Form.XLSX, Form.XLS):
        return Examined(seen.digest, seen.size, form)
    encoding = UTF_8 if seen.bad_line is None else _other(file, seen.bad_line)
    if seen.long_line and form is Form.CSV:
        raise FileRefusedError(f"第 {seen.long_line} 行附近有一行超过 1 MB，不像 CSV 文件")
    return Examined(seen.digest, seen.size, form, encoding)


def _form(file: BinaryIO) -> Form:
    head = file.read(64)
    if head.startswith(_ZIP):
        return Form.XLSX
    if head.startswith(_OLE):
        return Form.XLS
    text = head.removeprefix(_MARK).lstrip()
    return Form.JSON if text.startswith((b"[", b"{")) else Form.CSV


def _other(file: BinaryIO, bad_line: int) -> str:
    """Return GB18030 for a text that is not UTF-8, or say which line cannot be read."""
    file.seek(0)
    bad_in_other = _read(file, GB18030).bad_line
    if _is_damaged_utf8(file):
        raise FileRefusedError(_unreadable(bad_line))
    if bad_in_other is not None:
        # The encoding that a file is not in fails early: the other one gets to the damage.
        raise FileRefusedError(_unreadable(max(bad_line, bad_in_other)))
    return GB18030


def _is_damaged_utf8(file: BinaryIO) -> bool:
    file.seek(0)
    tail = file.read(len(_MARK))
    if tail == _MARK:
        return True
    while block := file.read(_BLOCK):
        if _WORD.search(tail + block):
            return True
        tail = block[-18:]
    return False


def _read(file: BinaryIO, encoding: str) -> _Seen:
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder(encoding)()
    seen = _Seen("", 0, long_line=None, bad_line=None)
    lines = tail = 0
    while block := file.read(_BLOCK):
        digest.update(block)
        if seen.bad_line is None:
            seen.bad_line = _bad_line(decoder, block, lines)
        longest, tail = _lengths(block, tail)
        if longest > _LONGEST_LINE and seen.long_line is None:
            seen.long_line = lines + 1
        seen.size, lines = seen.size + len(block), lines + block.count(b"\n")
    if seen.bad_line is None:
        seen.bad_line = _bad_line(decoder, b"", lines, final=True)
    seen.digest = digest.hexdigest()
    return seen


def _bad_line(
    decoder: codecs.IncrementalDecoder, block: bytes, lines: int, *, final: bool = False
) -> int | None:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError as error:
        # What the decoder held back from the block before has no line break in it.
        return lines + error.object[: error.start].count(b"\n") + 1
    return None


def _lengths(block: bytes, tail: int) -> tuple[int, int]:
    pieces = block.split(b"\n")
    lengths = [len(piece) for piece in pieces]
    lengths[0] += tail
    return max(lengths), lengths[-1]


def _unreadable(line: int) -> str:
    return (
        f"文件不是 UTF-8 编码，也不是 GB18030 编码（第 {line} 行读不出）。"
        "请在表格软件中另存为“CSV UTF-8（逗号分隔）”再试"
    )
