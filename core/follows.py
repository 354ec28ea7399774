"""Follows (关注): whom an account wants to hear about, from when to when."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index, func, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from core.db import Base, BigId, PrimaryKey, insert
from core.errors import NotFollowedError, TooManyFollowsError
from core.subjects import Subject

MOST = 200


class Topic(StrEnum):
    """What is followed: one subject, one list, or the city's integrity campaigns (诚信宣传)."""

    SUBJECT = "subject"
    LIST = "list"
    CAMPAIGNS = "campaigns"


class Follow(Base):
    """An interval, so that "who followed then" stays answerable.

    Of a list `subject_id` is its number here (FollowedList); of campaigns it is 0.
    """

    __tablename__ = "follows"

    id: Mapped[PrimaryKey]
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"))
    topic: Mapped[Topic]
    subject_id: Mapped[BigId]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


_OPEN = Follow.until.is_(None)
Index(
    "uq_follows_open",
    Follow.account_id,
    Follow.topic,
    Follow.subject_id,
    unique=True,
    postgresql_where=_OPEN,
    sqlite_where=_OPEN,
)
Index("ix_follows_audience", Follow.topic, Follow.subject_id, Follow.account_id)


class FollowedList(Base):
    """The number of a list that somebody has followed: lists are known by their codes."""

    __tablename__ = "followed_lists"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)


def start(
    session: Session, account_id: int, topic: Topic, *, subject_id: int = 0, now: datetime
) -> bool:
    """Follow; return whether it is new. Raises TooManyFollowsError."""
    row = {"account_id": account_id, "topic": topic, "subject_id": subject_id, "since": now}
    new = insert(session, Follow).values(row).on_conflict_do_nothing()
    if session.scalar(new.returning(Follow.id)) is None:
        return False
    mine = Follow.account_id == account_id, Follow.topic == topic, _OPEN
    if (session.scalar(select(func.count()).where(*mine)) or 0) > MOST:
        raise TooManyFollowsError
    return True


def end(
    session: Session, account_id: int, topic: Topic, *, subject_id: int = 0, now: datetime
) -> None:
    """Stop following. Raises NotFollowedError where there is nothing to end."""
    mine = Follow.account_id == account_id, Follow.topic == topic, Follow.subject_id == subject_id
    ended = update(Follow).where(*mine, _OPEN).values(until=now).returning(Follow.id)
    if not session.scalars(ended).all():
        raise NotFollowedError


def subjects_of(session: Session, account_id: int) -> Sequence[Subject]:
    """List the entities that an account follows, newest first."""
    followed = select(Subject).join(Follow, Follow.subject_id == Subject.id)
    mine = Follow.account_id == account_id, Follow.topic == Topic.SUBJECT, _OPEN
    return session.scalars(followed.where(*mine).order_by(Follow.id.desc())).all()


def number_of_list(session: Session, code: str) -> int:
    """Return the number of a list, given when it is first followed."""
    new = insert(session, FollowedList).values(code=code).on_conflict_do_nothing()
    session.execute(new)
    return session.scalars(select(FollowedList.id).where(FollowedList.code == code)).one()


def known_list(session: Session, code: str) -> int | None:
    """Return the number of a list if anybody ever followed it."""
    return session.scalar(select(FollowedList.id).where(FollowedList.code == code))


def lists_of(session: Session, account_id: int) -> Sequence[str]:
    """List the codes of the lists that an account follows, newest first."""
    followed = select(FollowedList.code).join(Follow, Follow.subject_id == FollowedList.id)
    mine = Follow.account_id == account_id, Follow.topic == Topic.LIST, _OPEN
    return session.scalars(followed.where(*mine).order_by(Follow.id.desc())).all()


def follows_campaigns(session: Session, account_id: int) -> bool:
    """Say whether an account is subscribed to campaigns."""
    mine = Follow.account_id == account_id, Follow.topic == Topic.CAMPAIGNS, _OPEN
    return session.scalar(select(Follow.id).where(*mine)) is not None


def join(session: Session, source: int, into: int) -> None:
    """Move the follows of one account to another; of what both follow, the longer one stays."""
    mine = aliased(Follow)
    same = mine.topic == Follow.topic, mine.subject_id == Follow.subject_id
    both = (
        select(Follow, mine)
        .join(mine, sa.and_(*same))
        .where(Follow.account_id == source, mine.account_id == into, _OPEN, mine.until.is_(None))
    )
    for theirs, kept in session.execute(both).all():
        kept.since = min(kept.since, theirs.since)
        session.delete(theirs)
    session.flush()
    moved = update(Follow).where(Follow.account_id == source).values(account_id=into)
    session.execute(moved, execution_options={"synchronize_session": False})


def at_the_time(topic: Topic, subject_id: int, then: datetime) -> sa.ColumnElement[bool]:
    """Say in SQL which follows held at an instant."""
    held = sa.and_(Follow.since <= then, sa.or_(Follow.until.is_(None), Follow.until > then))
    return sa.and_(Follow.topic == topic, Follow.subject_id == subject_id, held)
