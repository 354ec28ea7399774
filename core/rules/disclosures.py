"""Disclosure rules (披露范围): how widely each kind of record is shown while it is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.records import RecordKind, Severity, Visibility
from core.rules.dated import Rule
from core.subjects import SubjectKind

_WIDEST_FIRST = list(Visibility)


@dataclass(frozen=True, kw_only=True)
class Disclosure(Rule):
    """How widely some kinds are shown; a selector left out means whatever it may be."""

    kinds: tuple[RecordKind, ...]
    lists: tuple[str, ...] | None = None
    subject_kinds: tuple[SubjectKind, ...] | None = None
    severities: tuple[Severity, ...] | None = None
    visibility: Visibility

    def holds(self, asked: "Asked") -> bool:
        """Say whether this row speaks of such a record."""
        return (
            asked.kind in self.kinds
            and (self.lists is None or asked.list_kind in self.lists)
            and (self.subject_kinds is None or asked.subject_kind in self.subject_kinds)
            and (self.severities is None or asked.severity in self.severities)
            and self.in_force(asked.on)
        )


@dataclass(frozen=True)
class Asked:
    """Which record is asked about."""

    kind: RecordKind
    list_kind: str | None
    subject_kind: SubjectKind
    severity: Severity | None
    on: date


def narrowest(rows: Iterable[Disclosure], asked: Asked) -> tuple[Visibility, str | None]:
    """Return the narrowest of all rows that hold, with its name; without any, staff only."""
    held = [row for row in rows if row.holds(asked)]
    if not held:
        return Visibility.INTERNAL, None
    one = max(held, key=lambda row: _WIDEST_FIRST.index(row.visibility))
    return one.visibility, one.name
