"""Names (曾用名): what a subject was called before, and when. Search finds it by them, too."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Computed, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, BigId, Binary, PrimaryKey
from core.subjects import name_key


class SubjectName(Base):
    """A name that a subject no longer bears; `since` is unknown for its first one.

    `is_registered` tells what registration data say from what decisions bore.
    """

    __tablename__ = "subject_names"

    id: Mapped[PrimaryKey]
    subject_id: Mapped[BigId] = mapped_column(ForeignKey("subjects.id"), index=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Binary, index=True)
    name_length: Mapped[int] = mapped_column(Computed("length(name_key)"))
    since: Mapped[date | None]
    until: Mapped[date]
    # Whether it ended on that very day, or some day before it.
    is_dated: Mapped[bool] = mapped_column(default=True)
    is_registered: Mapped[bool] = mapped_column(default=False)

    # What search walks along when a great many names hold what is asked.
    __table_args__ = (Index("ix_subject_names_walk", "name_length", "subject_id", "id"),)


def keep(session: Session, subject_id: int, name: str, *, until: date) -> None:
    """Keep the name that a subject bore until a day, since the one before it ended."""
    earlier = select(func.max(SubjectName.until)).where(SubjectName.subject_id == subject_id)
    row = SubjectName(
        subject_id=subject_id,
        name=name,
        name_key=name_key(name),
        since=session.scalar(earlier),
        until=until,
    )
    session.add(row)
    session.flush()


class Former(NamedTuple):
    """A former name as registration data give it; without its last day, the day of the data."""

    name: str
    since: date | None
    until: date
    is_dated: bool


def settle(session: Session, wanted: Mapping[int, Collection[Former]]) -> None:
    """Let subjects have the former names that registration data give, and those of decisions."""
    said = {(subject_id, one) for subject_id, names in wanted.items() for one in names}
    among = bulk.among(session, SubjectName.subject_id, wanted)
    for row in session.scalars(select(SubjectName).where(among, SubjectName.is_registered)):
        key = (row.subject_id, Former(row.name, row.since, row.until, row.is_dated))
        if key in said:
            said.remove(key)
        else:
            session.delete(row)
    session.flush()
    bulk.add_new(session, SubjectName, [_registered(*one) for one in sorted(said, key=str)])


def of_decisions(session: Session, ids: Collection[int]) -> dict[int, list[SubjectName]]:
    """Return the former names that decisions gave of subjects, oldest first."""
    among = bulk.among(session, SubjectName.subject_id, ids)
    rows = select(SubjectName).where(among, SubjectName.is_registered.is_(False))
    found: dict[int, list[SubjectName]] = {}
    for row in session.scalars(rows.order_by(SubjectName.until, SubjectName.id)):
        found.setdefault(row.subject_id, []).append(row)
    return found


def _registered(subject_id: int, former: Former) -> dict[str, Any]:
    key = {"subject_id": subject_id, "name_key": name_key(former.name), "is_registered": True}
    return former._asdict() | key
