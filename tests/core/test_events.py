"""An event is owed once, and its audience is whoever followed then and follows still."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import campaigns, watch
from core.db import Reading, Writing
from core.outbox import events
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from tests.core.given import (
    NOW,
    SECOND,
    account,
    at_once,
    delivery,
    expanded,
    followers,
    owed,
    row,
    subject,
    told,
)


def test_an_event_is_owed_once_for_its_key(database):
    owed("the same", subject_id=1)
    owed("the same", subject_id=1)
    owed("another", subject_id=1)

    with Reading() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 2


def test_owing_nothing_writes_nothing(database):
    with Writing() as session:
        events.owe(session, now=NOW)

    with Reading() as session:
        assert events.oldest_waiting(session, urgent=True) is None


def test_many_followers_are_told_in_chunks(database):
    entity = subject()
    ids = followers(entity.id, 10)
    owed(subject_id=entity.id)

    assert expanded(chunk=3) == 4

    assert told() == ids


def test_followers_that_fill_their_chunks_are_all_told(database):
    entity = subject()
    ids = followers(entity.id, 6)
    owed(subject_id=entity.id)

    assert expanded(chunk=3) == 3

    assert told() == ids


def test_a_delivery_begins_as_due_and_untried(database):
    one = row(delivery())

    assert (one.state, one.tries, one.fence, one.unsure) == ("due", 0, 0, False)
    assert (one.due_at, one.urgent, one.first_try_at) == (NOW, True, None)


def test_who_followed_later_or_has_left_is_not_told(database):
    entity = subject()
    stayed, left, later = [*followers(entity.id, 2), account()]
    owed(subject_id=entity.id)
    with Writing() as session:
        watch.unfollow(session, left, entity.id, now=NOW + SECOND)
        watch.follow(session, later, entity.id, now=NOW + SECOND)

    expanded(now=NOW + 2 * SECOND)

    assert told() == [stayed]


def test_who_left_before_it_happened_is_not_told(database):
    entity = subject()
    (left,) = followers(entity.id, 1)
    with Writing() as session:
        watch.unfollow(session, left, entity.id, now=NOW)
    owed(subject_id=entity.id)

    expanded()

    assert told() == []


def test_a_follow_begun_anew_counts_once(database):
    entity = subject()
    ids = followers(entity.id, 2)
    for hour in (3, 2):
        with Writing() as session:
            watch.unfollow(session, ids[0], entity.id, now=NOW - timedelta(hours=hour))
            watch.follow(session, ids[0], entity.id, now=NOW - timedelta(hours=hour))
    owed(subject_id=entity.id)

    expanded(chunk=1)

    assert told() == ids


def test_followers_of_another_entity_and_of_campaigns_are_not_told(database):
    one, other = subject(), subject()
    followers(other.id, 1)
    with Writing() as session:
        campaigns.subscribe(session, account(), now=NOW)
    (mine,) = followers(one.id, 1)
    owed(subject_id=one.id)

    expanded()

    assert told() == [mine]


def test_dispatchers_at_once_give_each_delivery_once(database):
    entity = subject()
    ids = followers(entity.id, 30)
    owed("one", subject_id=entity.id)
    owed("two", subject_id=entity.id)

    at_once(3, lambda: expanded(chunk=4))

    assert told() == sorted(ids * 2)


@pytest.mark.parametrize("only_urgent", [True, False])
def test_a_campaign_waits_behind_an_alert(database, only_urgent):
    entity = subject()
    (follower,) = followers(entity.id, 1)
    with Writing() as session:
        campaigns.subscribe(session, follower, now=NOW - SECOND)
        campaigns.publish(session, "诚信", "正文", now=NOW)
    owed(subject_id=entity.id)

    with Writing() as session:
        events.expand(session, now=NOW, only_urgent=only_urgent)

    assert told() == [follower]
    with Reading() as session:
        assert events.oldest_waiting(session, urgent=True) is None
        assert events.oldest_waiting(session, urgent=False) == NOW


def test_what_is_owed_later_does_not_wait_until_very_many_have_their_rows(database):
    many, one = subject(), subject()
    followers(many.id, 9)
    (follower,) = followers(one.id, 1)
    owed("of very many", subject_id=many.id)
    with Writing() as session:
        events.expand(session, now=NOW, chunk=2)
    owed("later", subject_id=one.id)

    with Writing() as session:
        events.expand(session, now=NOW, chunk=2)

    assert follower in told()
    assert len(told()) == 3
    expanded(chunk=2)
    assert len(told()) == 10


def test_the_urgent_workers_leave_a_campaign_to_others(database):
    with Writing() as session:
        campaigns.subscribe(session, account(), now=NOW - SECOND)
        campaigns.publish(session, "诚信", "正文", now=NOW)

    assert expanded(only_urgent=True) == 0
    assert expanded() == 1

    with Reading() as session:
        assert session.scalars(select(Event.kind)).all() == [EventKind.CAMPAIGN]
    assert len(told()) == 1


def test_a_dispatcher_that_dies_gives_its_chunk_back(database):
    entity = subject()
    ids = followers(entity.id, 4)
    owed(subject_id=entity.id)

    def die():
        with Writing() as session:
            events.expand(session, now=NOW, chunk=2)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        die()

    assert told() == []
    expanded(chunk=2)
    assert told() == ids
