"""Rules of law as data: terms of publication and classes of penalties, with their citations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.calendar import add_months
from core.records import RecordKind, Severity
from core.workdays import WorkCalendar


@dataclass(frozen=True)
class Term:
    """A publication term (公示期): from when a record can be repaired, when it ends by itself.

    Months count from the day of the decision; None means no such day.
    """

    name: str
    kind: RecordKind
    list_kind: str | None
    severity: Severity | None
    effective_from: date
    effective_to: date | None
    min_months: int | None
    max_months: int | None
    citation: str
    source_status: str

    def repairable_from(self, start: date) -> date | None:
        """Return the first day on which repair may be applied for."""
        return None if self.min_months is None else add_months(start, self.min_months)

    def ends_on(self, start: date) -> date | None:
        """Return the last day on which the record is shown."""
        return None if self.max_months is None else add_months(start, self.max_months)


@dataclass(frozen=True)
class ListKind:
    """One list (名单): its name as citizens know it, and whether it praises or blames."""

    code: str
    name: str
    kind: RecordKind


@dataclass(frozen=True)
class Rulebook:
    """All rules that core needs, loaded and validated by whoever calls."""

    terms: tuple[Term, ...]
    penalty_classes: Mapping[str, Severity]
    lists: Mapping[str, ListKind]
    sealed_authorities: tuple[str, ...]
    sealed_citation: str
    persons_citation: str
    minors_citation: str
    minors_under_age: int
    workdays: WorkCalendar

    def severity_of(self, penalty_types: Iterable[str]) -> Severity | None:
        """Return the gravest class among penalty types, or None if one is not in the rules."""
        classes = [self.penalty_classes.get(one) for one in penalty_types]
        if not classes or None in classes:
            return None
        order = list(Severity)
        return max((one for one in classes if one), key=order.index)

    def term(
        self, kind: RecordKind, *, list_kind: str | None, severity: Severity | None, on: date
    ) -> Term | None:
        """Return the term in force on a day for this kind, list and class."""
        for term in self.terms:
            asked = term.kind is kind and term.list_kind == list_kind and term.severity is severity
            in_force = term.effective_from <= on and (
                term.effective_to is None or on <= term.effective_to
            )
            if asked and in_force:
                return term
        return None
