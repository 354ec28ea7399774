"""Rules in words: what one row of law says, for people who are no lawyers."""

from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from core.rules.classes import PenaltyClass
from core.rules.clocks import Period
from core.rules.dated import Rule, Scoped
from core.rules.disclosures import Disclosure
from core.rules.doors import Door, Transition
from core.rules.lasting import Lasting
from core.rules.lists import Item, ListKind, Measure
from core.rules.restorations import Restoration
from core.rules.terms import Term
from messages.wording import LANGUAGES, RULES


def says(rule: Rule, language: str = "zh") -> str:
    """Say what a rule rules, in one sentence without its citation."""
    words = _Words(LANGUAGES[language], RULES[language])
    return _SAYS[type(rule)](words, rule)


class _Words:
    """The words of one language."""

    def __init__(self, common: ModuleType, rules: ModuleType) -> None:
        self.kinds: dict[str, str] = common.RECORD_KINDS
        self.severities: dict[str, str] = common.SEVERITIES
        self.subjects: dict[str, str] = common.SUBJECT_KINDS
        self.starts: dict[str, str] = rules.STARTS
        self.visibilities: dict[str, str] = rules.VISIBILITIES
        self.sums: dict[str, str] = rules.SUMS
        self.phrases: dict[str, str] = rules.PHRASES

    def phrase(self, name: str, *given: object) -> str:
        return self.phrases[name].format(*given)

    def joined(self, *parts: str) -> str:
        return self.phrases["joined"].join(part for part in parts if part)

    def listed(self, parts: Iterable[str]) -> str:
        return self.phrases["listed"].join(parts)

    def scope(self, rule: Scoped) -> str:
        named = (*rule.authorities, *rule.about)
        return self.phrase("scope", self.listed(named)) if named else ""


def _term(words: _Words, rule: Term) -> str:
    longest = rule.max_months
    severity = words.severities[rule.severity] if rule.severity else ""
    whose = words.joined(words.kinds[rule.kind], severity, rule.list_kind or "")
    said = words.joined(
        words.starts[rule.start],
        words.phrase("longest", longest) if longest is not None else words.phrase("no_end"),
        _early(words, rule.repairable_after),
        words.phrase("set") if rule.set_by_authority else "",
        words.scope(rule),
    )
    return words.phrase("of", whose, said)


def _early(words: _Words, after: int | None) -> str:
    if after is None:
        return words.phrase("no_repair")
    return words.phrase("repair", after) if after else words.phrase("repair_at_once")


def _class(words: _Words, rule: PenaltyClass) -> str:
    bounds = [("at_least", rule.at_least_wan), ("below", rule.below_wan)]
    named = words.sums[rule.sum] if rule.sum else ""
    said = [words.phrase(name, named, f"{sum_:f}") for name, sum_ in bounds if sum_ is not None]
    severity = words.severities[rule.severity]
    return words.phrase(
        "of", words.listed(rule.types), words.joined(severity, *said, words.scope(rule))
    )


def _clock(words: _Words, rule: Period) -> str:
    more = rule.extension_days
    extension = words.phrase("extension", more) if more is not None else ""
    return words.joined(words.phrase("days", rule.working_days), extension)


def _disclosure(words: _Words, rule: Disclosure) -> str:
    whose = words.listed(words.subjects[one] for one in rule.subject_kinds or ())
    severities = words.listed(words.severities[one] for one in rule.severities or ())
    what = words.joined(
        words.listed(words.kinds[one] for one in rule.kinds),
        words.phrase("subject", whose) if whose else "",
        severities,
        words.listed(rule.lists or ()),
    )
    return words.phrase("of", what, words.visibilities[rule.visibility])


def _item(words: _Words, rule: Item) -> str:
    kinds = words.listed(words.kinds[one] for one in rule.kinds)
    return words.joined(rule.edition, kinds or words.phrase("nothing"))


def _list(words: _Words, rule: ListKind) -> str:
    severity = words.severities[rule.severity] if rule.severity else ""
    return words.joined(words.kinds[rule.kind], severity, rule.code)


def _measure(words: _Words, rule: Measure) -> str:
    said = words.phrase("entailed" if rule.entailed else "not_entailed", rule.text)
    return words.joined(said, words.listed(rule.lists))


def _door(words: _Words, rule: Door) -> str:
    age = words.phrase("under_age", rule.under_age) if rule.under_age is not None else ""
    return words.joined(words.listed(rule.authorities), age) or words.phrase("everyone")


def _transition(words: _Words, rule: Transition) -> str:
    kinds = words.listed(words.kinds[one] for one in rule.kinds)
    return words.phrase("of", kinds, words.phrase("kinder"))


def _restoration(words: _Words, rule: Restoration) -> str:
    kinds = words.listed(words.kinds[one] for one in rule.kinds)
    shown = words.phrase("restored_for", rule.months) if rule.months is not None else ""
    said = shown or words.phrase("restart" if rule.restart else "goes_on")
    again = "" if rule.repairable else words.phrase("no_repair")
    return words.phrase("of", kinds, words.joined(said, again))


def _lasting(words: _Words, rule: Lasting) -> str:
    return words.phrase("months", rule.months)


_SAYS: dict[type[Rule], Callable[[_Words, Any], str]] = {
    Term: _term,
    PenaltyClass: _class,
    Period: _clock,
    Disclosure: _disclosure,
    Item: _item,
    ListKind: _list,
    Measure: _measure,
    Door: _door,
    Transition: _transition,
    Restoration: _restoration,
    Lasting: _lasting,
}
