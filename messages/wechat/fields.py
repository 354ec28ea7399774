"""WeChat's field types (模板字段): what each may hold. The type is the name without its number.

Source: the published text on subscription messages, which templates by category share.
"""

import re
from collections.abc import Callable, Mapping

THING = 20  # characters
_DAY = r"\d{4}(年|-|/)\d{1,2}(月|-|/)\d{1,2}日?"
_HOUR = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_MOMENT = rf"({_DAY}( ?{_HOUR})?|{_HOUR})"


def _shaped(pattern: str) -> Callable[[str], bool]:
    whole = re.compile(pattern)
    return lambda value: whole.fullmatch(value) is not None


_TYPES: dict[str, Callable[[str], bool]] = {
    "thing": _shaped(r"(?s).{1,20}"),
    "number": _shaped(r"\d{1,32}(\.\d+)?"),
    "letter": _shaped(r"[A-Za-z]{1,32}"),
    "symbol": _shaped(r"[^\w\s]{1,5}"),
    "character_string": _shaped(r"[!-~]{1,32}"),
    "time": _shaped(rf"{_MOMENT}( ?~ ?{_MOMENT})?"),
    "date": _shaped(rf"{_DAY}( ?{_HOUR})?"),
    "amount": _shaped(r"[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?"),
    "phone_number": _shaped(r"[\d+\-() ]{1,17}"),
    "car_number": _shaped(r"[\u4e00-\u9fffA-Za-z0-9·]{1,8}"),
    "name": _shaped(r"[\u4e00-\u9fff·]{1,10}|[A-Za-z .'\-]{1,20}"),
    "phrase": _shaped(r"[\u4e00-\u9fff]{1,5}"),
}


def fits(name: str, value: str) -> bool:
    """Say whether a value may stand in a field; a type that is not known takes nothing."""
    check = _TYPES.get(name.rstrip("0123456789"))
    return check is not None and check(value)


def faults(held: Mapping[str, str]) -> list[str]:
    """Name the fields, of a card put together, whose values WeChat would refuse."""
    return [name for name, value in held.items() if not fits(name, value)]


def cut(text: str) -> str:
    """Shorten a text to what a field of type thing takes."""
    return text if len(text) <= THING else text[: THING - 1] + "…"
