"""Re-evaluation (重新评估): the rules as they now stand are applied to records once more.

A record that is over (repaired, withdrawn, expired, removed) stays as it was, as does a term that
began anew because a repair was revoked. What changes is written down with the row that was applied
before; whoever was told of what leaves the public hears.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from core import restoring, standing
from core.audit import trail
from core.calendar import day
from core.db import Facts, insert
from core.records import (
    SEALED_FACTS,
    STANDING,
    Record,
    RecordChange,
    RecordState,
    Severity,
    Visibility,
)
from core.reports import making
from core.rules import Rulebook
from core.rules.judging import settle
from core.rules.matters import Matter, Ruling
from core.standing import Step
from core.subjects import Subject, SubjectKind
from core.vault import Vault

CHUNK = 500
WHY = "重新评估"
_S = RecordState
_LIVE = frozenset({_S.LOADED, _S.HELD, _S.QUARANTINED, _S.SHIELDED, *STANDING})
_RECORDS: Any = Record.__table__


@dataclass(frozen=True)
class Run:
    """The rules to apply, who does it when, and on which legal basis persons' facts are opened.

    `actor` is by what means: the command line, or the ticker by itself.
    """

    rules: Rulebook
    vault: Vault
    who: str
    legal_basis: str
    now: datetime
    dry: bool = False
    actor: str = "cli"


@dataclass(frozen=True)
class Outcome:
    """What one chunk came to: the last id looked at, and how many records of each sort."""

    last: int
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Change:
    record: Record
    values: dict[str, Any]
    to: RecordState


def step(session: Session, run: Run, *, after: int, limit: int = CHUNK) -> Outcome | None:
    """Apply the rules to the next records, in one transaction; None once all were seen.

    A dry run changes nothing; that persons' facts were opened stands in the trail all the same.
    """
    page = select(Record.id).where(Record.id > after).order_by(Record.id).limit(limit)
    ids = session.scalars(page).all()
    if not ids:
        return None
    changes = _changes(session, run, ids)
    if changes and not run.dry:
        # Locked and looked at again: somebody may have changed some of them meanwhile.
        changes = _changes(session, run, [one.record.id for one in changes], locked=True)
    counts = _counted(len(ids), changes)
    if changes and not run.dry:
        _write(session, run, changes)
        act = trail.Act(run.actor, run.who, "reevaluate", f"record:{ids[-1]}", dict(counts))
        trail.note(session, act, now=run.now)
    return Outcome(ids[-1], counts)


def _changes(
    session: Session, run: Run, ids: Sequence[int], *, locked: bool = False
) -> list[_Change]:
    found = (
        select(Record, Subject.kind)
        .join(Subject, Subject.id == Record.subject_id)
        .where(Record.id.in_(ids), Record.state.in_(sorted(_LIVE)))
        .order_by(Record.natural_key)
    )
    if locked:
        found = found.with_for_update(of=Record).execution_options(populate_existing=True)
    pairs = [(row[0], row[1]) for row in session.execute(found)]
    if not locked:
        _note_reading(session, run, [record for record, _ in pairs if "sealed" in record.facts])
    ruled = [pair for pair in pairs if restoring.MARK not in pair[0].applied]
    changes = [
        _change(record, _ruling(run, record, whose), day(run.now)) for record, whose in ruled
    ]
    return [one for one in changes if one is not None]


def _note_reading(session: Session, run: Run, records: Sequence[Record]) -> None:
    for subject_id in sorted({record.subject_id for record in records}):
        access = trail.Access(
            run.actor, run.who, "reevaluate", run.legal_basis, ("facts",), subject_id=subject_id
        )
        trail.note(session, access, now=run.now)


def _ruling(run: Run, record: Record, whose: SubjectKind) -> Ruling:
    sealed = record.facts.get("sealed")
    matter = Matter(
        kind=record.kind,
        decided=record.event_date,
        authority=record.authority,
        subject_kind=whose,
        list_kind=record.list_kind,
        facts=json.loads(run.vault.open(sealed, SEALED_FACTS)) if sealed else record.facts,
    )
    ruling = settle(run.rules, matter, today=day(run.now))
    if ruling.may_be_collected:
        return ruling
    # It is in the archive already: nobody but staff sees it until somebody decides.
    return ruling._replace(visibility=Visibility.INTERNAL)


def _change(record: Record, ruling: Ruling, today: date) -> _Change | None:
    values = {
        "severity": ruling.severity,
        "visibility": ruling.visibility,
        "repairable_from": ruling.repairable_from,
        "ends_on": ruling.ends_on,
        "rule": ruling.rule,
    }
    to = _state(record, ruling, today)
    same = all(getattr(record, name) == value for name, value in values.items())
    if same and to is record.state and _before(record) == ruling.kept:
        return None
    return _Change(record, values | {"applied": _applied(record, ruling, today)}, to)


def _before(record: Record) -> Facts:
    return {name: value for name, value in record.applied.items() if name != "earlier"}


def _applied(record: Record, ruling: Ruling, today: date) -> Facts:
    """Keep which rows were applied before, oldest first, with the day on which that ended."""
    earlier = list(record.applied.get("earlier", ()))
    if record.rule or _before(record):
        earlier.append({"rule": record.rule, **_before(record), "until": today.isoformat()})
    return {**ruling.kept, **({"earlier": earlier} if earlier else {})}


def _state(record: Record, ruling: Ruling, today: date) -> RecordState:
    """Say where a record belongs now; what staff or a file decided is not undone."""
    state = record.state
    if state is _S.SHIELDED:
        return state
    if ruling.left_open:
        return _S.QUARANTINED
    if ruling.is_held and (state is _S.LOADED or state in STANDING):
        return _S.HELD
    is_over = ruling.ends_on is not None and ruling.ends_on < today
    return _S.EXPIRED if is_over and state in STANDING else _let_go(record, ruling)


def _let_go(record: Record, ruling: Ruling) -> RecordState:
    """Release what only the rules kept back: it may then be published like what was loaded."""
    undecided = record.state is _S.QUARANTINED and "left_open" in record.applied
    slight = record.state is _S.HELD and record.severity is Severity.MINOR
    if undecided and ruling.is_held:
        return _S.HELD
    return _S.LOADED if undecided or (slight and not ruling.is_held) else record.state


def _write(session: Session, run: Run, changes: Sequence[_Change]) -> None:
    narrowed = [one.record.id for one in changes if _is_narrowed(one)]
    names = list(changes[0].values)
    given = [
        {"held_id": one.record.id, **{f"new_{name}": one.values[name] for name in names}}
        for one in changes
    ]
    found = update(_RECORDS).where(_RECORDS.c.id == bindparam("held_id"))
    ruled = found.values({name: bindparam(f"new_{name}") for name in names})
    session.connection().execute(ruled, given)
    for one in changes:
        _note_or_move(session, run, one)
    standing.recall(session, narrowed, Step(_S.HELD, run.who, WHY), now=run.now)
    # A report says itself when a term is over, but not that the term has become another.
    shortened = [one.record.id for one in changes if _is_shortened(one)]
    if shortened:
        making.recall_for_records(session, shortened, now=run.now)


def _note_or_move(session: Session, run: Run, one: _Change) -> None:
    record, why = one.record, _why(one)
    if one.to is not record.state:
        standing.move(session, record.id, Step(one.to, run.who, why), now=run.now)
        return
    kept = {"from_state": record.state, "to_state": record.state}
    row = {"record_id": record.id, "at": run.now, "who": run.who, "why": why}
    session.execute(insert(session, RecordChange).values(row | kept))


def _is_narrowed(one: _Change) -> bool:
    """Say whether the public loses a record that stays where it is."""
    was_public = one.record.state in STANDING and one.record.visibility is Visibility.PUBLIC
    return was_public and one.to in STANDING and one.values["visibility"] is not Visibility.PUBLIC


def _is_shortened(one: _Change) -> bool:
    before, after = one.record.ends_on or date.max, one.values["ends_on"] or date.max
    return one.record.published_at is not None and after < before


def _why(one: _Change) -> str:
    before, after = one.record.rule or "无", one.values["rule"] or "无"
    return f"{WHY}：{before}" if before == after else f"{WHY}：{before} → {after}"


def _counted(seen: int, changes: Sequence[_Change]) -> Counter[str]:
    counts = Counter({"seen": seen, "changed": len(changes)})
    for one in changes:
        named = {
            "term": one.record.ends_on != one.values["ends_on"],
            "severity": one.record.severity != one.values["severity"],
            "visibility": one.record.visibility != one.values["visibility"],
            "transition": "transition" in one.values["applied"],
            f"to_{one.to}": one.to is not one.record.state,
        }
        counts.update(name for name, holds in named.items() if holds)
    return counts
