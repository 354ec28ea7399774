"""Re-evaluation (重新评估): the rules as they now stand are applied to records once more.

A record that is over (repaired, withdrawn, expired, removed) stays as it was. What changes is
written down with the row that was applied before; whoever was told of what leaves the public hears.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from core import standing
from core.audit import trail
from core.calendar import day
from core.db import Facts, insert
from core.records import STANDING, Record, RecordChange, RecordState, Severity, Visibility
from core.rules import Rulebook
from core.rules.judging import Matter, Ruling, settle
from core.standing import Step
from core.subjects import Subject, SubjectKind

CHUNK = 500
WHY = "重新评估"
_S = RecordState
_LIVE = frozenset({_S.LOADED, _S.HELD, _S.QUARANTINED, _S.SHIELDED, *STANDING})
_RECORDS: Any = Record.__table__


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


def review(
    session: Session, rules: Rulebook, *, after: int, now: datetime, limit: int = CHUNK
) -> Outcome | None:
    """Say what would become of the next records, changing nothing; None once all were seen."""
    page = _page(session, after, limit)
    changes = _changes(session, rules, [record_id for record_id, _ in page], today=day(now))
    return Outcome(page[-1][0], _counted(page, changes)) if page else None


def apply(
    session: Session, rules: Rulebook, *, after: int, who: str, now: datetime, limit: int = CHUNK
) -> Outcome | None:
    """Apply the rules to the next records, in one transaction; None once all were seen."""
    page = _page(session, after, limit)
    if not page:
        return None
    today = day(now)
    live = [record_id for record_id, state in page if state in _LIVE]
    differing = [one.record.id for one in _changes(session, rules, live, today=today)]
    # Locked and looked at again: somebody may have changed some of them meanwhile.
    changes = _changes(session, rules, differing, today=today, locked=True)
    counts = _counted(page, changes)
    if changes:
        _write(session, changes, who=who, now=now)
        act = trail.Act("cli", who, "reevaluate", f"record:{page[-1][0]}", dict(counts))
        trail.note(session, act, now=now)
    return Outcome(page[-1][0], counts)


def _page(session: Session, after: int, limit: int) -> Sequence[tuple[int, RecordState]]:
    found = select(Record.id, Record.state).where(Record.id > after).order_by(Record.id)
    return [(row.id, row.state) for row in session.execute(found.limit(limit))]


def _changes(
    session: Session, rules: Rulebook, ids: Sequence[int], *, today: date, locked: bool = False
) -> list[_Change]:
    if not ids:
        return []
    found = (
        select(Record, Subject.kind)
        .join(Subject, Subject.id == Record.subject_id)
        .where(Record.id.in_(ids), Record.state.in_(sorted(_LIVE)))
        .order_by(Record.natural_key)
    )
    if locked:
        found = found.with_for_update(of=Record).execution_options(populate_existing=True)
    judged = (
        (record, _ruling(rules, record, kind, today=today))
        for record, kind in session.execute(found)
    )
    changes = (_change(record, ruling, today) for record, ruling in judged)
    return [change for change in changes if change is not None]


def _ruling(rules: Rulebook, record: Record, whose: SubjectKind, *, today: date) -> Ruling:
    matter = Matter(
        kind=record.kind,
        decided=record.event_date,
        authority=record.authority,
        subject_kind=whose,
        list_kind=record.list_kind,
        facts=record.facts,
    )
    ruling = settle(rules, matter, today=today)
    if ruling.may_be_collected:
        return ruling
    # It is in the archive already: nobody but staff sees it until somebody decides.
    return replace(ruling, visibility=Visibility.INTERNAL)


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
    held = {name: value for name, value in record.applied.items() if name != "earlier"}
    if same and to is record.state and held == ruling.kept:
        return None
    return _Change(record, values | {"applied": _applied(record, ruling, today)}, to)


def _applied(record: Record, ruling: Ruling, today: date) -> Facts:
    """Keep which rows were applied before, oldest first, with the day on which that ended."""
    earlier = list(record.applied.get("earlier", ()))
    before = {name: value for name, value in record.applied.items() if name != "earlier"}
    if before or record.rule:
        earlier.append({"rule": record.rule, **before, "until": today.isoformat()})
    return {**ruling.kept, **({"earlier": earlier} if earlier else {})}


def _state(record: Record, ruling: Ruling, today: date) -> RecordState:
    """Say where a record belongs now; what staff or a file decided is not undone."""
    state = record.state
    if ruling.left_open:
        return state if state in (_S.QUARANTINED, _S.SHIELDED) else _S.QUARANTINED
    if state is _S.QUARANTINED and "left_open" in record.applied:
        return _S.HELD if ruling.is_held else _S.LOADED
    if state is _S.HELD and record.severity is Severity.MINOR and not ruling.is_held:
        return _S.LOADED
    if ruling.is_held and (state is _S.LOADED or state in STANDING):
        return _S.HELD
    is_over = ruling.ends_on is not None and ruling.ends_on < today
    return _S.EXPIRED if is_over and state in STANDING else state


def _write(session: Session, changes: Sequence[_Change], *, who: str, now: datetime) -> None:
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
        _note_or_move(session, one, who=who, now=now)
    standing.recall(session, narrowed, Step(_S.HELD, who, WHY), now=now)


def _note_or_move(session: Session, one: _Change, *, who: str, now: datetime) -> None:
    record, why = one.record, _why(one)
    if one.to is not record.state:
        standing.move(session, record.id, Step(one.to, who, why), now=now)
        return
    kept = {"from_state": record.state, "to_state": record.state}
    row = {"record_id": record.id, "at": now, "who": who, "why": why}
    session.execute(insert(session, RecordChange).values(row | kept))


def _is_narrowed(one: _Change) -> bool:
    """Say whether the public loses a record that stays where it is."""
    was_public = one.record.state in STANDING and one.record.visibility is Visibility.PUBLIC
    return was_public and one.to in STANDING and one.values["visibility"] is not Visibility.PUBLIC


def _why(one: _Change) -> str:
    before, after = one.record.rule or "无", one.values["rule"] or "无"
    return f"{WHY}：{before}" if before == after else f"{WHY}：{before} → {after}"


def _counted(page: Sequence[tuple[int, RecordState]], changes: Sequence[_Change]) -> Counter[str]:
    counts = Counter({"seen": len(page), "changed": len(changes)})
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
