"""A campaign to one tag: WeChat's tag where all who bear it want it, lists where not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core import campaigns, interests
from core.campaigning import running, steering
from core.campaigning.ledger import CampaignState, MassWay, SendState, Whom
from core.db import Writing
from core.interests import Interests, Setting
from core.preferences import choices
from core.preferences.choices import Preferences
from messages import mass, tagging
from tests.core.campaigning.given import plan
from tests.core.given import account
from tests.core.given_campaigns import DAY, read, ready, rows, subscribers
from tests.messages.given_mass import (
    MINUTE,
    TAGS,
    begin,
    ends,
    got,
    many,
    people,
    sends,
    states,
    until_true,
)

__all__ = ["begin", "many", "people", "until_true"]  # fixtures

OFFICES = Whom(settings=(Setting.OFFICES,))
ALL, SEND = "message/mass/sendall", "message/mass/send"
SIX = {f"oSub{n}": 1 for n in range(6)}


def say(ids, *settings, places=()):
    with Writing() as session:
        for one in ids:
            interests.change(session, one, Interests(settings, places))


@pytest.fixture
def offices(many, referee, wechat):
    """Six of offices who bear the tag, and others who follow: one of schools, one of nothing."""
    ids = subscribers(6, now=many.now - DAY)
    say(ids, Setting.OFFICES)
    say(subscribers(1, openid="oSchool", now=many.now - DAY), Setting.SCHOOLS)
    account("oOnlyFollows", now=many.now - DAY)
    referee.follow("oOnlyFollows", "oSchool", *(f"oSub{n}" for n in range(6)))
    tagging.keep(wechat, TAGS)
    return ids


def filled(many, **change):
    """A campaign whose rows are written and whose message has not gone."""
    number = ready(now=many.now, whom=OFFICES, **change)
    many.now += timedelta(seconds=1)
    with Writing() as session:
        while running.step(session, number, now=many.now, chunk=4):
            many.now += timedelta(seconds=1)
    return number


def tag_ids(wechat):
    return {one["name"]: one["id"] for one in wechat.tag.get()}


def ways(number):
    return [(one.way, one.state) for one in sends(number)]


def test_a_campaign_to_one_tag_is_one_call_to_it(many, offices, referee, wechat, until_true):
    number = ready(now=many.now, whom=OFFICES)
    told = plan(number, now=many.now)
    assert (told.way, told.calls, told.reach.by_mass) == (MassWay.TAG, 1, 6)

    many.work(6)
    ends(many, until_true, number)

    (call,) = referee.calls(ALL)
    assert call["body"]["filter"] == {"is_to_all": False, "tag_id": tag_ids(wechat)["六进·机关"]}
    assert call["body"]["clientmsgid"] == f"km{number}-1"
    assert (got(referee), referee.calls(SEND)) == (SIX, [])
    assert states(number) == {("delivered", None): 6}
    assert read(number).state is CampaignState.FINISHED


def test_a_district_has_its_tag_too(many, offices, referee, wechat, until_true):
    say(offices, places=["530102"])
    tagging.keep(wechat, TAGS)
    number = ready(now=many.now, whom=Whom(places=("530102",)))
    many.work(6)
    ends(many, until_true, number)

    assert (len(referee.calls(ALL)), got(referee)) == (1, SIX)


def test_whatever_narrows_it_goes_by_lists(many, offices):
    for whom in (
        Whom(settings=(Setting.OFFICES, Setting.SCHOOLS)),
        Whom(settings=(Setting.OFFICES,), places=("530102",)),
        Whom(settings=(Setting.OFFICES,), language="zh"),
        Whom(settings=(Setting.OFFICES,), lists=("WAGE_ARREARS",)),
        Whom(settings=(Setting.FAMILIES,)),
    ):
        assert plan(ready(now=many.now, whom=whom), now=many.now).way is MassWay.LISTS


def test_who_opts_out_bears_the_tag_no_more_before_it_goes(many, offices, referee, until_true):
    number = filled(many)
    with Writing() as session:
        campaigns.unsubscribe(session, offices[2], now=many.now)
    many.work(6)
    ends(many, until_true, number)

    assert got(referee) == {name: 1 for name in SIX if name != "oSub2"}
    assert len(referee.calls(ALL)) == 1
    assert states(number)["delivered", None] == 5
    assert rows(number)[offices[2]][:2] == ("due", None)  # as any notice: nothing may bring it


def test_who_bears_no_tag_yet_gets_it_by_a_list_and_nobody_twice(
    many, offices, referee, until_true
):
    late = subscribers(3, openid="oLate{}", now=many.now - DAY)
    say(late, Setting.OFFICES)
    referee.follow("oLate0", "oLate1", "oLate2")
    number = ready(now=many.now, whom=OFFICES)
    told = plan(number, now=many.now)
    many.work(8)
    ends(many, until_true, number)

    assert (told.way, told.calls) == (MassWay.TAG, 2)
    assert got(referee) == SIX | {f"oLate{n}": 1 for n in range(3)}
    assert [one.way for one in sends(number)] == [MassWay.TAG, MassWay.LISTS]
    assert states(number) == {("delivered", None): 9}


def test_whom_somebody_tagged_by_hand_gets_nothing(many, offices, referee, wechat, until_true):
    wechat.tag.tag_user(tag_ids(wechat)["六进·机关"], ["oOnlyFollows"])
    number = ready(now=many.now, whom=OFFICES)
    many.work(8)
    ends(many, until_true, number)

    assert (referee.calls(ALL), got(referee)) == ([], SIX)
    assert ways(number)[0] == (MassWay.TAG, SendState.CANCELLED)
    assert [one.size for one in sends(number)[1:]] == [4, 2]
    assert states(number) == {("delivered", None): 6}
    assert read(number).state is CampaignState.FINISHED


def test_who_is_tagged_between_their_rows_and_the_call_gets_it_once(
    many, offices, referee, wechat, until_true
):
    number = filled(many)
    late = subscribers(1, openid="oLate", now=many.now)
    say(late, Setting.OFFICES)
    referee.follow("oLate")
    tagging.keep(wechat, TAGS)
    many.work(8)
    ends(many, until_true, number)

    # Who subscribed after it began is not of its audience.
    assert (referee.calls(ALL), got(referee)) == ([], SIX)
    assert states(number) == {("delivered", None): 6}


def test_without_the_tag_at_wechat_it_goes_by_lists(many, offices, referee, wechat, until_true):
    number = filled(many)
    referee.order("faults", path=f"/cgi-bin/{ALL}", kind="errcode", errcode=45159, count=1)
    many.work(8)
    ends(many, until_true, number)

    assert got(referee) == SIX
    assert states(number) == {("delivered", None): 6}


def test_an_answer_that_is_lost_is_cleared_up_and_who_refuses_meanwhile_is_not_reached(
    many, offices, referee, sandbox, until_true
):
    number = filled(many)
    referee.order("faults", path=f"/cgi-bin/{ALL}", kind="timeout", seconds=0.01, count=1)
    many.work()
    assert got(referee) == SIX  # it was there, and nobody has told us
    with Writing() as session:
        campaigns.unsubscribe(session, offices[0], now=many.now)
    for job in sandbox.world.mass.jobs.values():
        job.asked_at -= MINUTE.total_seconds()
    many.later(MINUTE)
    ends(many, until_true, number)

    assert got(referee) == SIX
    assert states(number) == {("delivered", None): 6}


def test_a_message_that_never_arrived_goes_again_without_who_refused(
    many, offices, referee, until_true
):
    number = filled(many)
    referee.order("faults", path=f"/cgi-bin/{ALL}", kind="busy", count=1)
    many.work()
    assert got(referee) == {}
    with Writing() as session:
        campaigns.unsubscribe(session, offices[0], now=many.now)
    many.later(MINUTE)
    ends(many, until_true, number)

    assert got(referee) == {name: 1 for name in SIX if name != "oSub0"}


def test_the_fifth_of_a_month_goes_by_lists(many, offices, referee, until_true):
    for _ in range(4):
        number = ready(now=many.now, whom=OFFICES)
        many.work(6)
        ends(many, until_true, number)
    say(subscribers(2, openid="oNew{}", now=many.now - DAY), Setting.OFFICES)
    told = plan(ready(now=many.now, whom=OFFICES), now=many.now)

    assert (told.way, told.reach.inbox_only, told.reach.by_mass) == (MassWay.LISTS, 6, 2)


def test_a_campaign_that_is_stopped_while_lists_take_its_place_tells_nobody(
    many, offices, referee, wechat
):
    number = filled(many)
    wechat.tag.tag_user(tag_ids(wechat)["六进·机关"], ["oOnlyFollows"])
    with ThreadPoolExecutor(1) as ahead:
        assert mass._send(many.mailing, ahead)
    with Writing() as session:
        steering.stop(session, None, number, now=many.now)
    many.work(6)

    assert got(referee) == {}
    assert states(number) == {("suppressed", "stopped"): 6}


def test_who_asks_for_a_digest_bears_no_tag_and_is_told_as_of_any_notice(many, offices, referee):
    with Writing() as session:
        choices.change(session, offices[5], Preferences(digest=True), now=many.now)
    number = ready(now=many.now, whom=OFFICES)
    many.work(8)

    assert got(referee) == {name: 1 for name in SIX if name != "oSub5"}
    assert len(referee.calls(ALL)) == 1
    assert rows(number)[offices[5]] == ("due", None, None)
