"""WeChat's tag for subscription messages: signed, from WeChat's host alone, missed by nobody."""

import re

import pytest
from sqlalchemy import select

from config import tickets, wechat_account
from config.web import Ground, create_app
from core.accounts import Address
from core.db import Reading, Writing
from core.subscriptions import Subscription
from messages.wechat import jssdk
from tests.bot.h5.browser import Browser


@pytest.fixture
def offering(settings, database, redis):
    """Build the application with templates, and with the ticket that a worker fetched."""
    chosen = settings.model_copy(update={"subscription_templates": "alert=tpl-1,case=tpl-2"})
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


def test_the_page_tells_of_an_answer_that_wechat_keeps_to_itself(offering, sandbox):
    phone = Browser(offering, sandbox).sign_in()
    with Writing() as session:  # who opens a page does not follow by that
        session.scalars(select(Address)).one().active = True
    phone.open("/h5/me/settings")
    csrf = phone.form("/h5/me/settings")["fields"]["csrf"]
    place = re.search(r'data-tell="([^"]*)"', phone.reply.text)[1]

    said = {"csrf": csrf, "template": ["tpl-2", "tpl-9"]}
    reply = phone.client.post(place, base_url=phone.base, data=said)

    assert reply.status_code == 204
    with Reading() as session:
        (held,) = session.scalars(select(Subscription))
    assert (held.template_id, held.left, held.hinted) == ("tpl-2", 0, 1)
    assert (
        phone.client.post(place, base_url=phone.base, data={"template": "tpl-1"}).status_code >= 400
    )


@pytest.mark.parametrize(
    ("templates", "offered"),
    [
        ("", ()),
        ("alert=a,case=b", ("a", "b")),
        ("alert=a*,case=b,campaign=c*", ("a", "c")),
    ],
)
def test_what_lasts_and_what_does_not_is_never_offered_together(settings, templates, offered):
    chosen = settings.model_copy(update={"subscription_templates": templates})

    assert tickets.templates(chosen) == offered
