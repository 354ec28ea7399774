"""Proof: the chain computed again, against the rows and the file of heads; each fault by name."""

import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from core.audit import seals, trail
from core.audit.seals import NOTHING, ROW, Head, Seal
from core.audit.trail import Entry

_MOST_MOVED = 100
STEP = 500  # seals, each of up to a thousand rows


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


@dataclass(frozen=True)
class Chain:
    """What is to be proved: with which key, against which lines of the file of heads, how far."""

    key: bytes
    lines: Mapping[int, str]
    upto: int


@dataclass(frozen=True)
class Reached:
    """How far a proof is: the last seal done and the last genuine one, and how much was found."""

    place: int = 0
    genuine: int = 0
    rows: int = 0
    seals: int = 0
    kinds: Mapping[FaultKind, int] = field(default_factory=dict)


@dataclass
class Report:
    """What the proof found; `kinds` counts all faults, `faults` names those of this run."""

    rows: int = 0
    seals: int = 0
    unsealed: int = 0
    oldest: datetime | None = None
    faults: list[Fault] = field(default_factory=list)
    kinds: Counter[FaultKind] = field(default_factory=Counter)


def check(session: Session, key: bytes, lines: Mapping[int, str], *, upto: int) -> Report:
    """Prove seals up to one of them against their rows and the lines of the file of heads."""
    chain, reached, faults = Chain(key, lines, upto), Reached(), list[Fault]()
    while found := step(session, chain, reached):
        reached = found[0]
        faults += found[1]
    return end(session, chain, reached, faults=faults)


def step(
    session: Session, chain: Chain, reached: Reached, *, most: int = STEP
) -> tuple[Reached, list[Fault]] | None:
    """Prove the next seals; return how far it is then and what was found, None at the end."""
    page = [one for one in seals.after(session, reached.place, limit=most) if one.id <= chain.upto]
    if not page:
        return None
    before, genuine = _seal(session, reached.place), reached.genuine
    number, faults = 0, list[Fault]()
    for head in page:
        faults += _of_seal(chain.key, before, head)
        faults += _of_line(head, chain.lines)
        rows, found = _of_rows(session, chain.key, head)
        number, before, faults = number + rows, head, faults + found
        genuine = head.id if _is_genuine(chain.key, head) else genuine
    kinds = Counter(reached.kinds) + Counter(fault.kind for fault in faults)
    done = reached.rows + number, reached.seals + len(page)
    return Reached(page[-1].id, genuine, *done, kinds), faults


def end(
    session: Session, chain: Chain, reached: Reached, *, faults: Sequence[Fault] = ()
) -> Report:
    """Look for what is gone and what was added, once all seals are proved."""
    last = _gone(session, chain, reached) + _added(session)
    report = Report(reached.rows, reached.seals, faults=[*faults, *last])
    report.kinds = Counter(reached.kinds) + Counter(fault.kind for fault in last)
    report.unsealed, report.oldest = trail.count_unsealed(session), trail.oldest_unsealed(session)
    _think_of_the_key(report)
    return report


def _seal(session: Session, place: int) -> Head:
    found = seals.after(session, place - 1, limit=1) if place else []
    return next((one for one in found if one.id == place), NOTHING)


def _of_seal(key: bytes, before: Head, head: Head) -> Iterator[Fault]:
    is_next = _is_genuine(key, before) and head.id == before.id + 1
    follows = not is_next or (head.previous, head.first) == (before.mac, before.last + 1)
    if not _is_genuine(key, head) or not follows:
        yield Fault(FaultKind.SEAL_CHANGED, head.id)


def _gone(session: Session, chain: Chain, reached: Reached) -> list[Fault]:
    """Name the seals that must have been: before a genuine one, or in the file of heads."""
    there = set(session.scalars(select(Seal.id).where(Seal.id <= chain.upto)))
    gone = ({*range(1, reached.genuine)} | chain.lines.keys()) - there
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
    spoilt = report.kinds[FaultKind.CHANGED], report.kinds[FaultKind.SEAL_CHANGED]
    if report.rows and spoilt == (report.rows, report.seals):
        report.faults = [Fault(FaultKind.WRONG_KEY, 0)]
        report.kinds = Counter([FaultKind.WRONG_KEY])
