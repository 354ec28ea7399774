"""A black-list record owes its alert when it is published, while it is news."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core import campaigns, watch
from core.db import Reading, Writing
from core.outbox.events import Event
from core.records import Record, RecordKind, Visibility
from tests.core.given import NOW, TODAY, account, expanded, record, subject, told

MONTH = timedelta(days=30)
DAY = timedelta(days=1)
# Half past midnight and half past eleven at night in Kunming, on the same day.
EARLY = datetime(2026, 5, 19, 16, 30, tzinfo=UTC)
LATE = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)


def alerts(*records, now=NOW):
    with Writing() as session:
        watch.alert(session, [one.id for one in records], now=now, max_age=MONTH)
    with Reading() as session:
        return session.scalars(select(Event)).all()


@pytest.mark.parametrize("now", [EARLY, NOW, LATE])
@pytest.mark.parametrize(
    ("others", "is_told"),
    [
        ({"event_date": TODAY}, True),
        ({"event_date": TODAY - MONTH}, True),
        ({"event_date": TODAY - MONTH - DAY}, False),
        ({"event_date": TODAY + DAY}, False),
        ({"ends_on": TODAY}, True),
        ({"ends_on": TODAY - DAY}, False),
        ({"ends_on": None}, True),
        ({"kind": RecordKind.LICENCE}, False),
        ({"kind": RecordKind.RED_LIST}, False),
        ({"kind": RecordKind.HONOUR}, False),
        ({"visibility": Visibility.SUBJECT}, False),
        ({"visibility": Visibility.AUTHORISED}, False),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_what_is_news_is_told(database, others, is_told, now):
    one = record(subject().id, **others)

    assert bool(alerts(one, now=now)) is is_told


def test_an_alert_names_its_record_and_goes_to_its_followers(database):
    one = record(subject().id)

    (event,) = alerts(one)

    assert (event.audience, event.audience_id) == ("subject_followers", one.subject_id)
    assert (event.facts, event.event_date) == ({"record_id": one.id}, TODAY)


def test_a_record_is_told_once_and_a_new_version_again(database):
    one = record(subject().id)
    alerts(one)
    assert len(alerts(one)) == 1

    with Writing() as session:
        session.get_one(Record, one.id).version = 2

    assert len(alerts(one)) == 2


def test_nothing_published_tells_nothing(database):
    assert alerts() == []


def test_a_campaign_is_told_once_to_its_subscribers(database):
    subscriber, _other = account(), account()
    with Writing() as session:
        campaigns.subscribe(session, subscriber, now=NOW)
        assert campaigns.publish(session, "诚信为本", "正文", now=NOW)
    with Writing() as session:
        assert not campaigns.publish(session, "诚信为本", "正文", now=NOW + DAY)
        assert campaigns.publish(session, "诚信为本", "正文，新的", now=NOW)

    expanded()

    assert told() == [subscriber] * 2
