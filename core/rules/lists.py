"""Lists (名单), the catalogue (目录) of what may be collected, and the measures (措施)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.records import RecordKind, Severity
from core.rules.dated import Rule
from core.subjects import SubjectKind


@dataclass(frozen=True, kw_only=True)
class ListKind(Rule):
    """One list: its name as citizens know it, and whether it praises or blames.

    `severity` is given where the list names misconduct that is less than grave.
    """

    code: str
    kind: RecordKind
    severity: Severity | None = None


@dataclass(frozen=True, kw_only=True)
class Item(Rule):
    """One item of the catalogue (公共信用信息目录), and the kinds of record that it covers."""

    edition: str
    kinds: tuple[RecordKind, ...]
    subject_kinds: tuple[SubjectKind, ...] | None = None


def covering(
    items: Iterable[Item], kind: RecordKind, *, on: date, whose: SubjectKind | None
) -> Item | None:
    """Return the item in force that covers a kind of record of such a subject."""
    for item in items:
        of_subject = item.subject_kinds is None or whose in (None, *item.subject_kinds)
        if kind in item.kinds and of_subject and item.in_force(on):
            return item
    return None


@dataclass(frozen=True, kw_only=True)
class Measure(Rule):
    """What being on some lists entails in law, or does not; no lists named: all black lists.

    `group` as in the national list of measures: 1 takes a right away, 2 is management, 3 is left
    to others.
    """

    entailed: bool
    lists: tuple[str, ...] = ()
    group: int | None = None
    text: str
