"""Matters: one record as the rules ask of it, and what they make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from core.calendar import add_months
from core.db import Facts
from core.records import RecordKind, Severity, Visibility
from core.rules.classes import Sum
from core.rules.terms import Start
from core.subjects import SubjectKind

_ABOUT = ("violation_type", "legal_basis", "disrupt_type")
_SUMS = {Sum.FINE: "fine_wan", Sum.CONFISCATED: "confiscated_wan"}
_STARTS = {Start.PUBLISHED_AT: "published_on", Start.CORRECTED_AT: "corrected_on"}


class Open(StrEnum):
    """What the rules leave open, so that a record is kept from the public."""

    UNCLASSIFIED = "unclassified"
    NO_TERM = "no_term"


@dataclass
class Matter:
    """One record as the rules ask of it."""

    kind: RecordKind
    decided: date
    authority: str
    subject_kind: SubjectKind
    list_kind: str | None = None
    facts: Facts = field(default_factory=dict)

    @property
    def about(self) -> str:
        """Return the words that say what the decision is about."""
        return " ".join([text for name in _ABOUT if (text := self.facts.get(name))])

    @property
    def penalty_types(self) -> Sequence[str]:
        """Return the types of a penalty."""
        return self.facts.get("penalty_types") or ()

    @property
    def sums(self) -> Mapping[Sum, Decimal]:
        """Return the sums of money that the file gave, in 万元."""
        given = {one: self.facts.get(name) for one, name in _SUMS.items()}
        return {one: Decimal(text) for one, text in given.items() if text is not None}

    @property
    def given_severity(self) -> Severity | None:
        """Return the class that the department gave a penalty itself, after a correction."""
        given = self.facts.get("severity") if self.kind is RecordKind.PENALTY else None
        return Severity(given) if given else None

    @property
    def given_end(self) -> date | None:
        """Return the last day that the file itself gives."""
        if months := self.facts.get("term_months"):
            return add_months(self.decided, months)
        name = "publication_end" if self.kind is RecordKind.PENALTY else "valid_to"
        return _day(self.facts.get(name))

    def start(self, basis: Start) -> date:
        """Return the day from which months count: the decision's own where no other is known.

        It is never later than the one that is not known, so nobody is shown longer for it.
        """
        return _day(self.facts.get(_STARTS.get(basis, ""))) or self.decided


class Ruling(NamedTuple):
    """What the rules make of a matter, and the names of the rows that say so."""

    severity: Severity | None
    visibility: Visibility
    repairable_from: date | None
    ends_on: date | None
    rule: str | None
    applied: Mapping[str, str]
    left_open: Open | None = None

    @property
    def kept(self) -> Facts:
        """Return what a record keeps of it beside the name of its term."""
        left_open = {"left_open": str(self.left_open)} if self.left_open else {}
        return {**self.applied, **left_open}

    @property
    def is_held(self) -> bool:
        """Say whether the record is too slight to be published at all."""
        return self.severity is Severity.MINOR

    @property
    def may_be_collected(self) -> bool:
        """Say whether the catalogue had an item for it."""
        return "catalogue" in self.applied


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
