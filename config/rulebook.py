"""Load the rules of law from their dated tables, and refuse a table that contradicts itself."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from config import workdays
from core.records import RecordKind, Severity
from core.rules import ListKind, Rulebook, Term

RULES = Path(__file__).parent / "rules"


class _List(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    kind: RecordKind


class _Classes(BaseModel):
    model_config = ConfigDict(extra="forbid")
    citation: str
    source_status: str
    minor: list[str]
    general: list[str]
    serious: list[str]


class _Sealed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    citation: str
    source_status: str
    authorities: list[str]


class _Persons(BaseModel):
    model_config = ConfigDict(extra="forbid")
    citation: str
    source_status: str


class _Minors(_Persons):
    under_age: int


class _Tables(BaseModel):
    model_config = ConfigDict(extra="forbid")
    penalty_classes: _Classes
    sealed: _Sealed
    persons: _Persons
    minors: _Minors
    lists: dict[str, _List]


def load(folder: Path = RULES) -> Rulebook:
    """Return the rules. Raises ValueError or pydantic's ValidationError for a wrong table."""
    tables = _Tables.model_validate(_read(folder / "classes.yaml"))
    optional = ("list_kind", "severity", "effective_to", "min_months", "max_months")
    rows = [dict.fromkeys(optional) | row for row in _read(folder / "terms.yaml")]
    terms = TypeAdapter(tuple[Term, ...]).validate_python(rows)
    _refuse_overlaps(terms)
    classes = {
        name: severity
        for severity in Severity
        for name in getattr(tables.penalty_classes, severity)
    }
    return Rulebook(
        terms=terms,
        penalty_classes=classes,
        lists={code: ListKind(code, row.name, row.kind) for code, row in tables.lists.items()},
        sealed_authorities=tuple(tables.sealed.authorities),
        sealed_citation=tables.sealed.citation,
        persons_citation=tables.persons.citation,
        minors_citation=tables.minors.citation,
        minors_under_age=tables.minors.under_age,
        workdays=workdays.calendar(_read(folder / "workdays.yaml")),
    )


def _read(path: Path) -> Any:  # noqa: ANN401 - the models above say what it must be
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _refuse_overlaps(terms: tuple[Term, ...]) -> None:
    for number, one in enumerate(terms):
        for other in terms[number + 1 :]:
            same = (one.kind, one.list_kind, one.severity) == (
                other.kind,
                other.list_kind,
                other.severity,
            )
            first, second = sorted((one, other), key=lambda term: term.effective_from)
            if same and (first.effective_to is None or first.effective_to >= second.effective_from):
                raise ValueError(f"terms.yaml: {one.name} and {other.name} overlap")
