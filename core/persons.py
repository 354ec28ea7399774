"""Natural persons (自然人): encrypted, found by their number alone, never by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, BigId, insert
from core.identifiers import citizen_id_of
from core.subjects import Subject, SubjectKind, SubjectState
from core.vault import Vault

NUMBER, NAME = "person.number", "person.name"
_PAGE = 500


class Person(Base):
    """What is known of a natural person; `other_hash` is under the next key while keys rotate."""

    __tablename__ = "persons"

    subject_id: Mapped[BigId] = mapped_column(
        ForeignKey("subjects.id"), primary_key=True, autoincrement=False
    )
    number_hash: Mapped[str] = mapped_column(unique=True)
    other_hash: Mapped[str | None] = mapped_column(index=True)
    number_sealed: Mapped[str]
    name_sealed: Mapped[str]
    birth_year: Mapped[int]


@dataclass(frozen=True)
class Given:
    """A person as a file names one: an 18-digit citizen number (GB 11643) and a name."""

    number: str
    name: str


@dataclass(frozen=True)
class Known:
    """A person in clear, for whoever may read it."""

    subject_id: int
    number: str
    name: str


def find(session: Session, vault: Vault, number: str) -> int | None:
    """Return the subject that a citizen's number names, if we know one."""
    hashes = vault.hashes(citizen_id_of(number) or "")
    held = or_(Person.number_hash.in_(hashes), Person.other_hash.in_(hashes))
    return session.scalar(select(Person.subject_id).where(held).limit(1))


def known(
    session: Session, vault: Vault, given: Iterable[Given], *, now: datetime
) -> Mapping[str, int]:
    """Return subject ids by number, adding whoever is new. Numbers are valid already."""
    wanted = {vault.hashes(one.number)[0]: one for one in sorted(given, key=_by_number)}
    found = _ids(session, vault, wanted.values())
    if new := {key: one for key, one in wanted.items() if one.number not in found}:
        _add(session, vault, new, now=now)
        found |= _ids(session, vault, new.values())
    return found


def read(session: Session, vault: Vault, subject_id: int) -> Known:
    """Return a person in clear. Whoever calls writes the access row in the same transaction."""
    person = session.get_one(Person, subject_id)
    number = vault.open(person.number_sealed, NUMBER)
    return Known(subject_id, number, vault.open(person.name_sealed, NAME))


def look(session: Session, vault: Vault, subject_id: int) -> Known | None:
    """Return a person in clear, as `read` does; None of whom we keep nothing any more."""
    is_kept = session.get(Person, subject_id) is not None
    return read(session, vault, subject_id) if is_kept else None


def forget(session: Session, subject_id: int) -> None:
    """Erase what names a person.

    The subject stays: the trail and closed cases name it by its id, which must never be another's.
    """
    session.execute(delete(Person).where(Person.subject_id == subject_id))


def rename(session: Session, vault: Vault, names: Mapping[int, str]) -> None:
    """Call persons by these names, by the ids of their subjects; who is called so is left alone."""
    wanted = select(Person).where(bulk.among(session, Person.subject_id, names))
    for person in session.scalars(wanted.order_by(Person.subject_id).with_for_update()):
        name = names[person.subject_id]
        if vault.open(person.name_sealed, NAME) != name:
            person.name_sealed = vault.seal(name, NAME)
    session.flush()


def rotate(session: Session, vault: Vault, *, after: int = 0, limit: int = _PAGE) -> int | None:
    """Seal and hash the next persons anew with the keys in force; None once all are done."""
    page = select(Person).where(Person.subject_id > after).order_by(Person.subject_id).limit(limit)
    persons = session.scalars(page.with_for_update()).all()
    for person in persons:
        number = vault.open(person.number_sealed, NUMBER)
        person.number_hash, person.other_hash = _hashes(vault, number)
        if not vault.is_newest(person.number_sealed):
            name = vault.open(person.name_sealed, NAME)
            person.number_sealed = vault.seal(number, NUMBER)
            person.name_sealed = vault.seal(name, NAME)
    session.flush()
    return persons[-1].subject_id if persons else None


def _by_number(one: Given) -> str:
    return one.number


def _ids(session: Session, vault: Vault, given: Iterable[Given]) -> dict[str, int]:
    numbers = {key: one.number for one in given for key in vault.hashes(one.number)}
    columns = Person.subject_id, Person.number_hash, Person.other_hash
    held = or_(
        bulk.among(session, Person.number_hash, numbers),
        bulk.among(session, Person.other_hash, numbers),
    )
    rows = session.execute(select(*columns).where(held)).all()
    return {
        numbers[key]: row.subject_id
        for row in rows
        for key in (row.number_hash, row.other_hash)
        if key in numbers
    }


def _add(session: Session, vault: Vault, new: Mapping[str, Given], *, now: datetime) -> None:
    subject = {
        "kind": SubjectKind.NATURAL_PERSON,
        "uscc_check_ok": True,
        "name": "",
        "name_key": "",
        "district": "",
        "state": SubjectState.UNKNOWN,
        "first_seen_at": now,
    }
    numbered = insert(session, Subject).returning(Subject.id)
    ids: Sequence[Any] = session.scalars(numbered, [subject] * len(new)).all()
    rows = [_row(vault, one, subject_id) for one, subject_id in zip(new.values(), ids, strict=True)]
    added = insert(session, Person).on_conflict_do_nothing().returning(Person.subject_id)
    kept = set(session.scalars(added, rows))
    # Somebody else was faster with some of them: their hash decides, and our empty subjects go.
    if spare := set(ids) - kept:
        session.execute(delete(Subject).where(bulk.among(session, Subject.id, spare)))


def _hashes(vault: Vault, number: str) -> tuple[str, str | None]:
    first, *others = vault.hashes(number)
    return first, others[0] if others else None


def _row(vault: Vault, one: Given, subject_id: int) -> dict[str, Any]:
    number_hash, other_hash = _hashes(vault, one.number)
    return {
        "subject_id": subject_id,
        "number_hash": number_hash,
        "other_hash": other_hash,
        "number_sealed": vault.seal(one.number, NUMBER),
        "name_sealed": vault.seal(one.name, NAME),
        "birth_year": int(one.number[6:10]),
    }
