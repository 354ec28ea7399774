"""Lasting (期限): for how long something counts, or is kept, in months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.rules.dated import Rule, in_force


class Lasts(StrEnum):
    """What lasts for a while: that somebody represents an organisation, and what is kept."""

    REPRESENTATION = "representation"
    CASE_TEXTS = "case_texts"
    CASE_EVIDENCE = "case_evidence"
    CHECK_RESULTS = "check_results"
    DELIVERY_TRACES = "delivery_traces"


@dataclass(frozen=True, kw_only=True)
class Lasting(Rule):
    """For so many months: from a verification, the closing of a case, a batch, a receipt."""

    what: Lasts
    months: int


def months(rows: Iterable[Lasting], what: Lasts, *, on: date) -> int:
    """Return for how many months something lasts that begins on a day. Raises LookupError."""
    if found := in_force((row for row in rows if row.what is what), on):
        return found.months
    raise LookupError(f"{what} {on}")
