"""The rulebook: all rules of law that core needs, as dated data with their citations."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache, partial

from core.records import RecordKind, Severity, Visibility
from core.rules import disclosures, places, terms
from core.rules.classes import Penalty, PenaltyClass, gravest
from core.rules.clocks import Clock, Period
from core.rules.dated import Rule, Scoped, in_force, since
from core.rules.disclosures import Asked, Disclosure
from core.rules.doors import Barrier, Door, Transition
from core.rules.lasting import Lasting
from core.rules.lists import Item, ListKind, Measure, covering
from core.rules.places import Place
from core.rules.reasons import Reason
from core.rules.restorations import Restoration
from core.rules.terms import Term, Wanted
from core.subjects import SubjectKind
from core.workdays import Deadline, WorkCalendar

_REMEMBERED = 20_000
_TEXTS = 4096  # which may be long


class RuleKind(StrEnum):
    """Which table a rule stands in."""

    TERM = "term"
    PENALTY_CLASS = "penalty_class"
    CLOCK = "clock"
    DISCLOSURE = "disclosure"
    CATALOGUE_ITEM = "catalogue_item"
    LIST = "list"
    MEASURE = "measure"
    DOOR = "door"
    TRANSITION = "transition"
    RESTORATION = "restoration"
    LASTING = "lasting"


@dataclass(frozen=True)
class Rulebook:
    """All rules, loaded and validated by whoever calls."""

    terms: tuple[Term, ...]
    classes: tuple[PenaltyClass, ...]
    clocks: tuple[Period, ...]
    disclosures: tuple[Disclosure, ...]
    catalogue: tuple[Item, ...]
    list_kinds: tuple[ListKind, ...]
    measures: tuple[Measure, ...]
    doors: tuple[Door, ...]
    transitions: tuple[Transition, ...]
    workdays: WorkCalendar
    places: tuple[Place, ...] = ()
    reasons: tuple[Reason, ...] = ()
    restorations: tuple[Restoration, ...] = ()
    lasting: tuple[Lasting, ...] = ()

    def term(
        self,
        kind: RecordKind,
        *,
        list_kind: str | None,
        severity: Severity | None,
        on: date,
        authority: str = "",
        about: str = "",
    ) -> Term | None:
        """Return the term in force on a day; the row that fits most closely decides."""
        return self._closest(kind, Wanted(list_kind, severity, on, authority, about))

    def penalty_class(self, penalty: Penalty) -> PenaltyClass | None:
        """Return the row that gives a penalty its class; None while nobody can say."""
        return self._gravest(penalty)

    def gist(self, about: str) -> str:
        """Return only those words of a text that some row looks for."""
        return self._gist(about)

    def known_authority(self, name: str) -> str:
        """Return only those parts of an authority's name that some row looks for."""
        return self._known_authority(name)

    @cached_property
    def looks_at_sums(self) -> bool:
        """Say whether the sum of a penalty matters to any row."""
        return any(row.sum is not None for row in self.classes)

    def visibility(
        self,
        kind: RecordKind,
        *,
        subject_kind: SubjectKind,
        on: date,
        list_kind: str | None = None,
        severity: Severity | None = None,
    ) -> tuple[Visibility, str | None]:
        """Return how widely such a record is shown, and the name of the row that says so."""
        return self._narrowest(Asked(kind, list_kind, subject_kind, severity, on))

    def catalogue_item(
        self, kind: RecordKind, on: date, subject_kind: SubjectKind | None = None
    ) -> Item | None:
        """Return the item under which a kind could be collected on a day; None if it could not."""
        return self._item(kind, on=on, whose=subject_kind)

    def period(self, clock: Clock, on: date) -> Period | None:
        """Return the row of a clock in force on a day."""
        return in_force((one for one in self.clocks if one.clock is clock), on)

    def clock(self, clock: Clock, on: date) -> int:
        """Return how many working days a clock gives. Raises LookupError if none is in force."""
        if found := self.period(clock, on):
            return found.working_days
        raise LookupError(f"{clock} {on}")

    def deadline(self, clock: Clock, start: date) -> Deadline:
        """Return the last day of a clock that starts on a day. Raises LookupError."""
        return self.workdays.deadline(start, self.clock(clock, start))

    def entailed(self, list_kind: str, on: date) -> tuple[Measure, ...]:
        """Return what a list entails on a day, and what it does not."""
        named = self.lists.get(list_kind)
        is_black = named is not None and named.kind in _BLAMING
        return tuple(
            one
            for one in self.measures
            if one.in_force(on) and (list_kind in one.lists or (is_black and not one.lists))
        )

    def district(self, word: str, on: date) -> str | None:
        """Return the code of the district that a code or a name means on a day."""
        found = places.meant((one for one in self.places if one.code), word, on)
        return found.code if found else None

    def zone(self, word: str, on: date) -> str | None:
        """Return the name of the development zone that a name means on a day."""
        found = places.meant((one for one in self.places if one.code is None), word, on)
        return found.name if found else None

    def barrier(self, barrier: Barrier) -> Door:
        """Return the newest row of a barrier: whatever its day, such rows are not taken in."""
        return max((one for one in self.doors if one.barrier is barrier), key=since)

    def every(self) -> Iterator[tuple[RuleKind, Rule]]:
        """Give all rows, table by table."""
        tables: Mapping[RuleKind, tuple[Rule, ...]] = {
            RuleKind.TERM: self.terms,
            RuleKind.PENALTY_CLASS: self.classes,
            RuleKind.CLOCK: self.clocks,
            RuleKind.DISCLOSURE: self.disclosures,
            RuleKind.CATALOGUE_ITEM: self.catalogue,
            RuleKind.LIST: self.list_kinds,
            RuleKind.MEASURE: self.measures,
            RuleKind.DOOR: self.doors,
            RuleKind.TRANSITION: self.transitions,
            RuleKind.RESTORATION: self.restorations,
            RuleKind.LASTING: self.lasting,
        }
        return ((kind, row) for kind, rows in tables.items() for row in rows)

    @cached_property
    def lists(self) -> Mapping[str, ListKind]:
        """Return the lists by their codes."""
        return {one.code: one for one in self.list_kinds}

    def is_serious(self, kind: RecordKind, list_kind: str | None) -> bool:
        """Say whether such a record is a listing for serious dishonesty (严重失信)."""
        named = self.lists.get(list_kind or "")
        return kind in _BLAMING and (named is None or named.severity is None)

    @cached_property
    def penalty_types(self) -> frozenset[str]:
        """Return the names of all types of penalty that some row knows."""
        return frozenset(one for row in self.classes for one in row.types)

    @cached_property
    def sealed_authorities(self) -> tuple[str, ...]:
        """Return parts of the names of authorities whose cases are sealed."""
        return self.barrier(Barrier.SEALED).authorities

    @cached_property
    def sealed_citation(self) -> str:
        """Return why they are."""
        return self.barrier(Barrier.SEALED).citation

    @cached_property
    def persons_citation(self) -> str:
        """Return why records of natural persons are refused."""
        return self.barrier(Barrier.PERSONS).citation

    @cached_property
    def minors_citation(self) -> str:
        """Return why records of minors are refused."""
        return self.barrier(Barrier.MINORS).citation

    @cached_property
    def minors_under_age(self) -> int:
        """Return from which age a person is no minor."""
        return self.barrier(Barrier.MINORS).under_age or 0

    @cached_property
    def catalogue_citation(self) -> str:
        """Return why nothing outside the catalogue is collected."""
        return self.barrier(Barrier.CATALOGUE).citation

    # A file asks the same few questions for each of its rows: the answers are remembered.

    @cached_property
    def _closest(self) -> Callable[[RecordKind, Wanted], Term | None]:
        by_kind = {kind: [row for row in self.terms if row.kind is kind] for kind in RecordKind}
        return lru_cache(_REMEMBERED)(lambda kind, asked: terms.closest(by_kind[kind], asked))

    @cached_property
    def _gravest(self) -> Callable[[Penalty], PenaltyClass | None]:
        return lru_cache(_REMEMBERED)(partial(gravest, self.classes))

    @cached_property
    def _narrowest(self) -> Callable[[Asked], tuple[Visibility, str | None]]:
        return lru_cache(_REMEMBERED)(partial(disclosures.narrowest, self.disclosures))

    @cached_property
    def _item(self) -> Callable[..., Item | None]:
        return lru_cache(_REMEMBERED)(partial(covering, self.catalogue))

    @cached_property
    def _gist(self) -> Callable[[str], str]:
        return self._finder(word for row in self._scoped for word in row.about)

    @cached_property
    def _known_authority(self) -> Callable[[str], str]:
        return self._finder(word for row in self._scoped for word in row.authorities)

    @property
    def _scoped(self) -> tuple[Scoped, ...]:
        return (*self.terms, *self.classes)

    def _finder(self, words: Iterable[str]) -> Callable[[str], str]:
        known = tuple(dict.fromkeys(words))
        return lru_cache(_TEXTS)(lambda text: " ".join(word for word in known if word in text))


_BLAMING = (RecordKind.BLACK_LIST, RecordKind.JUDGMENT_DEFAULTER)
