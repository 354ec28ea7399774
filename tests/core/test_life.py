"""Why a notice came, why not, and where it is: each answer is what the rows say."""

from datetime import timedelta

import pytest

from core import watch
from core.db import Reading, Writing
from core.outbox import life, settle
from core.outbox.deliveries import DeliveryState, EventKind, Way
from core.outbox.events import Audience, Owed, owe
from core.outbox.life import EventNotFoundError, WhyNot
from core.outbox.settle import Outcome, Verdict
from messages.wording import life_zh
from tests.core.given import (
    NOW,
    PACE,
    SECOND,
    TODAY,
    account,
    begun,
    delivery,
    expanded,
    owed,
    record,
    subject,
)


def of_one(event_id, account_id):
    with Reading() as session:
        return life.of_one(session, event_id, account_id)


def follow(account_id, subject_id, *, since, until=None):
    with Writing() as session:
        watch.follow(session, account_id, subject_id, now=since)
    if until:
        with Writing() as session:
            watch.unfollow(session, account_id, subject_id, now=until)


@pytest.fixture
def alert(database):
    """An alert to the followers of an entity; `alert()` returns its event once expanded."""
    entity = subject()
    one = record(entity.id)

    def alert():
        with Writing() as session:
            watch.alert(session, [one.id], now=NOW, max_age=timedelta(days=9999))
        expanded(now=NOW)
        return entity.id

    alert.entity = entity.id
    return alert


def test_who_was_told_sees_when_how_and_wechats_receipt(database):
    event_id, account_id = delivery()
    (held,) = begun()
    with Writing() as session:
        accepted = Outcome(Verdict.ACCEPTED, msgid="m1")
        settle.settle(session, [(held, accepted)], now=NOW, pace=PACE)
        settle.receipt(session, "m1", "success", now=NOW + SECOND)

    told = of_one(event_id, account_id)

    assert (told.delivery.state, told.delivery.way) == (DeliveryState.DELIVERED, Way.WECHAT)
    assert (told.receipt.status, told.why_not) == ("success", None)
    with Reading() as session:
        assert life.by_msgid(session, "m1") == (event_id, account_id)
        assert life.by_msgid(session, "m2") is None
        (count,) = life.of_event(session, event_id).counts
    assert (count.state, count.number) == (DeliveryState.DELIVERED, 1)


@pytest.mark.parametrize(
    ("since", "until", "why"),
    [
        (NOW + SECOND, None, WhyNot.FOLLOWED_LATER),
        (NOW - 2 * SECOND, NOW - SECOND, WhyNot.HAD_LEFT),
    ],
)
def test_who_followed_at_another_time_was_not_told(alert, since, until, why):
    one = account()
    follow(one, alert.entity, since=since, until=until)
    alert()

    assert of_one(1, one).why_not is why


def test_who_never_followed_and_who_is_not_reached_yet_are_told_apart(alert):
    stranger, follower = account(), account()
    follow(follower, alert.entity, since=NOW - SECOND)
    with Writing() as session:
        watch.alert(session, [1], now=NOW, max_age=timedelta(days=9999))

    assert of_one(1, stranger).why_not is WhyNot.NEVER_FOLLOWED
    assert of_one(1, follower).why_not is WhyNot.NOT_YET


def test_who_left_before_it_was_expanded_was_passed_over(alert):
    one = account()
    follow(one, alert.entity, since=NOW - SECOND)
    with Writing() as session:
        watch.alert(session, [1], now=NOW, max_age=timedelta(days=9999))
        watch.unfollow(session, one, alert.entity, now=NOW + SECOND)
    expanded(now=NOW + 2 * SECOND)

    assert of_one(1, one).why_not is WhyNot.LEFT_BEFORE_SENDING


def test_a_notice_for_one_account_is_for_no_other(database):
    one, other = account(), account()
    owed("event", account_id=one)

    assert of_one(1, one).why_not is WhyNot.NOT_YET
    assert of_one(1, other).why_not is WhyNot.FOR_ANOTHER


def test_a_correction_goes_only_to_who_was_told(database):
    event_id, told = delivery()
    begun()
    with Writing() as session:
        recall = Owed(EventKind.RECALLED, "r", Audience.TOLD, TODAY, audience_id=event_id)
        owe(session, recall, now=NOW)

    assert of_one(event_id + 1, told).why_not is WhyNot.NOT_YET
    assert of_one(event_id + 1, account()).why_not is WhyNot.NEVER_TOLD


def test_the_newest_notices_of_an_account_come_first(database):
    event_id, one = delivery()
    owed("another", account_id=one)
    expanded()

    with Reading() as session:
        found = [told.event.id for told in life.of_account(session, one)]
        first = life.of_account(session, one, limit=1)

    assert found == [event_id + 1, event_id]
    assert [told.event.id for told in first] == found[:1]


def test_there_is_nothing_to_say_of_no_event(database):
    with Reading() as session, pytest.raises(EventNotFoundError):
        life.of_event(session, 7)
    with pytest.raises(EventNotFoundError):
        of_one(7, 1)


def test_everything_has_words():
    assert life_zh.KINDS.keys() == set(EventKind)
    assert life_zh.AUDIENCES.keys() == set(Audience)
    assert life_zh.STATES.keys() == set(DeliveryState)
    assert life_zh.WAYS.keys() == set(Way)
    assert life_zh.WHY_NOT.keys() == set(WhyNot)
