"""Corrections (更正): what our staff changed of a record, over what its department says of it.

The record's fingerprint stays that of the department's own text. So a file with the old text says
nothing new and changes nothing; what does say something new is compared with what was corrected.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, BigId, PrimaryKey
from core.vault import Vault

CHANGES = "record_correction.changes"  # the column that the values are sealed for


class Correction(Base):
    """One correction by staff: `changes` holds of each field what it was and what it became.

    `lifted_at` is when the department's own newer text took its place.
    """

    __tablename__ = "record_corrections"

    id: Mapped[PrimaryKey]
    record_id: Mapped[BigId] = mapped_column(ForeignKey("records.id"), index=True)
    version: Mapped[int]
    at: Mapped[datetime]
    who: Mapped[str]
    why: Mapped[str]
    changes_sealed: Mapped[str]
    lifted_at: Mapped[datetime | None]


_LYING = Correction.lifted_at.is_(None)


@dataclass(frozen=True)
class Change:
    """What one field was, and what it became."""

    before: Any
    after: Any


Changes = Mapping[str, Change]


def add(session: Session, vault: Vault, row: Mapping[str, Any], *, changes: Changes) -> None:
    """Write a correction down; `row` are its other columns."""
    values = {name: [one.before, one.after] for name, one in changes.items()}
    sealed = vault.seal(json.dumps(values, ensure_ascii=False), CHANGES)
    session.add(Correction(**row, changes_sealed=sealed, lifted_at=None))


def changes_of(correction: Correction, vault: Vault) -> Changes:
    """Return what a correction changed; of a person whoever calls writes the access row."""
    values = json.loads(vault.open(correction.changes_sealed, CHANGES))
    return {name: Change(*pair) for name, pair in values.items()}


def lying_over(session: Session, vault: Vault, ids: Iterable[int]) -> Mapping[int, Changes]:
    """Return of each corrected record what it was before and is now, by field; each field once."""
    wanted = list(ids)
    if not wanted:
        return {}
    among = bulk.among(session, Correction.record_id, wanted)
    found: dict[int, dict[str, Change]] = {}
    for one in session.scalars(select(Correction).where(among, _LYING).order_by(Correction.id)):
        found.setdefault(one.record_id, {}).update(changes_of(one, vault))
    return found


def outside(event_date: date, document_no: str) -> dict[str, Any]:
    """Return what may be corrected of a record beside its facts, as corrections hold it."""
    return {"event_date": event_date.isoformat(), "document_no": document_no}


def lift(session: Session, ids: Iterable[int], *, now: datetime) -> None:
    """Write down that departments have sent newer texts, which hold now."""
    if wanted := list(ids):
        among = bulk.among(session, Correction.record_id, wanted)
        session.execute(update(Correction).where(among, _LYING).values(lifted_at=now))


def listing(session: Session, record_id: int) -> Sequence[Correction]:
    """List the corrections of a record, the oldest first."""
    of_record = select(Correction).where(Correction.record_id == record_id)
    return session.scalars(of_record.order_by(Correction.id)).all()
