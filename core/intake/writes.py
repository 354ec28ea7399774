"""Writes: records as rows name them, read, added and corrected a whole chunk at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal, select, update
from sqlalchemy.orm import Session

from core import bulk, restoring, standing
from core.db import Facts, insert, is_postgresql
from core.intake import batches, copies
from core.intake.rows import Row
from core.records import SEALED_FACTS, STANDING, Record, RecordChange, RecordState
from core.standing import Step
from core.vault import Vault

_RECORDS: Any = Record.__table__
_CHANGES: Any = RecordChange.__table__
HELD = (Record.natural_key, Record.id, Record.fingerprint, Record.state, Record.batch_id)
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
class Held:
    """What the database holds under a row's natural key."""

    natural_key: str
    id: int
    fingerprint: str
    state: RecordState
    batch_id: int


@dataclass(frozen=True)
class Run:
    """One run over a file: its batch, all batches of the same content, who, when."""

    batch_id: int
    same_file: frozenset[int]
    who: str
    now: datetime
    vault: Vault
    why: str = "内容更正"

    def may_claim(self, held: Held) -> bool:
        """Say whether an earlier file brought this and nobody has published it."""
        return held.state is RecordState.LOADED and held.batch_id not in self.same_file


@dataclass(frozen=True)
class Parties:
    """Ids of the subjects and departments that a chunk names."""

    subjects: Mapping[str, int]
    offices: Mapping[tuple[str, str | None], int]


def begun(session: Session, batch_id: int, *, who: str, now: datetime, vault: Vault) -> Run:
    """Return what writing for a batch needs to know."""
    return Run(batch_id, batches.of_same_file(session, batch_id), who, now, vault)


def held(session: Session, keys: Iterable[str], *, locked: bool = False) -> dict[str, Held]:
    """Return what is held under these keys; locked, in the one order that all use."""
    wanted = list(keys)
    if not wanted:
        return {}
    among = bulk.among(session, Record.natural_key, wanted)
    found = select(*HELD).where(among).order_by(Record.natural_key)
    rows = session.execute(found.with_for_update() if locked else found)
    return {row.natural_key: Held(*row) for row in rows}


def add(session: Session, run: Run, rows: Sequence[Row], *, parties: Parties) -> dict[str, int]:
    """Insert rows and return the ids of those that were new, by key; the unique key decides."""
    if not rows:
        return {}
    as_json = is_postgresql(session)
    values = [_values(row, run, parties, as_json=as_json) | {"version": 1} for row in rows]
    if as_json:
        return copies.add(session, values, _change(run, "载入"))
    # No look before was too early: on SQLite this transaction is the only one that writes.
    session.execute(insert(session, _RECORDS), values)
    added = bulk.among(session, Record.natural_key, [row.natural_key for row in rows])
    _note_all(session, added, _change(run, "载入"))
    return dict(session.execute(select(Record.natural_key, Record.id).where(added)).all())


def correct(
    session: Session, run: Run, pairs: Sequence[tuple[Row, Held]], *, parties: Parties
) -> None:
    """Give held records the content of newer rows, as the next version; whoever was told hears."""
    if not pairs:
        return
    applied = _applied(session, [before.id for _, before in pairs])
    states = {one.id: _state_after(row, one, applied[one.id]) for row, one in pairs}
    corrections = [
        _values(row, run, parties, as_json=is_postgresql(session))
        | {"state": states[before.id], "id": before.id}
        | {"applied": row.content.applied | _earlier(applied[before.id])}
        | restoring.kept(applied[before.id], row.content.applied)
        for row, before in pairs
    ]
    if is_postgresql(session):
        copies.correct(session, corrections)
    else:
        _correct(session, corrections)
    changes = [(before.id, before.state, states[before.id]) for _, before in pairs]
    note(session, run, changes, why=run.why)
    _recall(session, run, pairs, states=states)


def _applied(session: Session, ids: Iterable[int]) -> dict[int, Facts]:
    among = bulk.among(session, Record.id, ids)
    held = session.execute(select(Record.id, Record.applied).where(among))
    return {row.id: row.applied for row in held}


def _earlier(applied: Facts) -> Facts:
    """Return which rules a record was under before: a new text does not undo that."""
    return {"earlier": applied["earlier"]} if "earlier" in applied else {}


def _correct(session: Session, corrections: Sequence[dict[str, Any]]) -> None:
    renamed = [{f"new_{name}": value for name, value in one.items()} for one in corrections]
    names = corrections[0].keys() - copies.KEPT - {"id"}
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    corrected = update(_RECORDS).where(_RECORDS.c.id == bindparam("new_id"))
    session.execute(corrected.values(version=_RECORDS.c.version + 1, **values), renamed)


def _recall(
    session: Session,
    run: Run,
    pairs: Sequence[tuple[Row, Held]],
    *,
    states: Mapping[int, RecordState],
) -> None:
    became: dict[RecordState, list[int]] = {}
    for row, before in pairs:
        after = states[before.id]
        if before.state in STANDING and after not in STANDING:
            became.setdefault(after, []).append(before.id)
        elif before.state in STANDING and row.says_otherwise(before.fingerprint):
            became.setdefault(RecordState.CORRECTED, []).append(before.id)
    for after, ids in became.items():
        standing.recall(session, ids, Step(after, run.who, run.why), now=run.now)


def claim(session: Session, run: Run, met: Iterable[Held]) -> None:
    """Let a run publish what it has met, if an earlier file brought it and nobody published it."""
    keys = [one.natural_key for one in met if run.may_claim(one)]
    if waiting := [one.id for one in held(session, keys, locked=True).values()]:
        among = bulk.among(session, Record.id, waiting), Record.state == RecordState.LOADED
        session.execute(update(Record).where(*among).values(batch_id=run.batch_id))


def note(
    session: Session,
    run: Run,
    changes: Sequence[tuple[int, RecordState | None, RecordState]],
    *,
    why: str,
) -> None:
    """Write down changes of state: record, from, to."""
    names = ("record_id", "from_state", "to_state")
    rows = [dict(zip(names, one, strict=True)) | _change(run, why) for one in changes]
    if rows:
        session.execute(_CHANGES.insert(), rows)


def note_each(
    session: Session, run: Run, which: ColumnElement[bool], *, step: Step, before: RecordState
) -> None:
    """Write down one step that all these records take."""
    change = {"from_state": before, "to_state": step.to} | _change(run, step.why)
    _note_all(session, which, change)


def _note_all(session: Session, which: ColumnElement[bool], change: Mapping[str, Any]) -> None:
    told = {"to_state": _RECORDS.c.state} | {
        name: literal(value, _CHANGES.c[name].type) for name, value in change.items()
    }
    rows = select(_RECORDS.c.id, *told.values()).where(which).order_by(_RECORDS.c.id)
    new = _CHANGES.insert().from_select(["record_id", *told], rows, include_defaults=False)
    session.execute(new)


def _change(run: Run, why: str) -> dict[str, Any]:
    return {"at": run.now, "who": run.who, "why": why}


def _state_after(row: Row, before: Held, applied: Facts) -> RecordState:
    """Say where a held record stands once it has the content of a newer row.

    What was put in quarantine, though the rules left nothing open, leaves it by a new text alone.
    """
    wanted, otherwise = row.content.state, row.says_otherwise(before.fingerprint)
    in_doubt = before.state is RecordState.QUARANTINED and "left_open" not in applied
    if before.state in _FINAL or (in_doubt and not otherwise):
        return before.state
    if before.state not in STANDING or wanted is not RecordState.LOADED:
        return wanted
    is_plain = before.state is RecordState.PUBLISHED
    return RecordState.CORRECTED if otherwise and is_plain else before.state


def _facts(row: Row, vault: Vault, *, as_json: bool) -> Facts | str:
    """Seal what is said of a natural person; return the facts of others as they are."""
    if row.person is None:
        return row.facts if as_json else dict(sorted(row.content.facts.items()))
    return {"sealed": vault.seal(row.facts, SEALED_FACTS)}


def _values(row: Row, run: Run, parties: Parties, *, as_json: bool) -> dict[str, Any]:
    return vars(row.content) | {
        "natural_key": row.natural_key,
        "fingerprint": row.fingerprint,
        "subject_id": parties.subjects[row.party],
        "facts": _facts(row, run.vault, as_json=as_json),
        "authority": row.authority,
        "department_id": parties.offices[row.department],
        "document_no": row.document_no,
        "batch_id": run.batch_id,
        "received_at": run.now,
        "published_at": None,
    }
