"""How one wants to read is said once, in the talk or on a page; it holds everywhere and lasts."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from bot import wishes
from bot.seal import Seal
from core.accounts import Address
from core.db import Reading
from core.installations import Locale
from core.preferences import choices
from sandbox.citizens import openid_of
from tests.fixtures.service import AES_KEY, TOKEN, Citizen


@pytest.fixture
def citizen(app, settings):
    seal = Seal(TOKEN, AES_KEY, settings.wechat_appid)
    return Citizen(app.test_client(), openid=openid_of("zhangsan"), seal=seal)


def carry(redis):
    wishes.carry(redis, now=datetime.now(UTC))


def held():
    with Reading() as session:
        account = session.scalar(select(Address.account_id))
        return choices.of_account(session, account)


def test_what_was_wished_for_in_the_talk_outlives_redis(citizen, redis, database):
    citizen.say("English")
    citizen.say("larger type please 大字")
    redis.flushdb()
    carry(redis)

    assert citizen.say("我的关注").startswith("You follow no company")
    assert "type=large" in citizen.say("我的信用")
    assert (held().language, held().large_type) == (Locale.EN, True)
    citizen.say("中文")
    redis.flushdb()
    carry(redis)
    assert citizen.say("我的关注").startswith("您还没有")
    assert "type=large" in citizen.say("我的信用")


def test_one_wish_leaves_the_other_though_redis_has_just_forgotten_both(citizen, redis, database):
    citizen.say("English")
    redis.flushdb()
    citizen.say("大字")

    assert (held().language, held().large_type) == (Locale.EN, True)


def test_pages_of_who_is_signed_in_follow_what_was_said_in_the_talk(citizen, scene):
    phone = scene.phone(proven=False)
    assert '<html lang="zh-CN">' in phone.open("/h5/me").text

    citizen.say("English")
    citizen.say("大字")

    assert '<html lang="en" class="large">' in phone.open("/h5/me").text
    elsewhere = scene.phone(proven=False)
    assert '<html lang="en" class="large">' in elsewhere.open("/h5/me").text


def test_what_is_chosen_on_a_page_holds_in_the_talk_and_on_another_phone(citizen, scene, redis):
    citizen.say("帮助")
    carry(redis)
    phone = scene.phone(proven=False)
    phone.open("/h5/me")
    phone.send("/look", {"language": "en", "type": "large"})
    carry(redis)

    assert citizen.say("我的关注").startswith("You follow no company")
    assert 'class="large"' in scene.phone(proven=False).open("/h5/me").text
    phone.open("/h5/me/settings")
    phone.send("/me/settings", {"language": "zh"})
    carry(redis)
    assert citizen.say("我的关注").startswith("您还没有")
    assert held().large_type


def test_what_is_chosen_on_a_page_holds_on_the_pages_that_messages_lead_to(scene):
    phone = scene.browse()
    phone.open("/h5/")
    phone.send("/look", {"language": "en", "type": "large"})
    assert '<html lang="en" class="large">' in phone.open("/wechat/reports").text

    phone.open(phone.place + next(one for one in phone.page.links if "type=normal" in one))
    assert '<html lang="en">' in phone.open("/h5/").text


def test_what_was_wished_for_goes_with_the_authorisation(citizen, redis, database):
    citizen.say("English")
    citizen.event("user_authorization_revoke", OpenID=citizen.openid)
    carry(redis)

    assert citizen.say("我的关注").startswith("您还没有")


def test_who_has_wished_for_nothing_costs_no_look_into_the_database(citizen, redis, database):
    asked = []

    def note(_connection, _cursor, statement, *_others):
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    redis.flushdb()
    assert citizen.say("帮助").startswith("您可以")
    citizen.say("什么是双公示")
    event.remove(database.engine, "before_cursor_execute", note)

    assert not asked
