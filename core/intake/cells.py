"""Cells: what one cell of a department's file means."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

NO_END = date(2099, 12, 31)  # how the standard writes "without end" (无期限)
_FIRST_YEAR = 1949
_DAY = re.compile(
    r"([0-9]{4})([-/.年])([0-9]{1,2})(?:\2|月)([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_AMOUNT = re.compile(r"(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,6}0*)?")
_MONTHS = re.compile(r"[0-9]{1,3}")
_MOST_MONTHS = 600
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_LINE_BREAKS = re.compile(r"[\r\n\t\u00a0\u3000 ]+")


def day(text: str) -> date:
    """Read a date. Raises ValueError for one that is not in the calendar."""
    found = _DAY.fullmatch(_plain(text))
    if found is None:
        raise ValueError
    year, _, month, one, *compact = found.groups()
    read = date(*map(int, compact if year is None else (year, month, one)))
    if read.year < _FIRST_YEAR:
        raise ValueError
    return read


def amount(text: str) -> str:
    """Read an amount in 万元 exactly: a decimal string with 6 digits. Raises ValueError."""
    plain = _plain(text)
    if not _AMOUNT.fullmatch(plain):
        raise ValueError
    return f"{Decimal(plain.replace(',', '')):.6f}"


def months(text: str) -> int:
    """Read a number of months. Raises ValueError."""
    plain = _plain(text)
    if not _MONTHS.fullmatch(plain) or not 1 <= int(plain) <= _MOST_MONTHS:
        raise ValueError
    return int(plain)


def one_line(text: str) -> str:
    """Turn line breaks and runs of blanks, which long texts have, into one space."""
    return _LINE_BREAKS.sub(" ", text).strip()


def is_visible(text: str) -> bool:
    """Say whether a text holds no control character and nothing that hides or reverses others."""
    return not _INVISIBLE.search(text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
