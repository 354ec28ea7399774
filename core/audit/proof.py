"""Proof: the chain computed again, against the rows and the file of heads; each fault by name."""

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from core.audit import seals, trail
from core.audit.seals import NOTHING, ROW, Head
from core.audit.trail import Entry

_MOST_MOVED = 100


class FaultKind(StrEnum):
    """What can be wrong with a row, a seal, or the file of heads."""

    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    ADDED = "added"
    EXCHANGED = "exchanged"
    SEAL_CHANGED = "seal_changed"
    SEAL_MISSING = "seal_missing"
    HEAD_CHANGED = "head_changed"
    HEAD_MISSING = "head_missing"
    WRONG_KEY = "wrong_key"


@dataclass(frozen=True)
class Fault:
    """One fault: of which row or seal, and for a moved row the number that it was sealed under."""

    kind: FaultKind
    number: int
    was: int | None = None


@dataclass
class Report:
    """What the proof found."""

    rows: int = 0
    seals: int = 0
    unsealed: int = 0
    oldest: datetime | None = None
    faults: list[Fault] = field(default_factory=list)


def check(session: Session, key: bytes, lines: Mapping[int, str], *, upto: int) -> Report:
    """Prove seals up to one of them against their rows and the lines of the file of heads."""
    report, before, seen = Report(), NOTHING, dict[int, bool]()
    for head in _until(session, upto):
        report.seals += 1
        report.faults += _of_seal(key, before, head)
        report.faults += _of_line(head, lines)
        rows, faults = _of_rows(session, key, head)
        report.rows += rows
        report.faults += faults
        before = head
        seen[head.id] = _is_genuine(key, head)
    report.faults += _gone(seen, lines)
    report.faults += _added(session)
    report.unsealed, report.oldest = trail.count_unsealed(session), trail.oldest_unsealed(session)
    _think_of_the_key(report)
    return report


def _until(session: Session, upto: int) -> Iterator[Head]:
    place = 0
    while page := [head for head in seals.after(session, place) if head.id <= upto]:
        yield from page
        place = page[-1].id


def _of_seal(key: bytes, before: Head, head: Head) -> Iterator[Fault]:
    is_next = _is_genuine(key, before) and head.id == before.id + 1
    follows = not is_next or (head.previous, head.first) == (before.mac, before.last + 1)
    if not _is_genuine(key, head) or not follows:
        yield Fault(FaultKind.SEAL_CHANGED, head.id)


def _gone(seen: Mapping[int, bool], lines: Mapping[int, str]) -> list[Fault]:
    """Name the seals that must have been: before a genuine one, or in the file of heads."""
    newest = max((number for number, is_genuine in seen.items() if is_genuine), default=0)
    gone = ({*range(1, newest)} | lines.keys()) - seen.keys()
    return [Fault(FaultKind.SEAL_MISSING, number) for number in sorted(gone)]


def _of_line(head: Head, lines: Mapping[int, str]) -> Iterator[Fault]:
    if head.id not in lines:
        yield Fault(FaultKind.HEAD_MISSING, head.id)
    elif lines[head.id] != head.line():
        yield Fault(FaultKind.HEAD_CHANGED, head.id)


def _of_rows(session: Session, key: bytes, head: Head) -> tuple[int, list[Fault]]:
    inside = Entry.number.between(head.first, head.last)
    rows = session.execute(select(*ROW).where(inside).order_by(Entry.number)).all()
    faults = list(_spoilt(key, rows))
    # The bounds of a seal that was changed say nothing about what should be there.
    if _is_genuine(key, head):
        held = {row.number for row in rows}
        gone = (number for number in range(head.first, head.last + 1) if number not in held)
        faults += [Fault(FaultKind.MISSING, number) for number in gone]
        if not faults and seals.digest([str(row.mac) for row in rows]) != head.digest:
            faults.append(Fault(FaultKind.EXCHANGED, head.id))
    return len(rows), faults


def _spoilt(key: bytes, rows: Sequence[Row[Any]]) -> Iterator[Fault]:
    wrong = [row for row in rows if not _same(seals.code(key, row.number, row), row.mac)]
    macs = {row.mac for row in wrong}
    # Where so many are wrong they were not exchanged with each other.
    numbers = [row.number for row in wrong] if len(wrong) <= _MOST_MOVED else []
    for row in wrong:
        was = _number_of(key, row, macs, numbers=numbers)
        kind = FaultKind.CHANGED if was is None else FaultKind.MOVED
        yield Fault(kind, row.number, was)


def _number_of(key: bytes, row: Row[Any], macs: set[str], *, numbers: Iterable[int]) -> int | None:
    """Find the number under which a row was sealed, among those that are wrong now."""
    return next((number for number in numbers if seals.code(key, number, row) in macs), None)


def _added(session: Session) -> list[Fault]:
    number: Any = Entry.number
    outside = or_(number < 1, number > seals.last_number())
    found = select(number).where(outside).order_by(number)
    return [Fault(FaultKind.ADDED, number) for number in session.scalars(found)]


def _is_genuine(key: bytes, head: Head) -> bool:
    return _same(head.sealed(key), head.mac)


def _same(computed: str, held: object) -> bool:
    return hmac.compare_digest(computed.encode(), str(held).encode())


def _think_of_the_key(report: Report) -> None:
    """Where nothing at all fits, the key is another: say that, and not ten thousand faults."""
    kinds = [fault.kind for fault in report.faults]
    spoilt = kinds.count(FaultKind.CHANGED), kinds.count(FaultKind.SEAL_CHANGED)
    if report.rows and spoilt == (report.rows, report.seals):
        report.faults = [Fault(FaultKind.WRONG_KEY, 0)]
