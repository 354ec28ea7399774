"""What each type of template field may hold; the type is the name without its number."""

import re
from collections.abc import Callable
from datetime import datetime

DAY = re.compile(r"(\d{4})(?:年|-|/)(\d{1,2})(?:月|-|/)(\d{1,2})日?")
HOUR = re.compile(r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?")


def shaped(pattern: str) -> Callable[[str], bool]:
    """Make a check of a shape."""
    whole = re.compile(pattern)
    return lambda value: whole.fullmatch(value) is not None


def is_day(value: str) -> bool:
    """Tell whether the value begins with a date that exists, and holds at most an hour besides."""
    found = DAY.match(value)
    if found is None:
        return False
    try:
        datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - only whether
    except ValueError:
        return False
    rest = value[found.end() :].strip()
    return not rest or HOUR.fullmatch(rest) is not None


def is_time(value: str) -> bool:
    """Tell whether the value is an hour, a date, or a span of them."""
    ends = value.split("~")
    spans = len(ends) in (1, 2)
    return spans and all(HOUR.fullmatch(end.strip()) or is_day(end.strip()) for end in ends)


CHECKS: dict[str, Callable[[str], bool]] = {
    "thing": shaped(r"(?s).{1,20}"),
    "number": shaped(r"\d{1,32}(\.\d+)?"),
    "letter": shaped(r"[A-Za-z]{1,32}"),
    "symbol": shaped(r"[^\w\s]{1,5}"),
    "character_string": shaped(r"[!-~]{1,32}"),
    "time": is_time,
    "date": is_day,
    "amount": shaped(r"[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?"),
    "phone_number": shaped(r"[\d+\-() ]{1,17}"),
    "car_number": shaped(r"[\u4e00-\u9fffA-Za-z0-9·]{1,8}"),
    "name": shaped(r"[\u4e00-\u9fff·]{1,10}|[A-Za-z .'\-]{1,20}"),
    "phrase": shaped(r"[\u4e00-\u9fff]{1,5}"),
    "const": shaped(r"(?s).{1,20}"),
    "keyword": shaped(r"(?s).{1,200}"),
}


def fits(name: str, value: object) -> bool:
    """Tell whether a value may stand in the field of this name."""
    return isinstance(value, str) and CHECKS[name.rstrip("0123456789")](value)
