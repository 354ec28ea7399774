"""Tags at WeChat follow what people say of themselves."""

from datetime import timedelta

import pytest
import requests

from config import rulebook, wechat_account
from core import accounts, campaigns, db, interests, leaving, wechat_tags
from core.accounts import Channel
from core.interests import Interests, Setting
from messages import tagging
from messages.wechat.errors import WeChatError
from tests.core.given import NOW
from tests.fixtures.service import settings_for

NAMES = tagging.names(rulebook.load().places)


@pytest.fixture
def account(database, redis, valkey_url, sandbox):
    db.bind(database.engine)
    options = sandbox.world.options
    who = {"wechat_appid": options.appid, "wechat_secret": options.secret}
    settings = settings_for(database.url, valkey_url, wechat_api=sandbox.url, **who)
    return wechat_account.client(settings, redis)


@pytest.fixture
def says(sandbox):
    """Let a follower say something of themselves; return the account."""

    def says(openid, *settings, places=()):
        order = {"openids": [openid]}
        requests.post(f"{sandbox.url}/_control/followers", json=order, timeout=10)
        with db.Writing() as session:
            one = accounts.at(session, Channel.WECHAT, openid, now=NOW)
            interests.change(session, one, Interests(tuple(settings), tuple(places)))
            campaigns.subscribe(session, one, now=NOW)
        return one

    return says


def borne(sandbox):
    """Return the names of the tags that each follower bears."""
    world = sandbox.world
    return {
        openid: {world.tags[tag] for tag in tags} for openid, tags in world.tagged.items() if tags
    }


def calls(sandbox):
    return [one for one in sandbox.world.journal.calls if "/tags/" in one["path"]]


def test_tags_follow_what_is_said(account, says, sandbox):
    says("oA", Setting.OFFICES, places=["530102", "昆明高新技术产业开发区"])
    says("oB", Setting.OFFICES)

    first = tagging.keep(account, NAMES)
    says("oA", Setting.FAMILIES)
    second = tagging.keep(account, NAMES)
    third = tagging.keep(account, NAMES)

    assert (first.put, first.taken) == (4, 0)
    assert (second.put, second.taken) == (1, 3)
    assert (third.put, third.taken) == (0, 0)
    assert borne(sandbox) == {"oA": {"六进·家庭"}, "oB": {"六进·机关"}}


def test_many_bear_a_tag_after_few_calls(account, says, sandbox):
    for number in range(120):
        says(f"o{number}", Setting.SCHOOLS)

    assert tagging.keep(account, NAMES).put == 120

    told = [one for one in calls(sandbox) if one["path"].endswith("/batchtagging")]
    assert len(told) == 3
    assert len(borne(sandbox)) == 120


def test_one_that_wechat_refuses_holds_up_nobody(account, says, sandbox):
    says("oGone", Setting.OFFICES)
    says("oB", Setting.OFFICES)
    sandbox.world.citizens.leave(sandbox.world.citizens.known("oGone"))

    tagging.keep(account, NAMES)
    seen = len(calls(sandbox))
    again = tagging.keep(account, NAMES)

    assert borne(sandbox) == {"oB": {"六进·机关"}}
    assert (again.put, len(calls(sandbox))) == (0, seen)


def test_who_leaves_bears_no_tag(account, says, sandbox):
    one = says("oA", Setting.OFFICES)
    says("oB", Setting.OFFICES)
    tagging.keep(account, NAMES)
    with db.Writing() as session:
        leaving.leave(session, one, now=NOW)
    with db.Writing() as session:
        later = NOW + timedelta(days=1)
        accounts.reachable(session, Channel.WECHAT, "oB", active=False, now=later)

    tagging.keep(account, NAMES)

    assert borne(sandbox) == {}
    with db.Reading() as session:
        assert not wechat_tags.any_owed(session)


def test_a_place_that_is_none_any_more_is_not_told(account, says, sandbox):
    says("oA", places=["999999"])

    tagging.keep(account, NAMES)

    assert borne(sandbox) == {}
    with db.Reading() as session:
        assert not wechat_tags.any_owed(session)


def test_what_was_told_before_an_outage_is_kept(account, says, sandbox):
    says("oA", Setting.OFFICES)
    fault = {"kind": "errcode", "errcode": 45009, "path": "/cgi-bin/tags/members/batchtagging"}
    requests.post(f"{sandbox.url}/_control/faults", json=fault | {"count": 1}, timeout=10)

    with pytest.raises(WeChatError):
        tagging.keep(account, NAMES)
    tagging.keep(account, NAMES)

    assert borne(sandbox) == {"oA": {"六进·机关"}}


def test_all_our_tags_fit_wechats_hundred():
    assert len(NAMES) <= 100
    assert max(map(len, NAMES.values())) <= 30
    assert len(set(NAMES.values())) == len(NAMES)
