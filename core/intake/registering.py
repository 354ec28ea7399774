"""Registering: what the registrar says of subjects is taken down; the newest day decides.

A row that says what is held already writes nothing, unless it says so as of a later day. A row of
an older day is sent back, so that no old file undoes a newer one; one of the same day, in another
file, corrects it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import bulk, registrations
from core.db import Facts
from core.intake import parties
from core.intake.reasons import Fault, Reason
from core.intake.registrations import Registration
from core.intake.writes import Run
from core.registrations import HOLDS
from core.subjects import Subject

_TABLE = registrations.Registration


@dataclass
class Outcome:
    """How rows that register ended."""

    done: int = 0
    unchanged: int = 0
    rejected: int = 0
    faults: list[Fault] = field(default_factory=list)


class _Word(NamedTuple):
    """What is held of a subject: as of when, by which file; `id` is None for one of this chunk."""

    id: int | None
    as_of: date
    known_on: date
    fingerprint: str
    batches: frozenset[int]

    def says(self, row: Registration) -> bool:
        """Say whether it says the same as of the same day."""
        in_time = self.as_of <= row.as_of <= self.known_on
        return in_time and self.fingerprint == row.fingerprint


class _Verdict(Enum):
    """What a row is: new; said again as of a later day; known; older; against its own file."""

    NEW = auto()
    AGAIN = auto()
    SAME = auto()
    OLDER = auto()
    CONFLICT = auto()


_WRITING = frozenset((_Verdict.NEW, _Verdict.AGAIN))

_REFUSED = {_Verdict.OLDER: Reason.OLDER, _Verdict.CONFLICT: Reason.TWO_AS_OF_A_DAY}


class _Step(NamedTuple):
    """What is to become of a row; of one that says it again, the word that it confirms."""

    row: Registration
    subject_id: int
    verdict: _Verdict
    word_id: int | None


def carry_out(session: Session, run: Run, given: Sequence[Registration]) -> Outcome:
    """Take down what the rows say, the oldest day first."""
    if not given:
        return Outcome()
    ready, strangers = _with_successors(session, given)
    ready.sort(key=lambda one: (one.as_of, one.number))
    # Whoever is new begins under the oldest name.
    called = {one.uscc: one.said["name"] for one in reversed(ready)}
    ids = parties.entities(session, called, now=run.now).ids
    rows = [(ids[one.uscc], one) for one in ready]
    plan = _plan(session, run, rows)
    moving = {step.subject_id for step in plan if step.verdict in _WRITING}
    if moving:
        # Locked and looked at again: another file may have come meanwhile.
        registrations.lock(session, moving)
        plan = _plan(session, run, rows)
        _write(session, run, plan)
    return _told(plan, strangers)


def _with_successors(
    session: Session, given: Sequence[Registration]
) -> tuple[list[Registration], list[Fault]]:
    """Send back whoever was merged into somebody whom nobody knows."""
    codes = {one.said["successor"] for one in given} - {None}
    named = select(Subject.uscc).where(bulk.among(session, Subject.uscc, codes))
    known = {None, *(one.uscc for one in given), *(session.scalars(named) if codes else ())}
    ready = [one for one in given if one.said["successor"] in known]
    strangers = [
        Fault(one.number, "存续主体代码", one.said["successor"], Reason.UNKNOWN_SUCCESSOR)
        for one in given
        if one.said["successor"] not in known
    ]
    return ready, strangers


def _plan(session: Session, run: Run, rows: Sequence[tuple[int, Registration]]) -> list[_Step]:
    held = _held(session, {subject_id for subject_id, _ in rows})
    plan = []
    for subject_id, row in rows:
        words = held.setdefault(subject_id, [])
        verdict = _verdict(run, words, row)
        plan.append(_Step(row, subject_id, verdict, words[-1].id if words else None))
        if verdict is _Verdict.NEW:
            mine = frozenset((run.batch_id,))
            words.append(_Word(None, row.as_of, row.as_of, row.fingerprint, mine))
        elif words[-1].fingerprint == row.fingerprint and row.as_of >= words[-1].known_on:
            ours = words[-1].batches | {run.batch_id}
            words[-1] = words[-1]._replace(known_on=row.as_of, batches=ours)
    return plan


def _held(session: Session, ids: Iterable[int]) -> dict[int, list[_Word]]:
    columns = (
        *(_TABLE.subject_id, _TABLE.id, _TABLE.as_of, _TABLE.confirmed_on, _TABLE.fingerprint),
        *(_TABLE.batch_id, _TABLE.confirmed_by),
    )
    found = select(*columns).where(bulk.among(session, _TABLE.subject_id, ids), HOLDS)
    held: dict[int, list[_Word]] = {}
    rows: Any = session.execute(found.order_by(_TABLE.subject_id, _TABLE.as_of, _TABLE.id))
    for subject_id, number, as_of, known_on, mark, *batches in rows:
        word = _Word(number, as_of, known_on, mark, frozenset(batches))
        held.setdefault(subject_id, []).append(word)
    return held


def _verdict(run: Run, words: Sequence[_Word], row: Registration) -> _Verdict:
    if not words:
        return _Verdict.NEW
    last = words[-1]
    if row.as_of > last.known_on:
        again = row.fingerprint == last.fingerprint and last.id is not None
        return _Verdict.AGAIN if again else _Verdict.NEW
    said = [word for word in words if word.says(row)]
    if row.as_of < last.known_on:
        return _Verdict.SAME if said else _Verdict.OLDER
    return _of_the_same_day(run, last, said)


def _of_the_same_day(run: Run, last: _Word, said: Sequence[_Word]) -> _Verdict:
    """Take a word of another file for a correction; in one file, nobody can say which is right."""
    if last in said or any(word.batches & run.same_file for word in said):
        return _Verdict.SAME
    return _Verdict.CONFLICT if last.batches & run.same_file else _Verdict.NEW


def _write(session: Session, run: Run, plan: Sequence[_Step]) -> None:
    new = [step for step in plan if step.verdict is _Verdict.NEW]
    again = {step.word_id: step.row.as_of for step in plan if step.verdict is _Verdict.AGAIN}
    ids = {step.subject_id for step in plan if step.verdict in _WRITING}
    unheld = {step.subject_id for step in new} - _held(session, ids).keys()
    before = registrations.before(session, unheld) if unheld else {}
    registrations.add(session, [_row(run, step, before.pop(step.subject_id, None)) for step in new])
    registrations.confirm(session, again, by=run.batch_id)
    registrations.settle(session, ids)


def _row(run: Run, step: _Step, before: Facts | None) -> dict[str, Any]:
    return {
        "subject_id": step.subject_id,
        "batch_id": run.batch_id,
        "as_of": step.row.as_of,
        "confirmed_on": step.row.as_of,
        "confirmed_by": run.batch_id,
        "fingerprint": step.row.fingerprint,
        "said": step.row.said,
        "before": before,
        "received_at": run.now,
        "withdrawn_at": None,
    }


def _told(plan: Sequence[_Step], strangers: Sequence[Fault]) -> Outcome:
    refused = [step for step in plan if step.verdict in _REFUSED]
    kept = [step.row for step in plan if step.verdict not in _REFUSED]
    done = sum(step.verdict is _Verdict.NEW for step in plan)
    faults = [
        *strangers,
        *(_refusal(step) for step in refused),
        *(warning for row in kept for warning in row.warnings),
    ]
    return Outcome(done, len(kept) - done, len(strangers) + len(refused), faults)


def _refusal(step: _Step) -> Fault:
    day = step.row.as_of.isoformat()
    return Fault(step.row.number, "数据日期", day, _REFUSED[step.verdict])
