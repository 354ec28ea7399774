"""What people say between their row and the call: whoever said no, or not now, is left out."""

from datetime import time, timedelta

import pytest

from core import accounts, campaigns
from core.accounts import Channel
from core.articles import writing
from core.campaigning import running
from core.campaigning.ledger import Campaign, MassWay, SendState
from core.db import Writing
from core.preferences import choices
from core.preferences.choices import Preferences
from tests.core.given import account
from tests.core.given_campaigns import DAY, ready, rows, subscribers
from tests.messages.given_mass import begin, ends, got, many, people, sends, states, until_true

__all__ = ["begin", "many", "people", "until_true"]  # fixtures

ALL = "message/mass/sendall"
SIX = {f"oSub{n}": 1 for n in range(6)}


def test_who_begins_to_follow_between_the_rows_and_a_call_to_all_gets_nothing(
    many, referee, until_true
):
    subscribers(6, now=many.now - DAY)
    referee.follow(*SIX)
    number = ready(now=many.now)
    with Writing() as session:
        while running.step(session, number, now=many.now, chunk=10):
            pass
    assert [(one.way, one.state) for one in sends(number)] == [(MassWay.ALL, SendState.DUE)]
    account("oOnlyFollows", now=many.now)
    referee.follow("oOnlyFollows")
    many.work(8)
    ends(many, until_true, number)

    assert (referee.calls(ALL), got(referee)) == ([], SIX)
    assert states(number) == {("delivered", None): 6}


def test_who_opts_out_or_leaves_between_their_row_and_a_list_is_not_sent_it(
    many, begin, people, referee, until_true
):
    number = begin()
    with Writing() as session:
        running.step(session, number, now=many.now, chunk=4)
        campaigns.unsubscribe(session, people[0], now=many.now)
        accounts.reachable(session, Channel.WECHAT, "oSub1", active=False, now=many.now)
    many.work(8)
    ends(many, until_true, number)

    assert got(referee) == {f"oSub{n}": 1 for n in range(2, 10)}
    assert states(number) == {("delivered", None): 8, ("due", None): 2}


def test_an_article_that_is_withdrawn_before_a_list_goes_is_sent_to_nobody_else(
    many, begin, people, referee, until_true
):
    many.limit(1)
    number = begin()
    many.work(6)  # one list went, and the others wait for the next day
    ends(many, until_true, number)
    with Writing() as session:
        held = session.get_one(Campaign, number)
        writing.withdraw(session, None, held.article_id, now=many.now)
    many.limit(100)
    many.until(many.mailing.pace.quota_turns(many.now))

    assert len(got(referee)) == 4
    assert states(number) == {("delivered", None): 4, ("suppressed", "stopped"): 6}
    assert [one.state for one in sends(number)] == [
        SendState.FINISHED,
        *[SendState.CANCELLED] * 2,
    ]


def test_nothing_goes_in_the_quiet_hours_that_came_meanwhile(many, begin, referee):
    quiet = (many.now + timedelta(hours=8)).time()  # Kunming's
    number = begin()
    with Writing() as session:
        running.step(session, number, now=many.now, chunk=10)
        held = session.get_one(Campaign, number)
        held.quiet_from, held.quiet_until = quiet, (many.now + timedelta(hours=9)).time()
    many.work(6)
    assert got(referee) == {}
    many.later(timedelta(hours=2))
    assert len(got(referee)) == 10


@pytest.mark.parametrize(
    "asked",
    [
        Preferences(digest=True),
        Preferences(daily_most=1),
        Preferences(quiet_from=time(0), quiet_until=time(23, 59)),
    ],
)
def test_who_has_asked_when_and_how_often_is_told_as_of_any_notice(
    many, begin, people, referee, asked, until_true
):
    with Writing() as session:
        choices.change(session, people[5], asked, now=many.now)
    number = begin()
    many.work(8)
    ends(many, until_true, number)

    assert got(referee) == {f"oSub{n}": 1 for n in range(10) if n != 5}
    assert rows(number)[people[5]] == ("due", None, None)
