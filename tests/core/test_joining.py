"""Joining: of what is owed to two accounts that become one nothing is lost or told twice."""

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import update

from core.db import DatabaseError, Writing
from core.outbox import events, leasing
from core.outbox.deliveries import DeliveryState, EventKind
from core.outbox.events import Event
from tests.core.given import (
    NOW,
    PACE,
    TODAY,
    account,
    at_once,
    begun,
    expanded,
    leased,
    owed,
    row,
    subject,
)
from tests.core.given_links import EARLIER, app_account, follow, merge, of, put


@pytest.fixture
def app(database):
    """Somebody's account in the app: older, so that its number is the lower one."""
    return app_account()


@pytest.fixture
def wechat(app):
    return account("oA")


@pytest.fixture
def both(app, wechat):
    """An event that is owed to both; return its id."""
    one = subject()
    follow(app, one.id)
    follow(wechat, one.id)
    owed(subject_id=one.id)
    expanded()
    return of(app)[0].event_id


def test_an_event_for_both_is_told_once(both, app, wechat):
    merge(wechat, app)

    (kept,) = of(app)
    assert (kept.state, of(wechat)) == (DeliveryState.DUE, [])
    assert [one.key for one in begun()] == [(both, app)]


# What became of the app's delivery and of WeChat's; which of them stays, and as what.
OUTCOMES = {
    "told in wechat": ("due", "accepted", "accepted"),
    "told in the app": ("delivered", "due", "delivered"),
    "nowhere to be reached in the app": ("suppressed", "due", "due"),
    "failed in the app": ("failed", "leased", "leased"),
    "told in both": ("delivered", "accepted", "delivered"),
    "under way in wechat": ("due", "sending", "unknown"),
    "under way in the app": ("sending", "due", "sending"),
    "nobody knows of wechat": ("suppressed", "unknown", "unknown"),
    "failed in wechat": ("due", "failed", "due"),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_of_two_deliveries_the_one_that_was_told_stays(both, app, wechat, name):
    mine, theirs, kept = OUTCOMES[name]
    put(app, both, state=mine)
    put(wechat, both, state=theirs)

    merge(wechat, app)

    assert [one.state for one in of(app)] == [kept]


def test_what_may_have_been_sent_in_wechat_is_never_tried_again(both, app, wechat):
    put(app, both, state="suppressed")
    put(wechat, both, state="due", unsure=True, first_try_at=NOW)

    merge(wechat, app)

    assert (of(app)[0].state, of(app)[0].reason) == (DeliveryState.UNKNOWN, "linked")
    assert leased(now=NOW + timedelta(minutes=1)) == []


def test_a_worker_with_a_letter_for_the_former_account_sends_nothing(both, app, wechat):
    put(app, both, state="suppressed")
    (taken,) = leased()
    assert taken.account_id == wechat

    merge(wechat, app)

    with Writing() as session:
        assert leasing.begin(session, [taken], now=NOW, pace=PACE) == set()
    assert [one.key for one in begun(now=NOW + PACE.lease)] == [(both, app)]


def test_what_was_read_in_one_place_is_read(both, app, wechat):
    put(wechat, both, read_at=EARLIER, shown_at=EARLIER)

    merge(wechat, app)

    assert (row((both, app)).read_at, row((both, app)).shown_at) == (EARLIER, EARLIER)


def test_an_event_that_has_passed_the_app_but_not_wechat_is_told(app, wechat):
    """Expanding goes by number of account: the app's is lower, and passed already."""
    one = subject()
    between = account("oC")
    assert app < wechat < between
    follow(wechat, one.id)
    follow(between, one.id)
    owed(subject_id=one.id)
    with Writing() as session:
        session.execute(update(Event).values(reached=app))

    merge(wechat, app)
    expanded()

    assert [len(of(each)) for each in (app, wechat, between)] == [1, 0, 1]


def test_a_recall_still_under_way_reaches_whom_was_told_in_wechat(both, app, wechat):
    put(app, both, state="suppressed")
    put(wechat, both, state="delivered")
    with Writing() as session:
        told = events.Owed(
            EventKind.RECALLED, "recall", events.Audience.TOLD, TODAY, audience_id=both
        )
        events.owe(session, told, now=NOW)
        session.execute(update(Event).where(Event.key == "recall").values(reached=app))

    merge(wechat, app)
    expanded()

    assert [one.kind for one in of(app)] == [EventKind.BLACKLISTED, EventKind.RECALLED]


def test_what_waits_for_the_former_account_alone_comes_to_the_new_one(app, wechat):
    owed(account_id=wechat, kind=EventKind.REPORT_READY)

    merge(wechat, app)
    expanded()

    assert len(of(app)) == 1


def test_later_events_are_told_once(app, wechat):
    one = subject()
    follow(app, one.id)
    follow(wechat, one.id)
    merge(wechat, app)

    owed("later", subject_id=one.id)
    expanded()

    assert [len(of(each)) for each in (app, wechat)] == [1, 0]


def test_followers_are_expanded_while_accounts_are_linked_and_nobody_is_lost(app, wechat):
    one = subject()
    follow(wechat, one.id)
    owed(subject_id=one.id)

    def expand():
        # Whoever meets the account that is going fails, and the next try finds the one that stays.
        with suppress(DatabaseError), Writing() as session:
            events.expand(session, now=NOW)

    acts = iter([lambda: merge(wechat, app), expand])

    def act():
        next(acts)()

    at_once(2, act)
    expanded()

    assert [len(of(each)) for each in (app, wechat)] == [1, 0]
