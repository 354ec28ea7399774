"""Checks: what no single row shows. Two rows never rule the same thing on the same day."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Any

from config.rulebook.tables import RulebookError
from core.rules import Clock, Rulebook
from core.rules.classes import PenaltyClass
from core.rules.dated import Rule, Scoped
from core.rules.disclosures import Disclosure
from core.rules.doors import Barrier
from core.rules.lasting import Lasts
from core.rules.reasons import Asked, Outcome, Reason
from core.rules.restorations import Restoration
from core.rules.terms import Term

_FOREVER = Decimal("Infinity")
_REVOKED = (Asked.REPAIR, Outcome.REVOKED)
_CODE = re.compile("[a-z][a-z_]{1,39}")


def passed(rules: Rulebook) -> Rulebook:
    """Return the rules, unless something is wrong with them. Raises RulebookError."""
    if found := list(faults(rules)):
        raise RulebookError(found)
    return rules


def faults(rules: Rulebook) -> Iterator[str]:
    """Say everything that is wrong with the tables taken together."""
    for file, rows, alike in _tables(rules):
        yield from _of_rows(file, rows)
        for one, other in combinations(rows, 2):
            if _at_once(one, other) and alike(one, other):
                yield f"{file}: {one.name} and {other.name}: effective_from, effective_to: overlap"
    yield from _of_terms(rules.terms)
    yield from _of_classes(rules.classes)
    yield from _of_lists(rules)
    yield from _of_periods(rules)
    yield from _of_lasting(rules)
    yield from _of_doors(rules)
    yield from _of_reasons(rules.reasons)


def _tables(
    rules: Rulebook,
) -> Iterable[tuple[str, Sequence[Rule], Callable[[Any, Any], bool]]]:
    return (
        ("terms.yaml", rules.terms, _same_term),
        ("classes.yaml", rules.classes, _same_class),
        ("clocks.yaml", rules.clocks, lambda one, other: one.clock is other.clock),
        ("disclosure.yaml", rules.disclosures, _same_disclosure),
        ("catalogue.yaml", rules.catalogue, lambda one, other: bool({*one.kinds} & {*other.kinds})),
        ("lists.yaml", rules.list_kinds, lambda one, other: one.code == other.code),
        ("measures.yaml", rules.measures, lambda one, other: one.name == other.name),
        ("door.yaml", rules.doors, lambda one, other: one.barrier is other.barrier),
        ("transitions.yaml", rules.transitions, lambda one, other: one.name == other.name),
        ("restorations.yaml", rules.restorations, _same_restoration),
        ("lasting.yaml", rules.lasting, lambda one, other: one.what is other.what),
        ("places.yaml", rules.places, lambda one, other: bool({*one.words} & {*other.words})),
        ("reasons.yaml", rules.reasons, lambda one, other: one.code == other.code),
    )


def _of_rows(file: str, rows: Sequence[Rule]) -> Iterator[str]:
    names = [row.name for row in rows]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"{file}: {name}: name: stands there twice"
    for row in rows:
        if not row.name.strip() or not row.citation.strip():
            yield f"{file}: {row.name}: name, citation: must not be empty"
        if row.effective_to is not None and row.effective_to < row.effective_from:
            yield f"{file}: {row.name}: effective_to: before effective_from"


def _at_once(one: Rule, other: Rule) -> bool:
    first, second = sorted((one, other), key=lambda row: row.effective_from)
    return (first.effective_to or date.max) >= second.effective_from


def _same_scope(one: Scoped, other: Scoped) -> bool:
    general = [not row.authorities and not row.about for row in (one, other)]
    shared = {*one.authorities} & {*other.authorities} or {*one.about} & {*other.about}
    return all(general) or bool(shared)


def _same_term(one: Term, other: Term) -> bool:
    asked = [(row.kind, row.list_kind, row.severity) for row in (one, other)]
    return asked[0] == asked[1] and _same_scope(one, other)


def _same_class(one: PenaltyClass, other: PenaltyClass) -> bool:
    shared = {*one.types} & {*other.types}
    return bool(shared) and _same_scope(one, other) and _sums_meet(one, other)


def _sums_meet(one: PenaltyClass, other: PenaltyClass) -> bool:
    if one.sum is not other.sum or one.sum is None:
        return True
    low = max(one.at_least_wan or Decimal(0), other.at_least_wan or Decimal(0))
    return low < min(_high(one), _high(other))


def _high(row: PenaltyClass) -> Decimal:
    return _FOREVER if row.below_wan is None else row.below_wan


def _same_restoration(one: Restoration, other: Restoration) -> bool:
    return one.list_kind == other.list_kind and bool({*one.kinds} & {*other.kinds})


def _same_disclosure(one: Disclosure, other: Disclosure) -> bool:
    """Say whether one row could not be told from the other: the narrowest of several decides."""
    asked = [
        [
            row.lists and {*row.lists},
            row.subject_kinds and {*row.subject_kinds},
            row.severities and {*row.severities},
        ]
        for row in (one, other)
    ]
    return asked[0] == asked[1] and bool({*one.kinds} & {*other.kinds})


def _of_terms(terms: Sequence[Term]) -> Iterator[str]:
    for row in terms:
        months = [row.min_months, row.max_months, row.early_removal_months]
        if any(number is not None and number < 0 for number in months):
            yield f"terms.yaml: {row.name}: months: must not be less than 0"
        shortest, longest = row.min_months, row.max_months
        if shortest is not None and longest is not None and shortest > longest:
            yield f"terms.yaml: {row.name}: min_months: more than max_months"
        if row.early_start and row.early_removal_months is None:
            yield f"terms.yaml: {row.name}: early_start: without early_removal_months"


def _of_classes(classes: Sequence[PenaltyClass]) -> Iterator[str]:
    for row in classes:
        bounded = row.at_least_wan is not None or row.below_wan is not None
        if bounded and row.sum is None:
            yield f"classes.yaml: {row.name}: sum: say which sum the bounds are of"
        if (row.at_least_wan or Decimal(0)) >= _high(row):
            yield f"classes.yaml: {row.name}: below_wan: not above at_least_wan"
        if not row.types:
            yield f"classes.yaml: {row.name}: types: must not be empty"


def _of_lists(rules: Rulebook) -> Iterator[str]:
    for place, code in _named_lists(rules):
        if code not in rules.lists:
            yield f"{place}: list: {code} is not in lists.yaml"
    yield from _of_kinds(rules)


def _of_kinds(rules: Rulebook) -> Iterator[str]:
    for row in rules.terms:
        listed = rules.lists.get(row.list_kind or "")
        if listed and listed.kind is not row.kind:
            yield f"terms.yaml: {row.name}: kind: {row.list_kind} is a {listed.kind}"
    timed = {(row.kind, row.list_kind) for row in rules.terms}
    for one in rules.list_kinds:
        if not timed & {(one.kind, None), (one.kind, one.code)}:
            yield f"lists.yaml: {one.name}: code: {one.code} has no term in terms.yaml"


def _named_lists(rules: Rulebook) -> Iterator[tuple[str, str]]:
    for file, rows in (("terms", rules.terms), ("restorations", rules.restorations)):
        yield from ((f"{file}.yaml: {one.name}", one.list_kind) for one in rows if one.list_kind)
    for row in rules.disclosures:
        yield from ((f"disclosure.yaml: {row.name}", code) for code in row.lists or ())
    for one in rules.measures:
        yield from ((f"measures.yaml: {one.name}", code) for code in one.lists)


def _of_periods(rules: Rulebook) -> Iterator[str]:
    given = {row.clock for row in rules.clocks}
    yield from (f"clocks.yaml: {one}: clock: has no row" for one in Clock if one not in given)
    for row in rules.clocks:
        if row.working_days < 1:
            yield f"clocks.yaml: {row.name}: working_days: must be at least 1"


def _of_lasting(rules: Rulebook) -> Iterator[str]:
    given = {row.what for row in rules.lasting}
    yield from (f"lasting.yaml: {one}: what: has no row" for one in Lasts if one not in given)
    for row in rules.lasting:
        if row.months < 1:
            yield f"lasting.yaml: {row.name}: months: must be at least 1"


def _of_doors(rules: Rulebook) -> Iterator[str]:
    given = {row.barrier for row in rules.doors}
    yield from (f"door.yaml: {one}: barrier: has no row" for one in Barrier if one not in given)
    for row in rules.doors:
        if row.barrier is Barrier.MINORS and row.under_age is None:
            yield f"door.yaml: {row.name}: under_age: must be given"
        if row.barrier is Barrier.SEALED and not row.authorities:
            yield f"door.yaml: {row.name}: authorities: must be given"


def _of_reasons(reasons: Sequence[Reason]) -> Iterator[str]:
    for row in reasons:
        if not _CODE.fullmatch(row.code):
            yield f"reasons.yaml: {row.name}: code: must be snake_case"
        if not row.kinds or not all((row.label_en, row.fix_zh, row.fix_en)):
            yield f"reasons.yaml: {row.name}: kinds, label_en, fix_zh, fix_en: must not be empty"
    given = {(kind, row.outcome) for row in reasons for kind in row.kinds}
    wanted = set(product(Asked, set(Outcome) - {Outcome.REVOKED})) | {_REVOKED}
    missing = sorted(wanted - set(given))
    yield from (f"reasons.yaml: {kind}: {outcome}: has no row" for kind, outcome in missing)
