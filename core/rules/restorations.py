"""Restorations (恢复公示): for how long a record is shown again whose repair is revoked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.records import RecordKind
from core.rules.dated import Rule


@dataclass(frozen=True, kw_only=True)
class Restoration(Rule):
    """What happens to the term once a repair got by false material is revoked.

    `restart`: the record's own term counts anew from the day of restoration; `months` is shown
    instead of it from that day on; with neither, the term goes on as it was. Without `repairable`
    no other repair can be asked for.
    """

    kinds: tuple[RecordKind, ...]
    list_kind: str | None = None
    restart: bool = False
    months: int | None = None
    repairable: bool = True


def closest(
    rows: Iterable[Restoration], kind: RecordKind, list_kind: str | None, *, on: date
) -> Restoration | None:
    """Return the row in force on a day that fits most closely: one that names the list first."""
    fitting = [
        row
        for row in rows
        if row.in_force(on) and kind in row.kinds and row.list_kind in (None, list_kind)
    ]
    return max(fitting, key=lambda row: row.list_kind is not None, default=None)
