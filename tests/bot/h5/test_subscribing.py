"""WeChat's tag for subscription messages: signed, from WeChat's host alone, missed by nobody."""

import re

import pytest

from config import tickets, wechat_account
from config.web import Ground, create_app
from messages.wechat import jssdk
from tests.bot.h5.browser import Browser


@pytest.fixture
def offering(settings, database, redis):
    """Build the application with templates, and with the ticket that a worker fetched."""
    chosen = settings.model_copy(update={"subscribe_templates": "tpl-1, tpl-2"})
    tickets.fetch(redis, wechat_account.client(chosen, redis))
    return create_app(chosen, Ground(database.engine, redis))


def test_the_signature_is_as_wechat_publishes_it():
    ticket = (
        "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    )
    given = {"nonce": "Wm3WZYTPz0wzccnW", "timestamp": 1414587457}
    signed = jssdk.signature(ticket, **given, url="http://mp.weixin.qq.com?params=value")

    assert signed == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_the_page_offers_the_tag_with_its_signature(offering, sandbox, redis):
    phone = Browser(offering, sandbox).sign_in()

    phone.open("/h5/me/settings")

    text = phone.reply.text
    assert 'wx-open-subscribe template="tpl-1,tpl-2"' in text
    held = dict(re.findall(r'data-(\w+)="([^"]*)"', text))
    ticket = redis.get(tickets.KEPT).decode()
    given = {"nonce": held["nonce"], "timestamp": int(held["timestamp"])}
    url = "http://127.0.0.1:8000/h5/me/settings"
    assert held["signature"] == jssdk.signature(ticket, **given, url=url)
    policy = phone.reply.headers["Content-Security-Policy"]
    assert "script-src 'self' https://res.wx.qq.com;" in policy
    phone.open("/h5/me")
    assert "res.wx.qq.com" not in phone.reply.headers["Content-Security-Policy"]


def test_a_ticket_is_asked_for_again_only_when_it_is_about_to_end(settings, redis, sandbox):
    account = wechat_account.client(settings, redis)
    tickets.fetch(redis, account)
    tickets.fetch(redis, account)

    calls = [one for one in sandbox.world.journal.calls if "getticket" in one["path"]]
    assert len(calls) == 1


def test_without_templates_or_a_ticket_the_page_works_as_it_is(browse, offering, sandbox, redis):
    phone = browse().sign_in()
    phone.open("/h5/me/settings")
    assert "wx-open-subscribe" not in phone.reply.text
    redis.delete(tickets.KEPT)
    phone = Browser(offering, sandbox).sign_in()

    phone.open("/h5/me/settings")

    assert phone.reply.status_code == 200
    assert "wx-open-subscribe" not in phone.reply.text
