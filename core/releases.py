"""Releases (定期公布): a list as it was told to the city on a day; its membership is frozen.

What the page and the file show is decided on the day of reading: a member whose record may no
longer be seen is only counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, UniqueConstraint, bindparam, func, insert, literal, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.calendar import day
from core.db import Base, BigId, PrimaryKey
from core.db import insert as insert_new
from core.errors import ReleaseNotFoundError
from core.records import Record, is_public
from core.subjects import Subject


class Release(Base):
    """One release of one list."""

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("list_kind", "released_on"),)

    id: Mapped[PrimaryKey]
    list_kind: Mapped[str]
    released_on: Mapped[date]
    members: Mapped[int]
    made_at: Mapped[datetime]


class ReleaseMember(Base):
    """One record that a release named."""

    __tablename__ = "release_members"

    release_id: Mapped[BigId] = mapped_column(
        ForeignKey("releases.id"), primary_key=True, autoincrement=False
    )
    record_id: Mapped[BigId] = mapped_column(
        ForeignKey("records.id"), primary_key=True, autoincrement=False, index=True
    )


@dataclass(frozen=True)
class Member:
    """One member that may still be shown."""

    name: str
    uscc: str
    document_no: str
    authority: str
    event_date: date
    ends_on: date | None


@dataclass(frozen=True)
class Shown:
    """A release as it may be shown on a day: its members in order, and how many no longer are."""

    list_kind: str
    released_on: date
    members: Sequence[Member]
    total: int
    no_longer_shown: int


def make(session: Session, list_kind: str, *, now: datetime) -> int | None:
    """Release a list as it stands; None if it was released on this day already."""
    today = day(now)
    row = {"list_kind": list_kind, "released_on": today, "members": 0, "made_at": now}
    new = insert_new(session, Release).values(row).on_conflict_do_nothing().returning(Release.id)
    release_id: int | None = session.scalar(new)
    if release_id is None:
        return None
    listed = select(literal(release_id), Record.id).where(
        Record.list_kind == list_kind, is_public(today)
    )
    columns = [ReleaseMember.release_id, ReleaseMember.record_id]
    session.execute(insert(ReleaseMember).from_select(columns, listed, include_defaults=False))
    mine = ReleaseMember.release_id == release_id
    session.get_one(Release, release_id).members = (
        session.scalar(select(func.count()).select_from(ReleaseMember).where(mine)) or 0
    )
    session.flush()
    return release_id


def last(session: Session, list_kind: str) -> date | None:
    """Return the day of a list's last release, if it had one."""
    return session.scalar(
        select(func.max(Release.released_on)).where(Release.list_kind == list_kind)
    )


def listing(session: Session, list_kind: str | None = None, *, limit: int = 50) -> list[Release]:
    """List releases, newest first."""
    found = select(Release).order_by(Release.released_on.desc(), Release.id.desc()).limit(limit)
    return list(
        session.scalars(found if list_kind is None else found.where(Release.list_kind == list_kind))
    )


_SHOWN = (
    select(
        Subject.name,
        Subject.uscc,
        Record.document_no,
        Record.authority,
        Record.event_date,
        Record.ends_on,
    )
    .join(Record, Record.subject_id == Subject.id)
    .join(ReleaseMember, ReleaseMember.record_id == Record.id)
    .where(ReleaseMember.release_id == bindparam("release"))
    .where(is_public(bindparam("today", type_=Date)))
    .order_by(Record.event_date.desc(), Record.id)
)


def show(session: Session, release_id: int, *, today: date) -> Shown:
    """Return a release as it may be shown today. Raises ReleaseNotFoundError."""
    release = session.get(Release, release_id)
    if release is None:
        raise ReleaseNotFoundError
    rows = session.execute(_SHOWN, {"release": release_id, "today": today})
    members = [Member(*row) for row in rows]
    return Shown(
        list_kind=release.list_kind,
        released_on=release.released_on,
        members=members,
        total=release.members,
        no_longer_shown=release.members - len(members),
    )
