"""A follow is an interval; one account holds one at a time, and not too many."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import campaigns, follows, watch
from core.db import Reading, Writing
from core.errors import NotFollowedError, TooManyFollowsError
from core.follows import Follow, Topic
from tests.core.given import NOW, SECOND, account, at_once, subject


def follow(one, entity_id, *, now=NOW):
    with Writing() as session:
        return watch.follow(session, one, entity_id, now=now)


def unfollow(one, entity_id, *, now=NOW):
    with Writing() as session:
        watch.unfollow(session, one, entity_id, now=now)


def followed_at(entity_id, then):
    held = follows.at_the_time(Topic.SUBJECT, entity_id, then)
    with Reading() as session:
        return session.scalars(select(Follow.account_id).where(held)).all()


def fill(one, number):
    with Writing() as session:
        rows = [
            Follow(account_id=one, topic=Topic.SUBJECT, subject_id=n, since=NOW)
            for n in range(100_000, 100_000 + number)
        ]
        session.add_all(rows)


def test_following_twice_is_not_new(database):
    one, entity = account(), subject()

    assert follow(one, entity.id)
    assert not follow(one, entity.id)


def test_following_at_once_gives_one_follow(database):
    one, entity = account(), subject()

    assert sorted(at_once(5, lambda: follow(one, entity.id))) == [False] * 4 + [True]


def test_one_cannot_end_what_has_not_begun(database):
    one, entity = account(), subject()

    with pytest.raises(NotFollowedError):
        unfollow(one, entity.id)

    follow(one, entity.id)
    unfollow(one, entity.id)
    with pytest.raises(NotFollowedError):
        unfollow(one, entity.id)


def test_who_followed_then_stays_known(database):
    one, entity, hour = account(), subject(), timedelta(hours=1)
    follow(one, entity.id, now=NOW)
    unfollow(one, entity.id, now=NOW + hour)
    follow(one, entity.id, now=NOW + 2 * hour)

    assert followed_at(entity.id, NOW - SECOND) == []
    assert followed_at(entity.id, NOW) == [one]
    assert followed_at(entity.id, NOW + hour) == []
    assert followed_at(entity.id, NOW + 2 * hour) == [one]


def test_the_newest_followed_stands_first(database):
    one, first, second = account(), subject("甲公司"), subject("乙公司")
    for entity in (first, second):
        follow(one, entity.id)
    gone = subject("丙公司")
    follow(one, gone.id)
    unfollow(one, gone.id)

    with Reading() as session:
        names = [entity.name for entity in follows.subjects_of(session, one)]
    assert names == ["乙公司", "甲公司"]


def test_an_account_follows_so_many_and_no_more(database):
    one = account()
    fill(one, follows.MOST - 1)
    last, more = subject(), subject()
    assert follow(one, last.id)

    with pytest.raises(TooManyFollowsError):
        follow(one, more.id)

    assert not follow(one, last.id)
    with Reading() as session:
        count = select(func.count()).select_from(Follow).where(Follow.account_id == one)
        assert session.scalar(count) == follows.MOST


def test_the_limit_is_of_entities_not_of_campaigns(database):
    one = account()
    fill(one, follows.MOST)

    with Writing() as session:
        assert campaigns.subscribe(session, one, now=NOW)
        campaigns.unsubscribe(session, one, now=NOW)
        assert campaigns.subscribe(session, one, now=NOW)
