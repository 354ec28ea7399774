"""Releases (定期公布): a list as it was told to the city on a day; its membership is frozen.

What the page and the file show is decided on the day of reading: a member whose record may no
longer be seen is only counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    ForeignKey,
    Select,
    UniqueConstraint,
    and_,
    func,
    insert,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import follows
from core.calendar import add_months, day
from core.db import Base, BigId, PrimaryKey
from core.db import insert as insert_new
from core.errors import ReleaseNotFoundError
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.records import Record, RecordKind, RecordState, is_public
from core.subjects import Subject, SubjectKind

PAGE = 50


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
class Schedule:
    """On which day of every month a list is released, and who said so."""

    list_kind: str
    day_of_month: int
    effective_from: date
    effective_to: date | None
    citation: str
    source_status: str

    def last_day(self, today: date) -> date | None:
        """Return the newest day of the schedule that has come, if it was in force then."""
        this_month = today.replace(day=self.day_of_month)
        newest = this_month if this_month <= today else add_months(this_month, -1)
        in_force = self.effective_from <= newest and (
            self.effective_to is None or newest <= self.effective_to
        )
        return newest if in_force else None


class Place(NamedTuple):
    """Where a page of releases ended."""

    day: date
    id: int


class Member(NamedTuple):
    """One member that may still be shown."""

    id: int
    name: str
    uscc: str
    document_no: str
    authority: str
    event_date: date
    ends_on: date | None
    state: RecordState


@dataclass(frozen=True)
class Shown:
    """A release as it may be shown on a day: its members, and how many no longer are shown.

    Whoever came last onto the list stands first. `following` is the last member of the page, None
    at the end.
    """

    id: int
    list_kind: str
    released_on: date
    members: Sequence[Member]
    total: int
    no_longer_shown: int
    following: int | None


def due(session: Session, schedules: Iterable[Schedule], *, today: date) -> list[str]:
    """Return the lists whose day has come and that were not released since; each list once."""
    days = {one.list_kind: one.last_day(today) for one in schedules}
    made = {one: last(session, one) for one, day in days.items() if day}
    return [one for one, done in made.items() if done is None or done < (days[one] or done)]


def make(session: Session, list_kind: str, *, now: datetime) -> int | None:
    """Release a list as it stands; None if it was released on this day already."""
    today = day(now)
    row = {"list_kind": list_kind, "released_on": today, "members": 0, "made_at": now}
    new = insert_new(session, Release).values(row).on_conflict_do_nothing().returning(Release.id)
    release_id: int | None = session.scalar(new)
    if release_id is None:
        return None
    of_list = Record.kind.in_(_LISTS), Record.list_kind == list_kind
    listed = (
        select(literal(release_id), Record.id)
        .join(Subject, Subject.id == Record.subject_id)
        .where(*of_list, _may_be_shown(today))
    )
    columns = [ReleaseMember.release_id, ReleaseMember.record_id]
    session.execute(insert(ReleaseMember).from_select(columns, listed, include_defaults=False))
    mine = ReleaseMember.release_id == release_id
    session.get_one(Release, release_id).members = (
        session.scalar(select(func.count()).select_from(ReleaseMember).where(mine)) or 0
    )
    session.flush()
    _owe(session, release_id, list_kind, now=now)
    return release_id


def _owe(session: Session, release_id: int, list_kind: str, *, now: datetime) -> None:
    """Owe the news to whoever follows the list."""
    if (number := follows.known_list(session, list_kind)) is not None:
        kind, facts = EventKind.LIST_RELEASED, {"release_id": release_id}
        key, whom = f"{kind}:{release_id}", Audience.LIST_FOLLOWERS
        news = Owed(kind, key, whom, day(now), audience_id=number, facts=facts)
        owe(session, news, now=now)


def last(session: Session, list_kind: str) -> date | None:
    """Return the day of a list's last release, if it had one."""
    return session.scalar(
        select(func.max(Release.released_on)).where(Release.list_kind == list_kind)
    )


def newest(session: Session) -> dict[str, int]:
    """Return the id of each list's newest release."""
    found = select(Release.list_kind, func.max(Release.id).label("newest")).group_by(
        Release.list_kind
    )
    return {row.list_kind: row.newest for row in session.execute(found)}


def listing(
    session: Session, list_kind: str | None = None, *, limit: int = PAGE, after: Place | None = None
) -> list[Release]:
    """List releases, newest first."""
    found = select(Release).order_by(Release.released_on.desc(), Release.id.desc()).limit(limit)
    if list_kind is not None:
        found = found.where(Release.list_kind == list_kind)
    if after:
        last = literal(after.day, Date), literal(after.id, BigInteger)
        found = found.where(tuple_(Release.released_on, Release.id) < tuple_(*last))
    return list(session.scalars(found))


def show(
    session: Session, release_id: int, *, today: date, limit: int = PAGE, after: int | None = None
) -> Shown:
    """Return a release with one page of its members. Raises ReleaseNotFoundError."""
    release = session.get(Release, release_id)
    if release is None:
        raise ReleaseNotFoundError
    rows = session.execute(_members(release_id, today, after=after).limit(limit + 1)).all()
    members = [Member(*row) for row in rows[:limit]]
    return Shown(
        id=release.id,
        list_kind=release.list_kind,
        released_on=release.released_on,
        members=members,
        total=release.members,
        no_longer_shown=release.members - _shown(session, release_id, today),
        following=members[-1].id if len(rows) > limit else None,
    )


_LISTS = (
    *(RecordKind.RED_LIST, RecordKind.BLACK_LIST),
    *(RecordKind.ABNORMAL_OPERATION, RecordKind.JUDGMENT_DEFAULTER),
)
_MEMBER = (
    *(Record.id, Subject.name, Subject.uscc, Record.document_no, Record.authority),
    *(Record.event_date, Record.ends_on, Record.state),
)


def _may_be_shown(today: date) -> ColumnElement[bool]:
    return and_(is_public(today), Subject.kind != SubjectKind.NATURAL_PERSON)


def _of_release(what: Sequence[Any], release_id: int, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(*what)
        .select_from(ReleaseMember)
        .join(Record, Record.id == ReleaseMember.record_id)
        .join(Subject, Subject.id == Record.subject_id)
        .where(ReleaseMember.release_id == release_id, _may_be_shown(today))
    )


def _shown(session: Session, release_id: int, today: date) -> int:
    return session.scalar(_of_release([func.count()], release_id, today)) or 0


def _members(release_id: int, today: date, *, after: int | None) -> Select[*tuple[Any, ...]]:
    found = _of_release(_MEMBER, release_id, today)
    if after:
        found = found.where(ReleaseMember.record_id < after)
    return found.order_by(ReleaseMember.record_id.desc())
