"""Judging: what the rules make of one record, by the rows in force on the day of its decision."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from core.records import RecordKind, Severity, Visibility
from core.rules.book import Rulebook
from core.rules.classes import Penalty, Sum
from core.rules.dated import turns
from core.rules.matters import Matter, Open, Ruling
from core.rules.terms import Term
from core.subjects import SubjectKind

_REMEMBERED = 20_000


class Question(NamedTuple):
    """What decides which rows apply. The days are the first of their eras, so many ask the same."""

    kind: RecordKind
    decided: date
    day: date
    authority: str
    about: str
    subject_kind: SubjectKind
    list_kind: str | None
    types: tuple[str, ...]
    sums: tuple[tuple[Sum, Decimal], ...]
    has_end: bool
    severity: Severity | None = None


class Found(NamedTuple):
    """Which rows apply, and what they say but for the dates."""

    severity: Severity | None
    visibility: Visibility
    applied: Mapping[str, str]
    term: Term | None
    left_open: Open | None


class Judge:
    """Judges by the rules, and remembers which rows apply to what was asked."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._turns = turns(row for _, row in rules.every())
        self._transitions = sorted(rules.transitions, key=lambda one: one.effective_from)
        self._find = lru_cache(_REMEMBERED)(partial(find, rules))

    def judge(self, matter: Matter, *, on: date | None = None) -> Ruling:
        """Apply the rows in force on the day of the decision, or on another day."""
        asked = self._asked(matter)
        return self._ruling(matter, asked if on is None else asked._replace(day=self._era(on)))

    def both(self, matter: Matter, *, today: date) -> tuple[Ruling, Ruling]:
        """Return the ruling of the decision's day, and what changes of law have made of it since.

        Of an older and a newer rule the kinder one holds.
        """
        asked = self._asked(matter)
        first = ruling = self._ruling(matter, asked)
        for change in self._transitions:
            passed = matter.decided < change.effective_from <= today and change.in_force(today)
            if passed and matter.kind in change.kinds:
                newer = self._ruling(matter, asked._replace(day=self._era(change.effective_from)))
                chosen = min(ruling, newer, key=_how_hard)
                kept = {"transition": change.name, "before": ruling.rule, "after": newer.rule}
                named = {what: name for what, name in kept.items() if name}
                ruling = chosen._replace(applied={**chosen.applied, **named})
        return first, ruling

    def _ruling(self, matter: Matter, asked: Question) -> Ruling:
        severity, visibility, applied, term, left_open = self._find(asked)
        given_end = matter.given_end if asked.has_end else None
        if term is None:
            return Ruling(severity, visibility, None, given_end, None, applied, left_open)
        repairable = term.repairable_from(matter.start(term.early_start or term.start))
        ends = _earlier((given_end, term.ends_on(matter.start(term.start))))
        return Ruling(severity, visibility, repairable, ends, term.name, applied, left_open)

    def _asked(self, matter: Matter) -> Question:
        rules, era = self._rules, self._era(matter.decided)
        return Question(
            kind=matter.kind,
            decided=era,
            day=era,
            authority=rules.known_authority(matter.authority),
            about=rules.gist(matter.about),
            subject_kind=matter.subject_kind,
            list_kind=matter.list_kind,
            types=tuple(matter.penalty_types),
            sums=tuple(matter.sums.items()) if rules.looks_at_sums else (),
            has_end=matter.given_end is not None,
            severity=matter.given_severity,
        )

    def _era(self, day: date) -> date:
        """Return the first day since when the same rows are in force."""
        place = bisect_right(self._turns, day)
        return self._turns[place - 1] if place else date.min


def judge(rules: Rulebook, matter: Matter, *, on: date | None = None) -> Ruling:
    """Apply the rows in force on the day of the decision, or on another day, to one matter."""
    return Judge(rules).judge(matter, on=on)


def settle(rules: Rulebook, matter: Matter, *, today: date) -> Ruling:
    """Judge a record that may have lived through a change of law: the kinder rule holds."""
    return Judge(rules).both(matter, today=today)[1]


def find(rules: Rulebook, asked: Question) -> Found:
    """Return the rows that apply."""
    severity, row = _severity(rules, asked)
    visibility, shown_by = rules.visibility(
        asked.kind,
        list_kind=asked.list_kind,
        subject_kind=asked.subject_kind,
        severity=severity,
        on=asked.day,
    )
    item = rules.catalogue_item(asked.kind, asked.decided, asked.subject_kind)
    named = {"severity": row, "disclosure": shown_by, "catalogue": item and item.name}
    applied = {what: name for what, name in named.items() if name}
    term = rules.term(
        asked.kind,
        list_kind=asked.list_kind,
        severity=severity,
        on=asked.day,
        authority=asked.authority,
        about=asked.about,
    )
    left_open = _left_open(rules, asked, term, severity=severity)
    if left_open and severity is not Severity.MINOR:
        return Found(severity, visibility, applied, None, left_open)
    return Found(severity, visibility, applied, term, None)


def _severity(rules: Rulebook, asked: Question) -> tuple[Severity | None, str | None]:
    if asked.severity:
        return asked.severity, None
    if asked.kind is RecordKind.PENALTY:
        penalty = Penalty(asked.types, asked.sums, asked.authority, asked.about, asked.day)
        row = rules.penalty_class(penalty)
        return (row.severity, row.name) if row else (None, None)
    listed = rules.lists.get(asked.list_kind or "")
    return (listed.severity, listed.name) if listed and listed.severity else (None, None)


def _left_open(
    rules: Rulebook, asked: Question, term: Term | None, *, severity: Severity | None
) -> Open | None:
    if asked.kind is RecordKind.PENALTY and severity is None:
        any_class = any(row.in_force(asked.day) for row in rules.classes)
        return Open.UNCLASSIFIED if any_class else Open.NO_TERM
    asks_for_end = term is not None and term.set_by_authority and not asked.has_end
    return Open.NO_TERM if term is None or asks_for_end else None


def _how_hard(ruling: Ruling) -> tuple[bool, date, date]:
    hidden = ruling.is_held or ruling.left_open is not None
    return not hidden, ruling.ends_on or date.max, ruling.repairable_from or date.max


def _earlier(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
