"""Sending to many over the sandbox: each gets one, by WeChat's own way, and counts agree."""

from datetime import timedelta

import pytest

from core.campaigning import editing, progress, steering
from core.campaigning.errors import CampaignStateError
from core.campaigning.ledger import CampaignState, PreviewState
from core.db import Reading, Writing
from messages import mass
from tests.core.given_campaigns import (
    DAY,
    article,
    cover,
    named,
    one_who_looks,
    read,
    ready,
    subscribers,
    written,
)
from tests.messages.given_mass import (
    DELIVERED,
    MINUTE,
    ONCE,
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


def test_everybody_gets_it_once_by_lists_and_the_counts_agree(
    many, begin, referee, until_true, people
):
    number = begin()
    many.work(6)
    ends(many, until_true, number)

    assert got(referee) == ONCE
    assert states(number) == DELIVERED
    assert [one.size for one in sends(number)] == [4, 4, 2]
    assert sum(one.sent for one in sends(number)) == 10
    assert read(number).state is CampaignState.FINISHED
    bodies = [call["body"] for call in referee.calls("message/mass/send")]
    assert {body["clientmsgid"] for body in bodies} == {f"km{number}-{n}" for n in (1, 2, 3)}
    with Reading() as session:
        sheet = progress.sheet(session, number)
    assert (sheet.written, sheet.settled) == (10, 10)


def test_to_all_is_one_call(many, referee, until_true):
    subscribers(5, now=many.now - DAY)
    referee.follow(*(f"oSub{n}" for n in range(5)))
    number = ready(now=many.now)
    many.work(6)
    ends(many, until_true, number)

    (call,) = referee.calls("message/mass/sendall")
    assert call["body"]["filter"] == {"is_to_all": True}
    assert got(referee) == {f"oSub{n}": 1 for n in range(5)}
    assert states(number) == {("delivered", None): 5}


def test_the_draft_has_the_pictures_the_cover_and_the_way_out(many, begin, referee, wechat):
    name = cover(now=many.now)
    body = f"## 小标题\n\n![图](/wechat/pictures/{name})\n\n<script>x</script>"
    number = begin(article_id=article(body=body, now=many.now))
    many.work(6)

    (draft,) = wechat.post("draft/get", data={"media_id": read(number).draft})["news_item"]
    assert '<img src="http://mmbiz.qpic.cn/' in draft["content"]
    assert "退订" in draft["content"]
    assert "<script>" not in draft["content"]
    assert draft["content_source_url"].startswith("https://credit.example.cn/wechat/articles/")
    assert len(referee.calls("draft/add")) == 1  # whatever many messages it takes


def test_a_campaign_that_pauses_begins_nothing_more(many, begin, referee):
    number = begin(rate=600)
    mass.run(many.mailing, many.now + timedelta(seconds=1))  # one list, and the rate holds back
    with Writing() as session:
        steering.pause(session, None, number, now=many.now)
    many.later(DAY)
    assert len(got(referee)) == 4
    with Writing() as session:
        steering.resume(session, None, number, now=many.now)
    many.work(6)
    assert got(referee) == ONCE


def remove(many, number):
    with Writing() as session:
        steering.remove(session, None, number, now=many.now)


def test_what_was_sent_is_removed_once_it_was_wrong(many, begin, referee, until_true):
    number = begin()
    many.work(6)
    with pytest.raises(CampaignStateError):
        remove(many, number)  # it runs: stop it first
    ends(many, until_true, number)
    remove(many, number)
    path = "/cgi-bin/message/mass/delete"
    referee.order("faults", path=path, kind="timeout", seconds=0.01, count=1)
    referee.order("faults", path=path, kind="errcode", errcode=40059, count=1)
    many.work(3)
    many.later(MINUTE)

    held = referee.read("messages")["messages"]
    assert {one["openid"] for one in held if one.get("deleted")} >= {f"oSub{n}" for n in range(4)}
    assert sorted((one.removal, one.removal_reason) for one in sends(number)) == [
        ("done", None),
        ("done", None),
        ("refused", "40059"),
    ]
    remove(many, number)  # what was refused is asked for again
    many.work(3)
    held = referee.read("messages")["messages"]
    assert sum(bool(one.get("deleted")) for one in held) == 10
    with pytest.raises(CampaignStateError):
        remove(many, number)


def test_the_day_s_deletions_may_be_used_up(many, begin, referee, until_true):
    number = begin()
    many.work(6)
    ends(many, until_true, number)
    path = "/cgi-bin/message/mass/delete"
    referee.order("quota", path=path, daily=1)
    remove(many, number)
    many.work(6)
    many.later_today()
    assert len(referee.calls("message/mass/delete")) == 2
    states = sorted(str(one.removal) for one in sends(number))
    assert states == ["asked", "asked", "done"]

    referee.order("quota", path=path, daily=10)
    many.until(many.mailing.pace.quota_turns(many.now))
    assert {one.removal for one in sends(number)} == {"done"}


def test_a_preview_is_shown_to_the_testers_alone(many, people, referee):
    number = written(now=many.now)
    tester = one_who_looks()
    other = named("oSub7", "李四")
    referee.order("event", openid="oSub7", event="unsubscribe")
    with Writing() as session:
        editing.preview(session, None, (number, 1), testers=[tester, other], now=many.now)
    many.work()

    assert read(number).state is CampaignState.PREVIEWED
    with Reading() as session:
        held = [one.state for one, _ in progress.sheet(session, number).previews]
    assert held == [PreviewState.SHOWN, PreviewState.REFUSED]
    seen = [one for one in referee.read("messages")["messages"] if one.get("preview")]
    assert [one["openid"] for one in seen] == ["oSub0"]
