"""Judging: what the rules make of one record, by the rows in force on the day of its decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.calendar import add_months
from core.db import Facts
from core.records import RecordKind, Severity, Visibility
from core.rules.book import Rulebook
from core.rules.classes import Penalty, Sum
from core.rules.terms import Start, Term
from core.subjects import SubjectKind

_ABOUT = ("violation_type", "legal_basis", "disrupt_type")
_SUMS = {Sum.FINE: "fine_wan", Sum.CONFISCATED: "confiscated_wan"}
_STARTS = {Start.PUBLISHED_AT: "published_on", Start.CORRECTED_AT: "corrected_on"}


class Open(StrEnum):
    """What the rules leave open, so that a record is kept from the public."""

    UNCLASSIFIED = "unclassified"
    NO_TERM = "no_term"


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Ruling:
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


def judge(rules: Rulebook, matter: Matter, *, on: date | None = None) -> Ruling:
    """Apply the rows in force on the day of the decision, or on another day."""
    day = on or matter.decided
    about = rules.gist(matter.about)
    severity, row = _severity(rules, matter, about, day=day)
    visibility, shown_by = rules.visibility(
        matter.kind,
        list_kind=matter.list_kind,
        subject_kind=matter.subject_kind,
        severity=severity,
        on=day,
    )
    item = rules.catalogue_item(matter.kind, matter.decided, matter.subject_kind)
    named = {"severity": row, "disclosure": shown_by, "catalogue": item and item.name}
    ruling = Ruling(
        severity=severity,
        visibility=visibility,
        repairable_from=None,
        ends_on=matter.given_end,
        rule=None,
        applied={what: name for what, name in named.items() if name},
    )
    return _limited(ruling, rules, matter, about=about, day=day)


def settle(rules: Rulebook, matter: Matter, *, today: date) -> Ruling:
    """Judge a record that may have lived through a change of law: the kinder rule holds."""
    return carried_over(judge(rules, matter), rules, matter, today=today)


def carried_over(ruling: Ruling, rules: Rulebook, matter: Matter, *, today: date) -> Ruling:
    """Return what has become of a ruling by the changes of law since."""
    for change in sorted(rules.transitions, key=lambda one: one.effective_from):
        passed = matter.decided < change.effective_from <= today and change.in_force(today)
        if passed and matter.kind in change.kinds:
            newer = judge(rules, matter, on=change.effective_from)
            chosen = min(ruling, newer, key=_how_hard)
            kept = {"transition": change.name, "before": ruling.rule, "after": newer.rule}
            named = {what: name for what, name in kept.items() if name}
            ruling = replace(chosen, applied={**chosen.applied, **named})
    return ruling


def _severity(
    rules: Rulebook, matter: Matter, about: str, *, day: date
) -> tuple[Severity | None, str | None]:
    if matter.kind is RecordKind.PENALTY:
        sums = tuple(matter.sums.items()) if rules.looks_at_sums else ()
        types = tuple(matter.penalty_types)
        row = rules.penalty_class(Penalty(types, sums, matter.authority, about, day))
        return (row.severity, row.name) if row else (None, None)
    listed = rules.lists.get(matter.list_kind or "")
    return (listed.severity, listed.name) if listed and listed.severity else (None, None)


def _limited(ruling: Ruling, rules: Rulebook, matter: Matter, *, about: str, day: date) -> Ruling:
    term = rules.term(
        matter.kind,
        list_kind=matter.list_kind,
        severity=ruling.severity,
        on=day,
        authority=matter.authority,
        about=about,
    )
    left_open = _left_open(rules, matter, term, on=day, severity=ruling.severity)
    if left_open and not ruling.is_held:
        return replace(ruling, left_open=left_open)
    if term is None:
        return ruling
    return replace(
        ruling,
        rule=term.name,
        repairable_from=term.repairable_from(matter.start(term.early_start or term.start)),
        ends_on=_earlier((ruling.ends_on, term.ends_on(matter.start(term.start)))),
    )


def _left_open(
    rules: Rulebook, matter: Matter, term: Term | None, *, on: date, severity: Severity | None
) -> Open | None:
    if matter.kind is RecordKind.PENALTY and severity is None:
        any_class = any(row.in_force(on) for row in rules.classes)
        return Open.UNCLASSIFIED if any_class else Open.NO_TERM
    asks_for_end = term is not None and term.set_by_authority and matter.given_end is None
    return Open.NO_TERM if term is None or asks_for_end else None


def _how_hard(ruling: Ruling) -> tuple[bool, date, date]:
    hidden = ruling.is_held or ruling.left_open is not None
    return not hidden, ruling.ends_on or date.max, ruling.repairable_from or date.max


def _earlier(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
