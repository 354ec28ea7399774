"""The walk over followers: as far as the day's calls go, and on from there."""

from datetime import timedelta

import pytest
import requests
import sqlalchemy as sa

from config import followers, wechat_account
from core import db
from core.accounts import Account, Address
from messages.wechat.errors import WeChatError
from tests.core.given import NOW
from tests.fixtures.service import settings_for


@pytest.fixture
def account(database, redis, valkey_url, sandbox):
    db.bind(database.engine)
    return wechat_account.client(service(database, valkey_url, sandbox), redis)


def service(database, valkey_url, sandbox):
    options = sandbox.world.options
    return settings_for(
        database.url,
        valkey_url,
        wechat_api=sandbox.url,
        wechat_appid=options.appid,
        wechat_secret=options.secret,
    )


def follow(sandbox, openids):
    order = {"openids": openids}
    requests.post(f"{sandbox.url}/_control/followers", json=order, timeout=30).raise_for_status()


def held():
    with db.Reading() as session:
        rows = session.execute(sa.select(Address.value, Address.active))
        return {row.value: row.active for row in rows}


def test_followers_from_before_are_taken_in_over_days_and_once(account, sandbox):
    follow(sandbox, [f"oKM_before_{number:017}" for number in range(25_000)])

    first = followers.walk(account, clock=lambda: NOW, most=2)
    same_day = followers.walk(account, clock=lambda: NOW, most=2)
    tomorrow = followers.walk(account, clock=lambda: NOW + timedelta(days=1), most=2)
    again = followers.walk(account, clock=lambda: NOW + timedelta(days=2))

    assert (first.seen, first.added, first.is_whole) == (20_000, 20_000, False)
    assert same_day == first
    assert (tomorrow.seen, tomorrow.is_whole) == (25_000, True)
    assert (again.seen, again.added, again.is_whole) == (25_000, 0, True)
    assert len(held()) == 25_000
    with db.Reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 25_000


def test_a_walk_that_broke_off_goes_on_where_it_was(account, sandbox):
    follow(sandbox, [f"oKM_before_{number:017}" for number in range(10_001)])
    fault = {"kind": "errcode", "errcode": 40013, "path": "/cgi-bin/user/get", "count": 1}
    followers.walk(account, clock=lambda: NOW, most=1)
    requests.post(f"{sandbox.url}/_control/faults", json=fault, timeout=10)
    with pytest.raises(WeChatError):
        followers.walk(account, clock=lambda: NOW)

    ended = followers.walk(account, clock=lambda: NOW)

    assert (ended.seen, ended.is_whole) == (10_001, True)


def test_when_wechat_has_had_enough_the_walk_rests(account, sandbox):
    follow(sandbox, ["oA"])
    order = {"path": "/cgi-bin/user/get", "daily": 0}
    requests.post(f"{sandbox.url}/_control/quota", json=order, timeout=10)

    assert not followers.walk(account, clock=lambda: NOW).is_whole
    assert held() == {}


def test_who_left_and_came_back_is_reachable_but_not_who_left_after_the_page(account, sandbox):
    follow(sandbox, ["oBack", "oLeft"])
    with db.Writing() as session:
        for openid, at in (("oBack", NOW - timedelta(hours=1)), ("oLeft", NOW)):
            one = Account(created_at=at)
            session.add(one)
            session.flush()
            after = at + timedelta(minutes=1)
            given = {"account_id": one.id, "channel": "wechat", "active": False}
            session.add(Address(**given, value=openid, changed_at=after))

    followers.walk(account, clock=lambda: NOW)

    assert {one: held()[one] for one in ("oBack", "oLeft")} == {"oBack": True, "oLeft": False}
