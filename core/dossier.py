"""The dossier (信用档案): all that a subject may see of itself, and who has looked at a person's.

There is no way to read a natural person's that leaves no trace: the access row is written with
the reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import identifiers, institutions, lines, persons
from core.audit import trail
from core.audit.purposes import Asker
from core.audit.trail import Entry, TrailKind
from core.disclosure import Viewer, ViewerKind
from core.errors import EntityNotFoundError, RecordNotFoundError
from core.lines import Line, Lines, Place, Wanted
from core.subjects import Subject, SubjectKind, SubjectState
from core.vault import Vault

_READ = ("number", "name", "records")
_MOST_VIEWS = 500


@dataclass(frozen=True)
class Dossier:
    """A person's number and name, and the records that this viewer may see, newest first."""

    person: persons.Known
    lines: Sequence[Line]
    following: Place | None


@dataclass(frozen=True)
class OfEntity:
    """An entity and its records as itself may see them, those that the public may not included."""

    uscc: str
    name: str
    kind: SubjectKind
    state: SubjectState
    lines: Sequence[Line]
    following: Place | None


@dataclass(frozen=True)
class Look:
    """One look at a subject's data, as the subject sees it; `who` is the name of an institution."""

    id: int
    at: datetime
    who: str | None
    role: str
    purpose: str
    legal_basis: str
    fields: Sequence[str]


def read(
    session: Session, vault: Vault, viewer: Viewer, *, wanted: Wanted, asker: Asker, now: datetime
) -> Dossier:
    """Read a person's dossier, and write down that it was read. Raises RecordNotFoundError.

    A stranger cannot tell a person without a dossier from one that is not shown.
    """
    subject_id = wanted.subject_id
    if viewer.subject_id not in (None, subject_id) or not session.get(persons.Person, subject_id):
        raise RecordNotFoundError
    trail.note(session, asker.reads(subject_id, *_READ), now=now)
    page = lines.of(session, vault, viewer, wanted=wanted, now=now)
    return Dossier(persons.read(session, vault, subject_id), page.items, page.following)


def entity(session: Session, uscc: str) -> int:
    """Return the subject that an organisation's code names. Raises EntityNotFoundError."""
    named = Subject.uscc == identifiers.normalise(uscc), Subject.kind != SubjectKind.NATURAL_PERSON
    found = session.scalar(select(Subject.id).where(*named))
    if found is None:
        raise EntityNotFoundError
    return found


def of_entity(session: Session, vault: Vault, *, wanted: Wanted, now: datetime) -> OfEntity:
    """Return an entity's dossier for whoever was verified to represent it. It exists."""
    one = session.get_one(Subject, wanted.subject_id)
    viewer = Viewer(ViewerKind.SUBJECT, one.id)
    page: Lines = lines.of(session, vault, viewer, wanted=wanted, now=now)
    return OfEntity(one.uscc, one.name, one.kind, one.state, page.items, page.following)


def looks(
    session: Session, subject_id: int, *, limit: int | None = _MOST_VIEWS, before: int | None = None
) -> list[Look]:
    """List who looked at a subject's data, newest first; `before` is where the last page ended.

    Without a limit it lists all.
    """
    mine = select(Entry).where(Entry.subject_id == subject_id, Entry.kind == TrailKind.ACCESS)
    if before is not None:
        mine = mine.where(Entry.id < before)
    rows = session.scalars(mine.order_by(Entry.id.desc()).limit(limit)).all()
    names = institutions.names(session, {_institution(row) for row in rows})
    return [
        Look(
            id=row.id,
            at=row.at,
            who=names.get(_institution(row)),
            role=row.role,
            purpose=row.purpose or "",
            legal_basis=row.legal_basis or "",
            fields=row.facts["fields"],
        )
        for row in rows
    ]


def _institution(row: Entry) -> int:
    kind, _, number = row.actor.partition(":")
    return int(number) if kind == "institution" and number else 0
