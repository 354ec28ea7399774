"""The dossier (本人信用档案): what is on record about one natural person, and who has looked.

There is no way to read it that leaves no trace: the access row is written with the reading.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import disclosure, persons
from core.audit import trail
from core.audit.trail import Access, Entry, TrailKind
from core.calendar import day
from core.db import Facts
from core.disclosure import Viewer
from core.errors import RecordNotFoundError
from core.records import SEALED_FACTS, Record, RecordKind, RecordState
from core.vault import Vault

_READ = ("number", "name", "records")
_MOST_VIEWS = 500


@dataclass(frozen=True)
class Asker:
    """Who looks, in which role, for what purpose, on which legal basis: codes, and a law's name."""

    actor: str
    role: str
    purpose: str
    legal_basis: str


@dataclass(frozen=True)
class Line:
    """One record of a person, in clear."""

    id: int
    kind: RecordKind
    title: str
    state: RecordState
    authority: str
    document_no: str
    event_date: date
    published_at: datetime | None
    repairable_from: date | None
    ends_on: date | None
    facts: Facts


@dataclass(frozen=True)
class Dossier:
    """A person's number and name, and the records that this viewer may see, newest first."""

    person: persons.Known
    lines: Sequence[Line]


@dataclass(frozen=True)
class Look:
    """One look at a person's data, as the person sees it."""

    at: datetime
    role: str
    purpose: str
    legal_basis: str
    fields: Sequence[str]


def read(
    session: Session, vault: Vault, viewer: Viewer, *, subject_id: int, asker: Asker, now: datetime
) -> Dossier:
    """Read a person's dossier, and write down that it was read. Raises RecordNotFoundError.

    A stranger cannot tell a person without a dossier from one that is not shown.
    """
    if viewer.subject_id not in (None, subject_id) or not session.get(persons.Person, subject_id):
        raise RecordNotFoundError
    access = Access(**vars(asker), fields=_READ, subject_id=subject_id)
    trail.note(session, access, now=now)
    mine = select(Record).where(Record.subject_id == subject_id)
    held = session.scalars(mine.order_by(Record.event_date.desc(), Record.id.desc()))
    seen = [one for one in held if disclosure.may_see(viewer, one, day(now))]
    person = persons.read(session, vault, subject_id)
    return Dossier(person, [_line(vault, record) for record in seen])


def looks(session: Session, subject_id: int, *, limit: int = _MOST_VIEWS) -> list[Look]:
    """List who looked at a person's data, newest first."""
    mine = Entry.subject_id == subject_id, Entry.kind == TrailKind.ACCESS
    found = session.scalars(select(Entry).where(*mine).order_by(Entry.id.desc()).limit(limit))
    return [
        Look(row.at, row.role, row.purpose or "", row.legal_basis or "", row.facts["fields"])
        for row in found
    ]


def _line(vault: Vault, record: Record) -> Line:
    shared = {name: getattr(record, name) for name in Line.__annotations__ if name != "facts"}
    sealed = record.facts.get("sealed")
    facts = json.loads(vault.open(sealed, SEALED_FACTS)) if sealed else record.facts
    return Line(**shared, facts=facts)
