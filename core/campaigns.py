"""Campaigns (诚信文化宣传): integrity articles, told to those who subscribed to them."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from core.articles.ledger import Article, ArticleKind, ArticleVersion
from core.calendar import day
from core.db import insert
from core.errors import NotFollowedError
from core.follows import Topic, end, start
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.preferences import choices
from core.preferences.kinds import NoticeKind


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
    said = {"title": title, "body": body}
    row = said | {"fingerprint": fingerprint, "kind": ArticleKind.CAMPAIGN, "version": 1}
    row |= {"published_at": now}
    new = insert(session, Article).values(row).on_conflict_do_nothing().returning(Article.id)
    article_id = session.scalar(new)
    if article_id is None:
        return None
    session.add(ArticleVersion(article_id=article_id, number=1, **said, written_at=now))
    campaign = Owed(
        kind=EventKind.CAMPAIGN,
        key=f"{EventKind.CAMPAIGN}:{fingerprint}",
        audience=Audience.CAMPAIGN_SUBSCRIBERS,
        event_date=day(now),
        facts={"article_id": article_id},
    )
    owe(session, campaign, now=now)
    return article_id
