"""What is not taken in (不予归集), and how a change of law is carried over (新旧规则衔接)."""

from dataclasses import dataclass
from enum import StrEnum

from core.records import RecordKind
from core.rules.dated import Rule


class Barrier(StrEnum):
    """What keeps a row out."""

    SEALED = "sealed"
    PERSONS = "persons"
    MINORS = "minors"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, kw_only=True)
class Door(Rule):
    """Why some rows are not taken in: of which authorities, of persons under which age."""

    barrier: Barrier
    authorities: tuple[str, ...] = ()
    under_age: int | None = None


@dataclass(frozen=True, kw_only=True)
class Transition(Rule):
    """From its first day on, older records of these kinds get whichever rule is kinder to them."""

    kinds: tuple[RecordKind, ...]
