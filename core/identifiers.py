"""Identifiers: what a text of digits and letters is. Facts: GB 32100, GB 11643, GB 11714."""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from operator import mul

from stdnum.iso7064 import mod_11_10

USCC_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
# GB 32100 registry and category prefixes, as in use in 2026.
USCC_PREFIXES = frozenset(
    "11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 54 55 59 61 62 69 71 72 79 "
    "81 89 91 92 93 A1 A9 N1 N2 N3 N9 Y1".split()
)
_ID_18 = re.compile(r"[1-9][0-9]{16}[0-9X]")
_ID_15 = re.compile(r"[1-9][0-9]{14}")
# Province-level codes of GB/T 2260, and 81 82 83 for residence permits, 90 for foreigners' cards.
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82 83 90 91 92 93 94 95 96 97 98 99".split()
)
_CENTURIES = frozenset(("18", "19", "20"))
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_USCC_VALUES = {char: value for value, char in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_USCC_BASE = 31
_USCC_WEIGHTS = (*(3**place % _USCC_BASE for place in range(17)), 1)
_SEPARATORS = " \t\r\n\u3000-‐‑‒–—―－·.,，。、_/\\:："
_MANY_DIGITS = re.compile(f"[0-9](?:[{re.escape(_SEPARATORS)}]*[0-9]){{14}}")
# What texts are made of, nearly always: NFKC makes no digit and no letter of such a character that
# it is not already. So whatever has no long run of digits as it stands, has none once folded.
COMMON = re.compile(
    "[\x00-\x7f\u4e00-\u9fff\u3001-\u3011\u3014-\u301b\uff01-\uff5e\u00b7\u2010-\u201f]*"
)
MAY_BE_MANY_DIGITS = re.compile(r"[0-9０-９](?:(?:[^\w\x1f]|_|＿)*[0-9０-９]){14}")
_DASHES = str.maketrans("", "", _SEPARATORS)
_UUID = re.compile(
    "[0-9a-f]{8}(-?)[0-9a-f]{4}\\1[1-8][0-9a-f]{3}\\1[89ab][0-9a-f]{3}\\1[0-9a-f]{12}"
)


class Scheme(StrEnum):
    """What a text is by its shape."""

    USCC = "uscc"
    CITIZEN_ID = "citizen_id"
    OTHER = "other"


def normalise(text: str) -> str:
    """Fold full-width forms and case, drop spaces and dashes: how people really type a number."""
    if not text or (text.isascii() and text.isalnum()):
        return text.upper()
    return unicodedata.normalize("NFKC", text).translate(_DASHES).upper()


def classify(text: str) -> Scheme:
    """Tell a credit code from a citizen's number, in doubt for the citizen's privacy.

    3.2 % of citizen IDs also pass the credit code's check digit, so a number with a citizen's
    shape counts as a code only if prefix, organisation-code digit and check digit all hold.
    """
    number = normalise(text)
    if _looks_like_citizen_id(number) and not _is_surely_uscc(number):
        return Scheme.CITIZEN_ID
    return Scheme.USCC if USCC_SHAPE.fullmatch(number) else Scheme.OTHER


def holds_citizen_id(text: str) -> bool:
    """Say whether a citizen's number stands anywhere in a text, spaced or not."""
    if COMMON.fullmatch(text) and not MAY_BE_MANY_DIGITS.search(text):
        return False
    if not _MANY_DIGITS.search(unicodedata.normalize("NFKC", text)):
        return False
    number = normalise(text)
    alone = re.findall(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9])|(?<![0-9])[0-9]{15}(?![0-9X])", number)
    joined = (number[found.start() :][:18] for found in re.finditer(r"(?=[0-9]{17})", number))
    return any(classify(span) is Scheme.CITIZEN_ID for span in alone) or any(
        citizen_id_check_ok(span) and not _is_surely_uscc(span) for span in joined
    )


def is_uuid(text: str) -> bool:
    """Say whether a text is a UUID (RFC 9562): one in 20,000 holds a citizen's number by chance."""
    return _UUID.fullmatch(text.lower()) is not None


def uscc_check_ok(number: str) -> bool:
    """Say whether the check digit holds; real codes exist whose digit does not (warn, accept)."""
    if not USCC_SHAPE.fullmatch(number):
        return False
    total: int = sum(map(mul, map(_USCC_VALUES.__getitem__, number), _USCC_WEIGHTS))
    return total % _USCC_BASE == 0


def citizen_id_check_ok(number: str) -> bool:
    """Say whether an 18-character citizen number has a real birth date and check character."""
    if not _ID_18.fullmatch(number) or not _is_day(number[6:14]):
        return False
    return _check_character(number) == number[17]


def _check_character(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return "10X98765432"[total % 11]


def citizen_id_of(text: str) -> str | None:
    """Return a citizen's number in its form of 18 characters, if a text is a valid one.

    A first-generation number (15 digits) gets its century 19 and its check character.
    """
    number = normalise(text)
    if _is_first_generation(number):
        body = number[:6] + "19" + number[6:]
        number = body + _check_character(body)
    return number if citizen_id_check_ok(number) else None


def registration_no_check_ok(number: str) -> bool:
    """Say whether the check digit of a 15-digit registration number holds (GB/T 17710)."""
    return bool(re.fullmatch(r"[0-9]{15}", number)) and bool(mod_11_10.is_valid(number))


def org_code_check_ok(number: str) -> bool:
    """Say whether the check character of a nine-character organisation code holds (GB 11714)."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", number):
        return False
    total = sum(int(char, 36) * weight for char, weight in zip(number, _ORG_WEIGHTS, strict=False))
    return "0X987654321"[total % 11] == number[8] if total % 11 else number[8] == "0"


def _is_surely_uscc(number: str) -> bool:
    return number[:2] in USCC_PREFIXES and uscc_check_ok(number) and org_code_check_ok(number[8:17])


def _looks_like_citizen_id(number: str) -> bool:
    # A slip in the date or the check character is still somebody's number.
    has_shape = bool(_ID_18.fullmatch(number)) and number[:2] in _PROVINCES
    return (has_shape and number[6:8] in _CENTURIES) or _is_first_generation(number)


def _is_first_generation(number: str) -> bool:
    return (
        bool(_ID_15.fullmatch(number)) and number[:2] in _PROVINCES and _is_day("19" + number[6:12])
    )


def _is_day(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return born.year >= 1880  # noqa: PLR2004 - no living citizen is older
