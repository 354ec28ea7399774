"""Fields: what may be corrected of a record, and how each value is written."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from core import corrections
from core.db import Facts
from core.identifiers import holds_citizen_id
from core.intake import cells, decisions
from core.intake.statements import PROMISES
from core.keeping.errors import FieldError
from core.records import Fulfilment, Record, RecordKind, Severity
from core.rules import Rulebook

_LONGEST = 5000
_DAYS = frozenset(
    ("event_date", "valid_from", "valid_to", "publication_end", "registered_on", "published_on")
)
_SUMS = frozenset(("fine_wan", "confiscated_wan"))
_NEEDED = frozenset(
    (
        *("event_date", "document_no", "violation_type", "violation_facts", "legal_basis"),
        *("penalty_types", "content", "matter", "duty", "disrupt_type", "fulfilment", "public"),
        *("promise_type", "category", "document_title", "state"),
    )
)
_CHOICES: Mapping[str, Mapping[str, Any]] = {
    "public": {"是": True, "否": False},
    "fulfilment": {one.value: one.value for one in Fulfilment},
    "promise_type": {one: one for one in PROMISES},
    "severity": {one.value: one.value for one in Severity},
}
ENDS = ("valid_to", "publication_end")


def held(record: Record, facts: Facts) -> Facts:
    """Return all that may be corrected of a record, by field."""
    own = corrections.outside(record.event_date, record.document_no)
    graded = {"severity": None} if record.kind is RecordKind.PENALTY else {}
    return {**own, **graded, **facts}


def choices(name: str) -> tuple[str, ...]:
    """Return the words of which a field takes one; none where it is written freely."""
    return tuple(_CHOICES.get(name, ()))


def written(value: object) -> str:
    """Return a value as one would type it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(value)
    return "" if value is None else str(value)


def read(name: str, text: str, *, rules: Rulebook) -> Any:  # noqa: ANN401 - facts are of any type
    """Return the value that a text means for a field. Raises FieldError."""
    tidied = cells.one_line(cells.tidy(text))
    odd = not cells.is_visible(tidied) or holds_citizen_id(tidied) or len(tidied) > _LONGEST
    if odd or (not tidied and name in _NEEDED):
        raise FieldError(name)
    if not tidied:
        return None
    try:
        return _reader(name, rules)(tidied)
    except (ValueError, KeyError):
        raise FieldError(name) from None


def _reader(name: str, rules: Rulebook) -> Callable[[str], Any]:
    if name in _CHOICES:
        return _CHOICES[name].__getitem__
    if name in _DAYS:
        return _day
    if name in _SUMS:
        return cells.amount
    if name == "penalty_types":
        return lambda text: decisions.penalty_types(text, rules.penalty_types)
    return cells.months if name == "term_months" else str


def _day(text: str) -> str | None:
    day = cells.day(text)
    return None if day == cells.NO_END else day.isoformat()


def check(values: Facts, *, today: date) -> None:
    """Refuse a decision to come and an end before the start. Raises FieldError."""
    decided = values["event_date"]
    if decided is None or decided > today.isoformat():
        raise FieldError("event_date")
    for name in ENDS:
        if (end := values.get(name)) and end < decided:
            raise FieldError(name)
