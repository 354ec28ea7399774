"""Signing in with WeChat, agreeing, proving one's name, leaving."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from bot import rights
from core import accounts, consents, realname
from core.accounts import Channel
from core.db import Reading
from sandbox.citizens import openid_of


def _account(citizen):
    with Reading() as session:
        return accounts.known_at(session, Channel.WECHAT, openid_of(citizen))


def test_whoever_opens_a_page_of_their_own_is_signed_in_by_wechat_after_agreeing(browse):
    phone = browse()

    phone.open("/h5/me")
    assert phone.place == "/h5/consent"
    assert "隐私政策" in phone.page.text
    phone.send("/consent", {"agree": "yes"})

    assert (phone.place, phone.reply.status_code) == ("/h5/me", 200)
    with Reading() as session:
        assert len(consents.of_account(session, _account("zhangsan"))) == 2
    cookies = phone.cookie("h5")
    assert cookies.http_only
    assert cookies.same_site == "Lax"


def test_somebody_who_has_agreed_is_not_asked_again(browse):
    browse().sign_in()
    phone = browse()

    phone.open("/h5/me")

    assert phone.place == "/h5/me"


def test_a_visitor_who_does_not_follow_cannot_be_reached(browse):
    browse().sign_in()

    with Reading() as session:
        assert accounts.openids(session, [_account("zhangsan")]) == {}


def test_a_session_is_new_at_each_sign_in_and_the_old_one_is_over(browse):
    phone = browse().sign_in()
    first = phone.cookie("h5").value
    phone.client.set_cookie("h5", "of-somebody-else", domain="127.0.0.1")

    phone.open("/h5/sign-in")
    second = phone.cookie("h5").value
    phone.client.set_cookie("h5", first, domain="127.0.0.1")

    assert second not in (first, "of-somebody-else")
    reply = phone.client.get("/h5/me", base_url=phone.base)
    assert reply.status_code == 303


def test_the_answer_of_wechat_is_taken_once_and_in_the_browser_that_asked(browse, sandbox):
    phone, thief = browse(), browse("lisi")
    way = phone.client.get("/h5/sign-in", base_url=phone.base).headers["Location"]
    asked = requests.post(way, data={"citizen": "zhangsan"}, allow_redirects=False, timeout=10)
    back = asked.headers["Location"]

    thief.open(back)
    assert thief.reply.status_code == 403
    phone.open(back)  # the state was spent by the thief's try
    assert phone.reply.status_code == 403
    assert "重新登录" in phone.page.text


def test_nobody_is_signed_in_by_a_snapshot(browse):
    phone = browse()
    way = phone.client.get("/h5/sign-in?next=/h5/me", base_url=phone.base).headers["Location"]
    form = {"citizen": "zhangsan", "snapshot": "yes"}
    back = requests.post(way, data=form, allow_redirects=False, timeout=10).headers["Location"]

    phone.open(back)

    assert phone.reply.status_code == 403
    assert "使用完整服务" in phone.page.text
    assert phone.cookie("h5") is None


def test_wechat_may_be_asked_for_more_than_the_openid(browse):
    phone = browse()

    way = phone.client.get("/h5/sign-in?ask=1", base_url=phone.base).headers["Location"]

    assert parse_qs(urlsplit(way).query)["scope"] == ["snsapi_userinfo"]
    assert way.endswith("#wechat_redirect")


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/h5/../console/"])
def test_after_signing_in_nobody_is_sent_elsewhere(browse, place):
    phone = browse().sign_in()

    phone.open("/h5/sign-in", query_string={"next": place})
    assert phone.place == "/h5/me"
    phone.open("/h5/")
    phone.send("/look", {"language": "en", "next": place})
    assert phone.place == "/h5/"


def test_a_form_from_elsewhere_changes_nothing(browse):
    phone = browse().sign_in()

    bare = phone.client.post("/h5/sign-out", base_url=phone.base)
    assert bare.status_code == 403
    phone.open("/h5/me")
    form = phone.form("/sign-out")["fields"]
    headers = {"Origin": "https://evil.example"}
    foreign = phone.client.post("/h5/sign-out", base_url=phone.base, data=form, headers=headers)
    assert foreign.status_code == 403
    other = browse("lisi").sign_in()
    other.open("/h5/me")
    assert phone.client.post("/h5/sign-out", base_url=phone.base, data=form).status_code == 303
    lent = other.client.post("/h5/sign-out", base_url=phone.base, data=form)
    assert lent.status_code == 403


def test_leaving_ends_the_session(browse):
    phone = browse().sign_in()
    token = phone.cookie("h5").value

    phone.send("/sign-out")
    phone.client.set_cookie("h5", token, domain="127.0.0.1")

    assert phone.client.get("/h5/me", base_url=phone.base).status_code == 303


def test_one_proves_ones_name_at_the_provider(browse):
    phone = browse().sign_in()

    phone.prove()

    assert phone.place == "/h5/me"
    assert "已实名核验" in phone.page.text
    with Reading() as session:
        assert realname.of_account(session, _account("zhangsan")).subject_id


def test_somebody_with_another_account_is_told_how_to_join_them(browse, sandbox):
    browse().sign_in().prove()
    other = browse().sign_in()
    other.citizen = "zhangsan"
    stranger = browse("lisi").sign_in()
    stranger.citizen = "zhangsan"  # the person comes with somebody else's WeChat

    stranger.open("/h5/identity?next=/h5/me")
    stranger.send("/identity")

    assert stranger.reply.status_code == 409
    assert "绑定码" in stranger.page.text


def test_pages_say_what_they_may_load_and_are_framed_by_nobody_else(browse, sandbox):
    phone = browse()

    phone.open("/h5/")

    policy = phone.reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert f"frame-ancestors {sandbox.url}" in policy
    # A browser follows a form's answer to WeChat only if the page of the form names it.
    assert f"form-action 'self' {sandbox.url};" in policy
    assert "unsafe" not in policy


def test_english_and_large_type_are_remembered(browse):
    phone = browse()
    phone.open("/h5/")

    phone.send("/look", {"language": "en", "type": "large"})

    assert '<html lang="en" class="large">' in phone.reply.text
    assert "Credit Kunming" in phone.page.text


def test_a_page_that_is_not_there_says_where_to_go(browse):
    phone = browse()

    phone.open("/h5/nowhere")

    assert phone.reply.status_code == 404
    assert "首页" in phone.page.text


def test_whoever_takes_back_what_wechat_gave_us_is_signed_out(browse):
    phone, other = browse().sign_in(), browse("lisi").sign_in()

    rights.revoked(openid_of("zhangsan"), now=datetime.now(UTC))

    assert phone.client.get("/h5/me", base_url=phone.base).status_code == 303
    assert other.client.get("/h5/me", base_url=other.base).status_code == 200
