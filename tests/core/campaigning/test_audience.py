"""Audiences: whom a campaign reaches, by which way, and what its plan says of it."""

from datetime import UTC, datetime, time, timedelta

import pytest

from core import accounts, campaigns, follows
from core.accounts import Channel
from core.campaigning import planning
from core.campaigning.ledger import (
    Campaign,
    MassWay,
    SendState,
    Whom,
)
from core.db import Writing
from core.follows import Topic
from core.installations import Locale
from core.interests import Setting
from core.preferences import choices
from core.preferences.choices import Preferences
from core.preferences.kinds import NoticeKind, Outlet
from tests.core.campaigning.given import MASS, finish, plan, ran, said, sends
from tests.core.given import NOW, account
from tests.core.given_campaigns import DAY, ready, rows, subscribers, written


@pytest.fixture
def five(database):
    """Five who say different things of themselves; the last has left, a sixth came too late."""
    a, b, c, d, e = subscribers(5)
    said(a, Setting.BUSINESSES, Setting.FAMILIES, places=("530102",))
    said(b, Setting.BUSINESSES, places=("530103",))
    said(c, Setting.SCHOOLS, places=("530102",), language=Locale.EN)
    with Writing() as session:
        number = follows.number_of_list(session, "WAGE_ARREARS")
        follows.start(session, d, Topic.LIST, subject_id=number, now=NOW)
        campaigns.unsubscribe(session, e, now=NOW)
    late = account()
    with Writing() as session:
        campaigns.subscribe(session, late, now=NOW + DAY)
    return a, b, c, d


def test_an_audience_is_who_has_said_so_and_still_subscribes(five):
    a, b, c, d = five
    reached = {
        Whom(): [a, b, c, d],
        Whom(settings=(Setting.BUSINESSES,)): [a, b],
        Whom(settings=(Setting.BUSINESSES, Setting.SCHOOLS)): [a, b, c],
        Whom(settings=(Setting.BUSINESSES,), places=("530102",)): [a],
        Whom(places=("530102", "高新区")): [a, c],
        Whom(lists=("WAGE_ARREARS", "NONE")): [d],
        Whom(language=Locale.EN): [c],
        Whom(language=Locale.ZH): [a, b, d],
        Whom(settings=(Setting.VILLAGES,)): [],
    }
    for whom, wanted in reached.items():
        one = ready(whom=whom)
        assert plan(one).reach.total == len(wanted), whom
        ran(one)
        assert list(rows(one)) == wanted, whom


def test_to_everybody_who_follows_it_is_one_call_for_all(database):
    people = subscribers(5)
    number = ready()

    told = plan(number)
    ran(number, chunk=2)

    assert (told.way, told.calls, told.reach.by_mass) == (MassWay.ALL, 1, 5)
    (send,) = sends(number)
    assert (send.way, send.state, send.size) == (MassWay.ALL, SendState.DUE, 5)
    assert rows(number) == dict.fromkeys(people, MASS)


def test_whom_somebody_s_wish_leaves_out_lists_leave_out(database):
    people = subscribers(5)
    account("oFollowsButDoesNotSubscribe")
    number = ready()

    ran(number, chunk=2)

    assert plan(number).way is MassWay.LISTS
    # The last is alone: a list of one is no list, and they get it as any notice.
    assert [(one.size, one.key) for one in sends(number)] == [
        (2, f"km{number}-1"),
        (2, f"km{number}-2"),
    ]
    assert rows(number) == dict.fromkeys(people[:4], MASS) | {people[4]: ("due", None, None)}


def test_who_is_not_in_wechat_or_wants_none_of_it_goes_another_way(database):
    a, b, c = subscribers(3)
    d = subscribers(1, openid="oLeft")[0]
    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, "oLeft", active=False, now=NOW)
        no = Preferences(choices={(NoticeKind.CAMPAIGN, Outlet.WECHAT): False})
        choices.change(session, c, no, now=NOW)
    number = ready()

    told = plan(number).reach
    ran(number)

    assert (told.total, told.by_mass, told.elsewhere) == (4, 2, 2)
    assert rows(number) == {a: MASS, b: MASS, c: ("due", None, None), d: ("due", None, None)}


def test_the_fifth_of_a_month_is_in_the_inbox_alone_and_the_plan_says_so(database):
    old = subscribers(2)
    account("oFollowsButDoesNotSubscribe")
    for _ in range(4):
        number = ready()
        ran(number)
        finish(number)
    new = subscribers(2, openid="oNew{}")
    number = ready()

    told = plan(number).reach
    ran(number)

    assert (told.by_mass, told.inbox_only) == (2, 2)
    alone = ("suppressed", None, "month_limit")
    assert rows(number) == dict.fromkeys(old, alone) | dict.fromkeys(new, MASS)
    june = datetime(2026, 5, 31, 16, tzinfo=UTC)  # the first of June in Kunming
    assert plan(number, now=june - timedelta(seconds=1)).reach.inbox_only == 2
    assert plan(number, now=june).reach.by_mass == 4


def test_the_plan_counts_calls_minutes_quiet_hours_and_days(database):
    subscribers(5)
    account("oFollowsButDoesNotSubscribe")
    number = written(rate=600, quiet_from=time(21), quiet_until=time(8))
    told = plan(number)
    assert (told.calls, told.left, told.minutes) == (1, 100, 1)

    night = datetime(2026, 5, 20, 14, tzinfo=UTC)  # ten at night in Kunming
    late = plan(number, now=night)
    assert late.ends - late.begins > timedelta(hours=10)

    one = Campaign(rate=60_000, quiet_from=None, quiet_until=None)
    ends = planning._end(
        one, planning._sizes(MassWay.LISTS, 1_240_000, tagged=0), days=(100, 100), begins=NOW
    )
    assert ends > NOW + timedelta(hours=12)  # the rest waits for tomorrow's calls
    fast = planning._end(
        one, planning._sizes(MassWay.LISTS, 400_000, tagged=0), days=(100, 100), begins=NOW
    )
    assert fast == NOW + timedelta(minutes=400_000 / 60_000)
