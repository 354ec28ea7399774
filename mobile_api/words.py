"""What this door says, in the language that the app asks for."""

from types import ModuleType

from messages import wording
from messages.labels import (
    advice,
    case_holder,
    case_state,
    fact,
    facts,
    label,
    limits,
    look,
    mark,
    opens,
    other,
    promise,
    share_said,
    table,
    term,
)
from messages.wording import api_en, api_zh

__all__ = [
    "advice",
    "case_holder",
    "case_state",
    "detail",
    "fact",
    "facts",
    "fault",
    "label",
    "limits",
    "look",
    "mark",
    "opens",
    "other",
    "promise",
    "returned",
    "share_said",
    "table",
    "term",
    "title",
]

_API: dict[str, ModuleType] = {"zh": api_zh, "en": api_en}


def title(code: str, language: str) -> str:
    """Name a problem."""
    words: dict[str, str] = _API[language].TITLES
    return words[code]


def detail(code: str, language: str) -> str:
    """Say what happened and what to do next, in core's own words if core refused."""
    words: dict[str, str] = _API[language].DETAILS
    return words[code] if code in words else wording.refusal(code, language)


def fault(text: str, language: str) -> str:
    """Say what is wrong with a field; `text` is the name of a fault and its numbers."""
    words: dict[str, str] = _API[language].FAULTS
    name, *numbers = text.split()
    return words.get(name, words["invalid"]).format(*numbers)


def returned(language: str) -> dict[str, str]:
    """Return the words of the page to which the identity provider sends a browser."""
    words: dict[str, str] = _API[language].RETURNED
    return words
