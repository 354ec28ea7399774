"""Terms (公示期): from when a record can be repaired, on which day its publication ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.calendar import add_months
from core.records import RecordKind, Severity
from core.rules.dated import Scoped


class Start(StrEnum):
    """From which day the months count, as the department's file gives it."""

    DOCUMENT_DATE = "document_date"
    LISTED_AT = "listed_at"
    PUBLISHED_AT = "published_at"
    CORRECTED_AT = "corrected_at"


@dataclass(frozen=True, kw_only=True)
class Term(Scoped):
    """A publication term for a kind, a list, a class; where it names none, for all of them.

    `set_by_authority`: the law leaves the term to the authority, within these bounds.
    """

    kind: RecordKind
    list_kind: str | None = None
    severity: Severity | None = None
    min_months: int | None = None
    max_months: int | None = None
    start: Start
    early_removal_months: int | None = None
    early_start: Start | None = None
    set_by_authority: bool = False

    @property
    def repairable_after(self) -> int | None:
        """Return after how many months an early end may be asked for; None where it may not."""
        if self.early_removal_months is not None or self.set_by_authority:
            return self.early_removal_months
        return self.min_months

    def repairable_from(self, start: date) -> date | None:
        """Return the first day on which repair may be applied for."""
        months = self.repairable_after
        return None if months is None else add_months(start, months)

    def ends_on(self, start: date) -> date | None:
        """Return the last day on which the record is shown."""
        return None if self.max_months is None else add_months(start, self.max_months)


@dataclass(frozen=True)
class Wanted:
    """Which term is asked for."""

    list_kind: str | None
    severity: Severity | None
    on: date
    authority: str = ""
    about: str = ""


def closest(terms: Iterable[Term], wanted: Wanted) -> Term | None:
    """Return the term in force that fits most closely: list, class, authority, words."""
    fitting = [(rank, term) for term in terms if (rank := _rank(term, wanted)) is not None]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


def _rank(term: Term, wanted: Wanted) -> tuple[bool, bool, int, int] | None:
    of_list = term.list_kind in (None, wanted.list_kind)
    of_class = term.severity in (None, wanted.severity)
    if not (of_list and of_class and term.in_force(wanted.on)):
        return None
    fit = term.fit(wanted.authority, wanted.about)
    return fit and (term.list_kind is not None, term.severity is not None, *fit)
