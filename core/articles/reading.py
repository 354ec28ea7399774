"""Reading articles: what anybody may read now, and what the staff see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from core.articles.ledger import Article, ArticleKind, ArticleReads, ArticleVersion
from core.calendar import day
from core.db import insert
from core.errors import ArticleNotFoundError

PAGE = 50


class Place(NamedTuple):
    """Where a page of articles ended."""

    published_at: datetime
    id: int


@dataclass(frozen=True)
class Sheet:
    """An article before the staff: with its versions, newest first, and how often it was read."""

    article: Article
    versions: Sequence[ArticleVersion]
    reads: int


def is_shown(now: datetime) -> ColumnElement[bool]:
    """Say in SQL which articles anybody may read."""
    return sa.and_(Article.published_at <= now, Article.withdrawn_at.is_(None))


def one(session: Session, article_id: int, *, now: datetime) -> Article:
    """Return an article that anybody may read. Raises ArticleNotFoundError."""
    found = session.scalar(select(Article).where(Article.id == article_id, is_shown(now)))
    if found is None:
        raise ArticleNotFoundError
    return found


def listing(
    session: Session,
    kind: ArticleKind | None = None,
    *,
    limit: int = PAGE,
    after: Place | None = None,
    now: datetime,
) -> Sequence[Article]:
    """List what anybody may read, the newest first, from behind a place on."""
    wanted = select(Article).where(is_shown(now))
    if kind is not None:
        wanted = wanted.where(Article.kind == kind)
    if after is not None:
        moment = sa.literal(after.published_at, Article.published_at.type)
        wanted = wanted.where(tuple_(Article.published_at, Article.id) < tuple_(moment, after.id))
    newest = wanted.order_by(Article.published_at.desc(), Article.id.desc())
    return session.scalars(newest.limit(limit)).all()


def every(session: Session, *, limit: int = PAGE, before: int | None = None) -> Sequence[Article]:
    """List all articles, drafts and withdrawn ones too, the youngest first."""
    wanted = select(Article).order_by(Article.id.desc()).limit(limit)
    return session.scalars(wanted.where(Article.id < before) if before else wanted).all()


def sheet(session: Session, article_id: int) -> Sheet:
    """Return an article as the staff see it. Raises ArticleNotFoundError."""
    article = session.get(Article, article_id)
    if article is None:
        raise ArticleNotFoundError
    mine = select(ArticleVersion).where(ArticleVersion.article_id == article_id)
    versions = session.scalars(mine.order_by(ArticleVersion.number.desc()).limit(PAGE)).all()
    return Sheet(article, versions, reads(session, article_id))


def reads(session: Session, article_id: int) -> int:
    """Return how often an article was read, by nobody knows whom."""
    read = select(func.sum(ArticleReads.reads)).where(ArticleReads.article_id == article_id)
    return int(session.scalar(read) or 0)


def count(session: Session, article_id: int, *, now: datetime) -> None:
    """Count one reader, of whom nothing is kept."""
    new = insert(session, ArticleReads).values(article_id=article_id, on=day(now), reads=1)
    more = new.on_conflict_do_update(
        index_elements=["article_id", "on"], set_={"reads": ArticleReads.reads + 1}
    )
    session.execute(more)
