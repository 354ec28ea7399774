"""Cells: what one cell of a department's file means."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from string import ascii_letters, digits

NO_END = date(2099, 12, 31)  # how the standard writes "without end" (无期限)
_FIRST_YEAR = 1949
_DAY = re.compile(
    r"([0-9]{4})([-/.年])([0-9]{1,2})(?:\2|月)([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?$")
_AROUND_MARKS = re.compile(r" *([-/.年月日]) *")
# A spreadsheet counts days. Five digits are taken for such a count from 2000 to 2099 only, so that
# a date that lost its end (20260) is not; seven are the last day that a spreadsheet knows.
_SERIAL = re.compile("[3-7][0-9]{4}|2958465")
_SERIALS = (range(36526, 73051), range(2958465, 2958466))
_DAY_0 = date(1899, 12, 30)
_AMOUNT = re.compile(r"((?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,6}0*)?)(?:万元)?")
_MONTHS = re.compile(r"[0-9]{1,3}")
_MOST_MONTHS = 600
_UNSEEN = (
    "\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_LINE_BREAKS = re.compile(r"[\r\n\t\u00a0\u3000 ]+")
_WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"  # ０-９ Ａ-Ｚ ａ-ｚ
_UNTIDY = re.compile(rf'[\s{_WIDE}]|^="|^\ufeff')
_MAY_BE_ODD = re.compile(rf'[\s{_WIDE}{_UNSEEN}]|="')
_NARROW = str.maketrans(
    {chr(ord(one) + 0xFEE0): one for one in digits + ascii_letters}
    | dict.fromkeys("\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
)
_AS_TEXT = re.compile('="([^"]*)"')  # how a spreadsheet is told to leave a number alone
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff0f（）〔〕【】《》"
_STRAY = re.compile(f"(?<=[{_CJK}]) +| +(?=[{_CJK}])")
_LOST = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}")


def are_plain(texts: Sequence[str]) -> bool:
    """Say whether no cell of a row needs to be tidied, and none holds what cannot be seen."""
    return not _MAY_BE_ODD.search("¦".join(texts))


def tidy(text: str) -> str:
    """Return a cell without the accidents of typing: full-width digits and letters, odd blanks."""
    if not _UNTIDY.search(text):
        return text
    if told := _AS_TEXT.fullmatch(text.strip()):
        text = told[1]
    return text.translate(_NARROW).strip().strip("\ufeff").strip()


def name(text: str) -> str:
    """Return a name or a number without stray blanks: none beside Chinese, one between words."""
    return _STRAY.sub("", re.sub(" {2,}", " ", text)) if " " in text else text


# Days and amounts come again and again in a file.
@lru_cache(4096)
def day(text: str) -> date:
    """Read a date. Raises ValueError for one that is not in the calendar."""
    plain = _AROUND_MARKS.sub(r"\1", _MIDNIGHT.sub("", _plain(text)))
    if _SERIAL.fullmatch(plain) and any(int(plain) in days for days in _SERIALS):
        read = _DAY_0 + timedelta(days=int(plain))
    elif found := _DAY.fullmatch(plain):
        year, _, month, one, *compact = found.groups()
        read = date(*map(int, compact if year is None else (year, month, one)))
    else:
        raise ValueError
    if read.year < _FIRST_YEAR:
        raise ValueError
    return read


@lru_cache(4096)
def amount(text: str) -> str:
    """Read an amount in 万元 exactly: a decimal string with 6 digits. Raises ValueError."""
    found = _AMOUNT.fullmatch(_plain(text))
    if not found:
        raise ValueError
    return f"{Decimal(found[1].replace(',', '')):.6f}"


def months(text: str) -> int:
    """Read a number of months. Raises ValueError."""
    plain = _plain(text)
    if not _MONTHS.fullmatch(plain) or not 1 <= int(plain) <= _MOST_MONTHS:
        raise ValueError
    return int(plain)


def one_line(text: str) -> str:
    """Turn line breaks and runs of blanks, which long texts have, into one space."""
    return _LINE_BREAKS.sub(" ", text).strip() if _LINE_BREAKS.search(text) else text


def is_visible(text: str) -> bool:
    """Say whether a text holds no control character and nothing that hides or reverses others."""
    return not _INVISIBLE.search(text)


def lost_digits(text: str) -> bool:
    """Say whether a spreadsheet took a long number for a quantity and dropped its last digits."""
    return bool(_LOST.fullmatch(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
