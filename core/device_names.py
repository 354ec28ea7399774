"""Device names: what is kept of one, so that it tells a device and names nobody.

A telephone may be called after its owner (张三的 iPhone). Kept are only the words by which makers
call their devices; what else stands there is dropped.
"""

import re

_MAKERS = (
    *("iPhone", "iPad", "HUAWEI", "HONOR", "Xiaomi", "Redmi", "OPPO", "OnePlus", "vivo", "iQOO"),
    *("realme", "Meizu", "Samsung", "Galaxy", "Pixel", "Nokia", "Motorola", "Lenovo", "ZTE"),
    *("nubia", "Mate", "Pura", "nova", "Mi"),
)
_MODELS = (
    *("Pro", "Max", "Plus", "Ultra", "mini", "Air", "SE", "Note", "Pad", "Tab", "Fold", "Flip"),
    *("Find", "Reno", "Magic", "Play", "Neo", "Turbo", "Edge", "Lite", "RS", "XS", "XR", "5G"),
)
_KNOWN = {word.lower() for word in (*_MAKERS, *_MODELS)}
_MARKS = {word.lower() for word in _MAKERS}
# A number of a model: 70, 14T, P60, X100; never as long as a year of birth or a telephone number.
_NUMBER = re.compile(r"[A-Za-z]{0,2}\d{1,3}[A-Za-z]{0,2}")
_WORD = re.compile(r"[A-Za-z0-9]+")


def neutral(name: str) -> str:
    """Return the words of a device's name that are a maker's; empty if there is none."""
    words = _WORD.findall(name)
    first = next((place for place, word in enumerate(words) if word.lower() in _MARKS), len(words))
    return " ".join(word for word in words[first:] if _is_makers(word))


def _is_makers(word: str) -> bool:
    return word.lower() in _KNOWN or _NUMBER.fullmatch(word) is not None
