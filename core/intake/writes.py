"""Writes: records as rows name them, read, added and corrected a whole chunk at a time."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from core import standing
from core.db import Facts, insert
from core.intake import batches
from core.intake.rows import Row
from core.records import SEALED_FACTS, STANDING, Record, RecordChange, RecordState
from core.standing import Step
from core.vault import Vault

_RECORDS: Any = Record.__table__
# A correction is no second arrival: in time is who was in time with the first.
_KEPT = frozenset(("natural_key", "subject_id", "kind", "version", "published_at", "received_at"))
# What a department may not undo by sending its row again.
_FINAL = frozenset(
    (
        RecordState.REPAIRED,
        RecordState.EXPIRED,
        RecordState.WITHDRAWN,
        RecordState.SHIELDED,
        RecordState.REMOVED,
    )
)


@dataclass(frozen=True)
class Run:
    """One run over a file: its batch, all batches of the same content, who, when."""

    batch_id: int
    same_file: frozenset[int]
    who: str
    now: datetime
    vault: Vault


@dataclass(frozen=True)
class Parties:
    """Ids of the subjects and departments that a chunk names."""

    subjects: Mapping[str, int]
    offices: Mapping[tuple[str, str | None], int]


@dataclass(frozen=True)
class Held:
    """What the database holds under a row's natural key."""

    natural_key: str
    id: int
    fingerprint: str
    state: RecordState
    batch_id: int


def begun(session: Session, batch_id: int, *, who: str, now: datetime, vault: Vault) -> Run:
    """Return what writing for a batch needs to know."""
    return Run(batch_id, batches.of_same_file(session, batch_id), who, now, vault)


def held(session: Session, keys: Iterable[str], *, locked: bool = False) -> dict[str, Held]:
    """Return what is held under these keys; locked, in the one order that all use."""
    wanted = list(keys)
    if not wanted:
        return {}
    columns = (
        Record.natural_key,
        Record.id,
        Record.fingerprint,
        Record.state,
        Record.batch_id,
    )
    found = select(*columns).where(Record.natural_key.in_(wanted)).order_by(Record.natural_key)
    rows = session.execute(found.with_for_update() if locked else found)
    return {row.natural_key: Held(*row) for row in rows}


def add(session: Session, run: Run, rows: Sequence[Row], *, parties: Parties) -> set[str]:
    """Insert rows and return the keys that were new; the unique key decides who was first."""
    if not rows:
        return set()
    new = insert(session, _RECORDS).on_conflict_do_nothing()
    columns = _RECORDS.c
    values = [_values(row, run, parties) | {"version": 1} for row in rows]
    added = session.execute(
        new.returning(columns.natural_key, columns.id, columns.state), values
    ).all()
    note(session, run, [(row.id, None, row.state) for row in added], why="载入")
    return {row.natural_key for row in added}


def correct(
    session: Session,
    run: Run,
    pairs: Sequence[tuple[Row, Held]],
    *,
    parties: Parties,
) -> None:
    """Give held records the content of newer rows, as the next version; whoever was told hears."""
    if not pairs:
        return
    changes = []
    corrections = []
    for row, before in pairs:
        state = _state_after(row, before)
        values = _values(row, run, parties) | {"state": state}
        corrections.append({f"new_{name}": values[name] for name in values.keys() - _KEPT})
        corrections[-1]["held_id"] = before.id
        changes.append((before.id, before.state, state))
    names = [name for name in corrections[0] if name != "held_id"]
    corrected = update(_RECORDS).where(_RECORDS.c.id == bindparam("held_id"))
    values = {name.removeprefix("new_"): bindparam(name) for name in names}
    session.execute(corrected.values(version=_RECORDS.c.version + 1, **values), corrections)
    note(session, run, changes, why="内容更正")
    _recall(session, run, pairs)


def _recall(session: Session, run: Run, pairs: Sequence[tuple[Row, Held]]) -> None:
    became: dict[RecordState, list[int]] = {}
    for row, before in pairs:
        after = _state_after(row, before)
        if before.state in STANDING and after not in STANDING:
            became.setdefault(after, []).append(before.id)
        elif before.state in STANDING and row.says_otherwise(before.fingerprint):
            became.setdefault(RecordState.CORRECTED, []).append(before.id)
    for after, ids in became.items():
        standing.recall(session, ids, Step(after, run.who, "内容更正"), now=run.now)


def claim(session: Session, run: Run, ids: Sequence[int]) -> None:
    """Let a run publish what an earlier file brought and nobody published."""
    if ids:
        waiting = update(Record).where(Record.id.in_(ids), Record.state == RecordState.LOADED)
        session.execute(waiting.values(batch_id=run.batch_id))


def note(
    session: Session,
    run: Run,
    changes: Sequence[tuple[int, RecordState | None, RecordState]],
    *,
    why: str,
) -> None:
    """Write down changes of state: record, from, to."""
    if not changes:
        return
    rows = [
        {
            "record_id": record_id,
            "from_state": before,
            "to_state": after,
            "at": run.now,
            "who": run.who,
            "why": why,
        }
        for record_id, before, after in changes
    ]
    session.execute(RecordChange.__table__.insert(), rows)  # type: ignore[attr-defined]


def _state_after(row: Row, before: Held) -> RecordState:
    """Say where a held record stands once it has the content of a newer row."""
    wanted = row.content.state
    if before.state in _FINAL:
        return before.state
    if before.state not in STANDING or wanted is not RecordState.LOADED:
        return wanted
    otherwise = row.says_otherwise(before.fingerprint)
    is_plain = before.state is RecordState.PUBLISHED
    return RecordState.CORRECTED if otherwise and is_plain else before.state


def _facts(row: Row, vault: Vault) -> Facts:
    """Seal what is said of a natural person; return the facts of others as they are."""
    if row.person is None:
        return row.content.facts
    said = json.dumps(row.content.facts, ensure_ascii=False)
    return {"sealed": vault.seal(said, SEALED_FACTS)}


def _values(row: Row, run: Run, parties: Parties) -> dict[str, Any]:
    return vars(row.content) | {
        "natural_key": row.natural_key,
        "fingerprint": row.fingerprint,
        "subject_id": parties.subjects[row.party],
        "facts": _facts(row, run.vault),
        "authority": row.authority,
        "department_id": parties.offices[row.department],
        "document_no": row.document_no,
        "batch_id": run.batch_id,
        "received_at": run.now,
        "published_at": None,
    }
