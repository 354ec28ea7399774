"""Notices are read together: a page of them asks no more often than one does."""

import pytest
from sqlalchemy import event, select

from core import notices
from core.accounts import open_one
from core.articles.ledger import Article
from core.db import Reading, Writing
from core.notices import Headline
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Event, Owed, owe
from tests.core.given import NOW, TODAY


@pytest.fixture
def told(database):
    """Tell of articles, and return the ids of the events."""

    def told(*titles, times=1):
        with Writing() as session:
            account = open_one(session, now=NOW)
            for title in titles:
                article = Article(fingerprint=title, title=title, body="正文", published_at=NOW)
                session.add(article)
                session.flush()
                for number in range(times):
                    text = Owed(
                        kind=EventKind.CAMPAIGN,
                        key=f"{title}:{number}",
                        audience=Audience.ACCOUNT,
                        audience_id=account,
                        event_date=TODAY,
                        facts={"article_id": article.id},
                    )
                    owe(session, text, now=NOW)
            return session.scalars(select(Event.id).order_by(Event.id)).all()

    return told


@pytest.fixture
def statements(database):
    """Read notices, and say what came of it and how many statements it took."""

    def statements(ids):
        counted = []
        with Reading() as session:
            engine = session.get_bind().engine
            note = lambda *_: counted.append(1)  # noqa: E731 - to be taken away again
            event.listen(engine, "before_cursor_execute", note)
            try:
                found = notices.read_all(session, ids, today=TODAY)
            finally:
                event.remove(engine, "before_cursor_execute", note)
        return found, len(counted)

    return statements


def test_a_page_of_notices_asks_no_more_often_than_one(told, statements):
    ids = told("甲", "乙", "丙", times=4)

    one, asked_once = statements(ids[:1])
    all_, asked = statements(ids)

    assert asked == asked_once == 2
    assert [each.title for each in all_.values()] == ["甲"] * 4 + ["乙"] * 4 + ["丙"] * 4
    assert isinstance(one[ids[0]], Headline)
