"""A crowd to send to: accounts by the hundred thousand, and a campaign that is owed to all."""

import time
import uuid
from datetime import UTC, datetime

import requests
import sqlalchemy as sa
from rq import Queue
from rq.serializers import JSONSerializer

from core import db
from core.articles.ledger import Article
from core.calendar import day
from core.outbox import events
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Event, Owed
from tests.bench import per_recipient

_EMPTY = (
    "truncate deliveries, events, follows, addresses, accounts, articles restart identity cascade"
)
_ACCOUNTS = "insert into accounts(id, created_at) select n, now() from generate_series(1, :n) n"
_ADDRESSES = """insert into addresses(account_id, channel, value, active, changed_at)
    select n, 'wechat', 'oBench' || lpad(n::text, 22, '0'), true, now()
    from generate_series(1, :n) n"""
_FOLLOWS = """insert into follows(account_id, topic, subject_id, since)
    select n, 'campaigns', 0, now() - interval '1 day' from generate_series(1, :n) n"""


def gather(url, recipients, *, others=0):
    """Have so many subscribers, and others who only follow in WeChat."""
    engine = db.connect(url)
    with engine.begin() as connection:
        connection.execute(sa.text(_EMPTY))
        for statement in (_ACCOUNTS, _ADDRESSES):
            connection.execute(sa.text(statement), {"n": recipients + others})
        connection.execute(sa.text(_FOLLOWS), {"n": recipients})
    engine.dispose()


def owe(url, recipients, *, others=0):
    """Owe a campaign to so many new accounts; return the keys of their deliveries."""
    gather(url, recipients, others=others)
    engine = db.connect(url)
    db.bind(engine)
    now = datetime.now(UTC)
    with db.Writing() as session:
        article = Article(fingerprint=uuid.uuid4().hex, title="诚信", body="正文", published_at=now)
        session.add(article)
        session.flush()
        facts = {"article_id": article.id}
        campaign = Owed(
            EventKind.CAMPAIGN, "bench", Audience.CAMPAIGN_SUBSCRIBERS, day(now), facts=facts
        )
        events.owe(session, campaign, now=now)
    more = True
    while more:
        with db.Writing() as session:
            more = events.expand(session, now=now, chunk=20_000)
    with engine.begin() as connection:
        connection.execute(sa.text("analyze deliveries"))
        event_id = connection.scalar(sa.select(Event.id))
    engine.dispose()
    return [(event_id, number) for number in range(1, recipients + 1)]


def enqueue(store, keys):
    """Put a job for each recipient into the queue."""
    queue = Queue("bench", connection=store, serializer=JSONSerializer)
    for key in keys:
        queue.enqueue_call(per_recipient.send, args=key)


def waited(url):
    """Return the address once somebody answers there."""
    until = time.monotonic() + 20
    while True:
        try:
            requests.get(f"{url}/counts", timeout=1)
        except requests.ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return url
