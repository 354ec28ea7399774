"""Rows: a checked row of any layout, as it will stand in the database, and how it is recognised."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from core import persons
from core.db import Facts
from core.intake.given import Given
from core.intake.reasons import Fault
from core.numbers import NumberScheme
from core.records import RecordKind, RecordState, Severity, Visibility
from core.rules import Rulebook
from core.rules.judging import Judge
from core.rules.matters import Ruling

_TITLE = 60
_HALF = 32
_ONE_FORM = str.maketrans("〔【《(〕】》)‐‑‒–—―−", "[[[[]]]]-------")
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)
_OTHERS = [(one, one.value) for one in NumberScheme if one is not NumberScheme.USCC]
_quoted = json.encoder.encode_basestring
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True)
class Known:
    """What reading a row needs to know: the rules, and what day it is in Kunming.

    `speaks_for` are the names and codes of whose records the sender may send; None: anybody's.
    """

    rules: Rulebook
    today: date
    speaks_for: frozenset[str] | None = None

    @cached_property
    def judge(self) -> Judge:
        """Return who judges the rows."""
        return Judge(self.rules)


@dataclass
class Content:
    """What a row says, and what the rules make of it."""

    kind: RecordKind
    title: str
    event_date: date
    state: RecordState = RecordState.LOADED
    visibility: Visibility = Visibility.INTERNAL  # until the rules have been asked
    list_kind: str | None = None
    severity: Severity | None = None
    repairable_from: date | None = None
    ends_on: date | None = None
    rule: str | None = None
    applied: Facts = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)

    def take(self, ruling: Ruling, state: RecordState) -> None:
        """Take over what the rules say; an earlier end that the file gave is among it."""
        self.state = state
        self.severity, self.visibility = ruling.severity, ruling.visibility
        self.repairable_from, self.ends_on = ruling.repairable_from, ruling.ends_on
        self.rule, self.applied = ruling.rule, ruling.kept


@dataclass(frozen=True)
class Named:
    """What names a decision: its kind, who decided, under which number, about whom."""

    kind: RecordKind
    list_kind: str | None
    authority: str
    document_no: str
    code: str


@dataclass
class Row:
    """One row ready to be written. The fingerprint's first half is what the department said.

    A row about a natural person has neither code nor name of its own: `person` has them. `facts`
    are those of its content as JSON, which is written once.
    """

    number: int
    natural_key: str
    fingerprint: str
    uscc: str
    name: str
    authority: str
    department: tuple[str, str | None]
    document_no: str
    content: Content
    facts: str
    warnings: tuple[Fault, ...] = ()
    person: persons.Given | None = None
    numbers: Mapping[NumberScheme, str] = field(default_factory=dict)
    org_code: str = ""  # where the file gives no credit code: whose it is, is known by this

    @property
    def party(self) -> str:
        """Return what names the subject: a credit code, or a person's number."""
        return self.person.number if self.person else self.uscc

    def of_subject(self, subject_id: int) -> "Row":
        """Return a person's row under a key that holds no digit of the person's number."""
        return replace(self, natural_key=key_of_subject(self.natural_key, subject_id))

    def says_otherwise(self, fingerprint: str) -> bool:
        """Say whether a fingerprint is of another text, whatever the rules made of it."""
        return self.fingerprint[:_HALF] != fingerprint[:_HALF]


def made(given: Given, content: Content, *, person: persons.Given | None, judged: str) -> Row:
    """Put the row together from its content and the columns that every layout has.

    `judged` is the mark of what the rules of the decision's day make of it.
    """
    names = ("counterparty_name", "authority", "source_department", "document_no")
    codes = ("authority_uscc", "source_department_uscc")
    facts = _ENCODER.encode(content.facts)
    said = [*map(given.raw, names), *map(given.code, codes), content.event_date, _Json(facts)]
    return Row(
        number=given.number,
        natural_key=_key(given, content),
        fingerprint=_hash(said)[:_HALF] + judged,
        uscc="" if person else given.code("uscc"),
        name="" if person else given.raw("counterparty_name"),
        authority=given.raw("authority"),
        department=_department(given),
        document_no=given.raw("document_no"),
        content=content,
        facts=facts,
        warnings=tuple(given.faults),
        person=person,
        numbers={} if person else _numbers(given),
        org_code="" if person or given.code("uscc") else given.code("org_code"),
    )


def mark(ruling: Ruling, state: RecordState, title: str) -> str:
    """Return what changes with whatever the rules make of a row."""
    dates = (state, ruling.severity, ruling.repairable_from, ruling.ends_on)
    return _hash([*dates, ruling.rule, ruling.visibility, ruling.kept, title])[:_HALF]


def short(text: str) -> str:
    """Cut a text to what fits a title."""
    return text if len(text) <= _TITLE else text[: _TITLE - 1] + "…"


def _numbers(given: Given) -> dict[NumberScheme, str]:
    return {scheme: number for scheme, field in _OTHERS if (number := given.raw(field))}


def _department(given: Given) -> tuple[str, str | None]:
    if name := given.raw("source_department"):
        return name, given.code("source_department_uscc") or None
    return given.raw("authority"), given.code("authority_uscc") or None


def _key(given: Given, content: Content) -> str:
    named = Named(
        kind=content.kind,
        list_kind=content.list_kind,
        authority=given.code("authority_uscc") or given.raw("authority"),
        document_no=given.raw("document_no"),
        code=given.code("key_code") or given.code("uscc"),
    )
    return natural_key(named, day=content.event_date, matter=given.raw("matter"))


def natural_key(named: Named, *, day: date, matter: str = "") -> str:
    """Return how a decision is recognised, however its number is typed.

    A basis without a digit is a reason, not a number: the day tells two such decisions apart, and
    where there is no basis at all, what it is about.
    """
    document, authority = one_form(named.document_no), one_form(named.authority)
    parts = [named.kind, named.list_kind, authority, document, named.code]
    if _DIGIT.search(document):
        return _hash([*parts, ""])
    return _hash([*parts, day.isoformat(), *([one_form(matter)] if matter else [])])


def key_of_subject(natural_key: str, subject_id: int) -> str:
    """Return the key of a person's record: it holds no digit of the person's number."""
    return _hash([natural_key, subject_id])


def has_number(named: Named) -> bool:
    """Say whether a decision has a number of its own, so that it is known without its day."""
    return bool(_DIGIT.search(one_form(named.document_no)))


@lru_cache(4096)  # an authority comes again in every row
def one_form(text: str) -> str:
    """Fold how a number is typed: width, case, blanks, kinds of brackets and of dashes."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded.upper().translate(_ONE_FORM)


def _hash(parts: Sequence[object]) -> str:
    # What the encoder writes for a list, though it takes several times as long for short ones.
    text = f"[{', '.join(map(_written, parts))}]"
    return hashlib.sha256(text.encode()).hexdigest()


class _Json(NamedTuple):
    """JSON that is written already."""

    text: str


def _written(part: object) -> str:
    if isinstance(part, _Json):
        return part.text
    if isinstance(part, str):
        return _quoted(part)
    if part is None:
        return "null"
    return f'"{part}"' if isinstance(part, date) else _ENCODER.encode(part)
