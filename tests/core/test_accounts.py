"""An address leads to one account, and can be reached or not as the newest news of it says."""

from datetime import timedelta

from sqlalchemy import func, select

from core import accounts
from core.accounts import Account, Channel
from core.db import Reading, Writing
from tests.core.given import NOW, SECOND, account, at_once


def reachable(openid, *, active, now):
    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, openid, active=active, now=now)


def openid_of(account_id):
    with Reading() as session:
        return accounts.openid_of(session, account_id)


def test_an_address_keeps_its_account(database):
    assert account("oA") == account("oA") != account("oB")


def test_an_address_opened_by_many_at_once_gives_one_account(database):
    assert len(set(at_once(6, lambda: account("oA")))) == 1

    with Reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_the_same_name_on_another_channel_is_somebody_else(database):
    one = account("same")

    with Writing() as session:
        assert accounts.at(session, Channel.IDENTITY, "same", now=NOW) != one


def test_an_app_identity_is_no_way_to_write(database):
    with Writing() as session:
        one = accounts.at(session, Channel.IDENTITY, "sub", now=NOW)

    assert openid_of(one) is None


def test_who_leaves_and_comes_back_keeps_the_account(database):
    one = account("oA")
    reachable("oA", active=False, now=NOW + SECOND)
    assert openid_of(one) is None

    reachable("oA", active=True, now=NOW + 2 * SECOND)

    assert openid_of(one) == "oA"
    assert account("oA") == one


def test_old_news_that_comes_late_changes_nothing(database):
    one = account("oA", now=NOW - timedelta(days=1))
    reachable("oA", active=True, now=NOW + SECOND)

    reachable("oA", active=False, now=NOW)

    assert openid_of(one) == "oA"


def test_who_is_first_heard_of_leaving_cannot_be_reached(database):
    reachable("oA", active=False, now=NOW)

    assert openid_of(account("oA")) is None
