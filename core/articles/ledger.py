"""The tables of articles: what is shown, every version that was written, pictures, how many read.

Whether an article is shown is decided at the moment of reading, from `published_at`, which may lie
ahead, and `withdrawn_at`; no job has a part in it.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, BigId, PrimaryKey
from core.staff.members import Member


class ArticleKind(StrEnum):
    """What an article is."""

    POLICY = "policy"
    NEWS = "news"
    CAMPAIGN = "campaign"
    TERM = "term"


class ArticleState(StrEnum):
    """Where an article stands at an instant."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Article(Base):
    """One article as it is shown, or is going to be; its fingerprint is told once as a campaign.

    `version` is the number of the version that is shown; newer ones are drafts. Of an article that
    was never published it is the newest, and the article follows what is written.
    """

    __tablename__ = "articles"

    id: Mapped[PrimaryKey]
    fingerprint: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ArticleKind] = mapped_column(default=ArticleKind.CAMPAIGN)
    title: Mapped[str]
    body: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    def state(self, now: datetime) -> ArticleState:
        """Say where it stands."""
        if self.withdrawn_at is not None:
            return ArticleState.WITHDRAWN
        if self.published_at is None:
            return ArticleState.DRAFT
        return ArticleState.PUBLISHED if self.published_at <= now else ArticleState.SCHEDULED


Index("ix_articles_shown", Article.published_at, Article.id)


class ArticleVersion(Base):
    """One version as it was written. `written_by` is empty for who wrote at a desk, unnamed."""

    __tablename__ = "article_versions"

    article_id: Mapped[BigId] = mapped_column(
        ForeignKey(Article.id), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    body: Mapped[str]
    written_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    written_at: Mapped[datetime]
    published_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))


class Picture(Base):
    """One picture of articles, named by its SHA-256."""

    __tablename__ = "pictures"

    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    added_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    added_at: Mapped[datetime]


class ArticleReads(Base):
    """How often an article was opened on a day: a count, and of nobody."""

    __tablename__ = "article_reads"

    article_id: Mapped[BigId] = mapped_column(
        ForeignKey(Article.id), primary_key=True, autoincrement=False
    )
    on: Mapped[date] = mapped_column(primary_key=True)
    reads: Mapped[BigId]
