"""Labels and sentences about facts, in Chinese or English, for every door that shows them."""

from dataclasses import replace
from datetime import date, datetime

from core.cases import Case, Holder
from core.rules import Term
from messages import wording
from messages.rules import says


def case_state(kind: str, state: str, language: str) -> str:
    """Name the state of a case of this kind."""
    named: str = wording.LANGUAGES[language].case_state(kind, state)
    return named


def advice(what: str, day: date | None, language: str) -> str:
    """Say what may be done about a record."""
    said: str = wording.RECORDS[language].advice(what, day)
    return said


def term(of: Term, language: str) -> str:
    """Say in plain words how long the law has a record shown."""
    # Which list it is stands in the record's title; its code is for machines.
    said = says(replace(of, list_kind=None), language)
    told: str = wording.RECORDS[language].term(said, of.citation)
    return told


def opens(day: date, because: str, language: str) -> str:
    """Say from which day repair may be applied for, and why from then."""
    said: str = wording.CASES[language].opens(day.isoformat(), because)
    return said


def promise(version: str, language: str) -> str:
    """Return a text of the promise (信用承诺) that a repair demands."""
    texts: dict[str, str] = wording.CASES[language].PROMISES
    return texts[version]


def fact(name: str, language: str) -> str:
    """Name a fact of a record."""
    named: dict[str, str] = wording.RECORDS[language].DETAIL_FACTS
    return named[name]


def mark(state: str, language: str) -> str | None:
    """Return what a record bears that is shown otherwise than as it was published."""
    marks: dict[str, str] = wording.RECORDS[language].MARKS
    return marks.get(state)


def label(name: str, value: str, language: str) -> str:
    """Name a kind, a class or a state."""
    return table(name, language)[value]


def table(name: str, language: str) -> dict[str, str]:
    """Return all words of a kind, a class or a state, by their codes."""
    modules = (
        *(wording.LANGUAGES, wording.RULES, wording.CHECKS),
        *(wording.CASES, wording.OWN, wording.CODES, wording.ACCOUNTS),
        *(wording.NOTICES, wording.ARTICLES, wording.EXPORT),
    )
    held = (getattr(each[language], name, None) for each in modules)
    words: dict[str, str] = next(each for each in held if each is not None)
    return words


def facts(language: str) -> dict[str, str]:
    """Return the names of all facts of records."""
    named: dict[str, str] = wording.RECORDS[language].DETAIL_FACTS
    return named


def look(table: str, code: str, language: str) -> str:
    """Name a role, a purpose or a field in the trail: whoever writes there may bring new ones."""
    named: dict[str, str] = getattr(wording.OWN[language], table)
    return named.get(code, named["other"])


def share_said(said: bool, moment: datetime, language: str) -> str:  # noqa: FBT001 - the answer
    """Say in a sentence what a share answers."""
    told: str = wording.OWN[language].SHARE_SAID[said]
    return told.format(wording.LANGUAGES[language].time(moment))


def limits(language: str) -> list[str]:
    """Say what a check does not tell."""
    said: tuple[str, ...] = wording.CHECKS[language].LIMITS
    return list(said)


def other(language: str) -> str:
    """Name a reason that has no words of its own."""
    named: str = wording.CASES[language].OTHER_REASON
    return named


def case_holder(case: Case, office: str | None, language: str) -> str | None:
    """Say who has a case now: the department of this name, or whose turn it is; nobody's, None."""
    if case.holder is None and not case.is_open:
        return None
    if office is not None and case.holder in (None, Holder.DEPARTMENT):
        return office
    return label("HOLDERS", case.holder or Holder.PLATFORM, language)
