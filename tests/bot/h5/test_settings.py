"""How one is told, and where one belongs: chosen on one page (提醒设置)."""

import pytest

from core import accounts, interests, wechat_tags
from core.accounts import Channel
from core.db import Reading, Writing
from core.interests import Interests, Setting
from core.preferences import choices
from core.preferences.kinds import NoticeKind, Outlet
from sandbox.citizens import openid_of
from tests.bot.h5.test_own import _account

ZONE = "昆明高新技术产业开发区"
SAID = {"setting": ["villages", "rich"], "place": ["530102", ZONE, "999"]}


@pytest.fixture
def phone(scene):
    """A follower who subscribes to campaigns, at the settings."""
    with Writing() as session:
        accounts.at(session, Channel.WECHAT, openid_of("zhangsan"), now=scene.now)
    phone = scene.phone(proven=False)
    phone.open("/h5/me/follows")
    phone.send("/campaigns", {"follow": "yes"})
    phone.open("/h5/me/settings")
    return phone


def test_how_one_is_told_is_chosen(phone):
    phone.send(
        "/me/settings",
        {"alert.wechat": "yes", "quiet_from": "22:00", "quiet_until": "07:00", "daily_most": "3"},
    )

    assert "已经保存" in phone.page.text
    with Reading() as session:
        held = choices.of_account(session, _account())
    assert held.wants(NoticeKind.ALERT, Outlet.WECHAT)
    assert not held.wants(NoticeKind.RELEASE, Outlet.WECHAT)
    assert (held.quiet_from.hour, held.quiet_until.hour, held.daily_most) == (22, 7, 3)


def test_where_one_belongs_is_said_and_may_be_said_no_more(phone):
    assert {"setting", "place"} <= phone.form("/me/settings")["named"]

    phone.send("/me/settings", SAID)

    with Reading() as session:
        held = interests.of_account(session, _account())
    assert (held.settings, set(held.places)) == ((Setting.VILLAGES,), {"530102", ZONE})
    for value in ("villages", "530102", ZONE):
        assert f'value="{value}" checked' in phone.reply.text
    assert 'value="families">' in phone.reply.text
    phone.send("/me/settings")
    with Reading() as session:
        assert interests.of_account(session, _account()) == Interests()


def test_wechats_tags_follow_what_was_said_on_the_page(phone):
    phone.send("/me/settings", SAID | {"campaign.wechat": "yes"})

    with Reading() as session:
        owed = {one.tag for one in wechat_tags.to_put(session, limit=9)}
    assert owed == {"setting:villages", "place:530102", f"place:{ZONE}"}


def test_where_one_belongs_is_asked_in_english_too(phone):
    phone.send("/look", {"language": "en"})
    phone.open("/h5/me/settings")

    for said in ("villages", "Wuhua District", "Kunming National Hi-tech Industrial"):
        assert said in phone.page.text
