"""People who are signed in and were told things: whose inboxes the bench of the API opens."""

from datetime import UTC, datetime

from core import accounts, sessions
from core.articles.ledger import Article
from core.calendar import day
from core.db import Writing
from core.lives import Lives
from core.outbox import events
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.sign_ins import Device, Platform

MESSAGES = 20


def tokens(count):
    """Open so many accounts, each with a page of messages; return their access tokens."""
    now = datetime.now(UTC)
    with Writing() as session:
        article = Article(fingerprint="bench", title="诚信宣传", body="正文", published_at=now)
        session.add(article)
        session.flush()
        given = [_signed_in(session, article.id, now) for _ in range(count)]
    more = True
    while more:
        with Writing() as session:
            more = events.expand(session, now=now)
    return given


def _signed_in(session, article_id, now):
    account_id = accounts.open_one(session, now=now)
    for number in range(MESSAGES):
        text = Owed(
            kind=EventKind.CAMPAIGN,
            key=f"bench:{account_id}:{number}",
            audience=Audience.ACCOUNT,
            audience_id=account_id,
            event_date=day(now),
            facts={"article_id": article_id},
        )
        owe(session, text, now=now)
    phone = Device("bench-phone", Platform.ANDROID, "HUAWEI Mate 70")
    return sessions.begin(session, account_id, phone, lives=Lives(), now=now).access
