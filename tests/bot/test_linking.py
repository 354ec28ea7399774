"""Linking by talk: a code of the app, sent to the official account."""

from datetime import UTC, datetime

import pytest

from core import accounts, link_codes
from core.accounts import Channel
from core.db import Reading, Writing


@pytest.fixture
def code(database):
    """A code of an account in the app, and whose it is."""
    with Writing() as session:
        now = datetime.now(UTC)
        opened = accounts.open_one(session, now=now)
        return link_codes.make(session, opened, now=now)[0], opened


@pytest.mark.parametrize("typed", ["绑定 {}", "绑定{}", "绑定：{}。", " 绑定  {}"])
def test_a_code_links(citizen, code, typed):
    said = citizen.say(typed.format(code[0].lower()))

    assert said.startswith("绑定好了")
    with Reading() as session:
        assert accounts.known_at(session, Channel.WECHAT, citizen.openid) == code[1]


def test_a_wrong_code_and_none_are_answered_with_what_to_do(citizen, code):
    assert citizen.say("绑定 00000000").startswith("绑定码不对")
    assert citizen.say("绑定").startswith("请在“信用昆明”App")


def test_a_second_time_there_is_nothing_to_link(citizen, code):
    citizen.say(f"绑定 {code[0]}")
    with Writing() as session:
        again, _ = link_codes.make(session, code[1], now=datetime.now(UTC))

    assert citizen.say(f"绑定 {again}").startswith("这个微信号或者这个应用账号已经绑定过")
