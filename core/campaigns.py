"""Campaigns (诚信文化宣传): integrity articles, told to those who subscribed to them."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.calendar import day
from core.db import Base, PrimaryKey, insert
from core.errors import NotFollowedError
from core.follows import Topic, end, start
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.preferences import choices
from core.preferences.kinds import NoticeKind


class Article(Base):
    """One article; its fingerprint keeps the same text from being told twice."""

    __tablename__ = "articles"

    id: Mapped[PrimaryKey]
    fingerprint: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    body: Mapped[str]
    published_at: Mapped[datetime]


def subscribe(session: Session, account_id: int, *, now: datetime) -> bool:
    """Subscribe an account to campaigns; return whether that is new."""
    choices.restore(session, account_id, NoticeKind.CAMPAIGN, now=now)
    return start(session, account_id, Topic.CAMPAIGNS, now=now)


def unsubscribe(session: Session, account_id: int, *, now: datetime) -> None:
    """Bring an account no campaigns any more, subscriber or not. Raises NotFollowedError."""
    is_new = choices.silence(session, account_id, NoticeKind.CAMPAIGN, now=now)
    try:
        end(session, account_id, Topic.CAMPAIGNS, now=now)
    except NotFollowedError:
        if not is_new:
            raise


def publish(session: Session, title: str, body: str, *, now: datetime) -> int | None:
    """Publish an article (Markdown) and owe it to its subscribers; None if it was told before."""
    fingerprint = hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()
    row = {"fingerprint": fingerprint, "title": title, "body": body, "published_at": now}
    new = insert(session, Article).values(row).on_conflict_do_nothing().returning(Article.id)
    article_id = session.scalar(new)
    if article_id is None:
        return None
    campaign = Owed(
        kind=EventKind.CAMPAIGN,
        key=f"{EventKind.CAMPAIGN}:{fingerprint}",
        audience=Audience.CAMPAIGN_SUBSCRIBERS,
        event_date=day(now),
        facts={"article_id": article_id},
    )
    owe(session, campaign, now=now)
    return article_id


def article(session: Session, article_id: int) -> Article | None:
    """Return an article, if there is one."""
    return session.scalar(select(Article).where(Article.id == article_id))
