"""Linking by talk: a code of the app, sent to the official account."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from core import accounts, link_codes, phones, tallies
from core.accounts import Channel
from core.db import Reading, Writing
from core.link_codes import LinkCode
from core.tallies import Counted
from tests.fixtures.service import Citizen


@pytest.fixture
def code(database):
    """A code of an account in the app, and whose it is."""
    with Writing() as session:
        now = datetime.now(UTC)
        opened = accounts.open_one(session, now=now)
        return link_codes.make(session, opened, now=now)[0], opened


def linked(citizen):
    with Reading() as session:
        return accounts.known_at(session, Channel.WECHAT, citizen.openid)


@pytest.mark.parametrize("typed", ["绑定 {}", "绑定{}", "绑定：{}。", " 绑定  {}"])
def test_a_code_is_asked_about_and_links_once_it_is_confirmed(citizen, code, typed):
    asked = citizen.say(typed.format(code[0].lower()))
    assert "注册的应用账号吗？" in asked
    assert linked(citizen) != code[1]

    said = citizen.say("1")

    assert said.startswith("绑定好了")
    assert linked(citizen) == code[1]


def test_it_is_asked_with_the_masked_number_of_the_account(citizen, settings, code):
    with Writing() as session:
        phones.change(session, settings.vault, code[1], number="13800138000", now=datetime.now(UTC))

    asked = citizen.say(f"绑定 {code[0]}")

    assert asked.startswith("要绑定手机 138****8000 的应用账号吗？")
    assert "回复 1 确认" in asked


@pytest.mark.parametrize("other", ["2", "帮助", "91530103000000062X", "是"])
def test_whatever_else_is_said_links_nothing_then_or_later(citizen, code, other):
    citizen.say(f"绑定 {code[0]}")

    citizen.say(other)
    citizen.say("1")

    assert linked(citizen) != code[1]


def test_a_confirmation_that_comes_too_late_links_nothing(citizen, code):
    citizen.say(f"绑定 {code[0]}")
    with Writing() as session:
        session.execute(update(LinkCode).values(expires_at=datetime.now(UTC)))

    assert citizen.say("1").startswith("绑定码不对")
    assert linked(citizen) != code[1]


def test_a_wrong_code_and_none_are_answered_with_what_to_do(citizen, code):
    assert citizen.say("绑定 00000000").startswith("绑定码不对")
    assert citizen.say("绑定").startswith("实名认证：")


def test_after_many_wrong_codes_not_even_a_right_one_is_looked_at(citizen, code, monkeypatch):
    monkeypatch.setitem(tallies.MOST, Counted.LINK_MISSES, 2)
    wrong = [citizen.say(f"绑定 0000000{one}") for one in range(3)]

    assert [text.startswith("绑定码不对") for text in wrong] == [True, True, False]
    assert wrong[2].startswith("今天绑定码输错的次数太多了")
    assert citizen.say(f"绑定 {code[0]}") == wrong[2]


def test_wrong_codes_of_all_together_are_limited_too(app, code, monkeypatch):
    monkeypatch.setitem(tallies.MOST, Counted.ALL_LINK_MISSES, 2)
    people = [Citizen(app.test_client(), openid=f"oKM_guesser_{one}") for one in range(3)]

    said = [person.say("绑定 00000000") for person in people]

    assert [text.startswith("绑定码不对") for text in said] == [True, True, False]


def test_a_second_time_there_is_nothing_to_link(citizen, code):
    citizen.say(f"绑定 {code[0]}")
    citizen.say("1")
    with Writing() as session:
        again, _ = link_codes.make(session, code[1], now=datetime.now(UTC))

    assert citizen.say(f"绑定 {again}").startswith("这个微信号或者这个应用账号已经绑定过")
