"""Signing in with WeChat at the app's door."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.accounts import Account
from messages.limiting.windows import Windows
from messages.wechat.login import LoginAwayError, LoginRefusedError

from . import conftest
from .conftest import World
from .people import AGREED, PHONE


@pytest.fixture
def wechat(world, client, database):
    """Sign in with WeChat, which knows one code."""

    def openid(code):
        if code == "away":
            raise LoginAwayError
        if code != "good":
            raise LoginRefusedError
        return "oAPP_zhangsan"

    world.wechat = openid

    def enter(code, **changed):
        form = {"code": code, "device": PHONE, "agreed": AGREED}
        return client.post("/api/v1/auth/wechat", json=form | changed)

    return enter


def test_wechat_signs_the_same_citizen_in_again(wechat, peek, session):
    first, second = wechat("good"), wechat("good")

    assert (first.status_code, second.status_code) == (200, 200)
    assert peek(first.json["access_token"]) == 401  # the same device
    assert peek(second.json["access_token"]) == 200
    assert session.scalar(select(func.count(Account.id))) == 1


def test_what_wechat_does_not_know_or_cannot_say(wechat, session):
    refused, away = wechat("unknown"), wechat("away")

    assert (refused.status_code, refused.json["code"]) == (422, "wechat_code_refused")
    assert (away.status_code, away.json["code"]) == (503, "wechat_unavailable")
    assert int(away.headers["Retry-After"]) > 0
    assert session.scalar(select(func.count(Account.id))) == 0


def test_wechat_is_not_asked_before_the_consent_is_good(wechat):
    reply = wechat("away", agreed={"privacy": "old", "terms": "old"})

    assert reply.json["code"] == "consent_outdated"


def test_an_account_without_a_number_is_another_than_one_with(wechat, arrive, session):
    wechat("good")
    arrive()

    assert session.scalar(select(func.count(Account.id))) == 2


def test_one_address_cannot_have_texts_sent_to_everybody(database, valkey_url, redis):
    client = conftest.create_app(World(windows=Windows(valkey_url, patience=10))).test_client()

    def ask(number, address):
        return client.post(
            "/api/v1/auth/sms-codes",
            json={"phone": f"1390013{number:04}"},
            environ_base={"REMOTE_ADDR": address},
        )

    # Counted by the minute: thirty, or as many again if a minute ends meanwhile.
    answers = [ask(number, "198.51.100.7") for number in range(62)]

    codes = [reply.status_code for reply in answers]
    assert codes[:30] == [202] * 30
    refused = answers[codes.index(429)]
    assert refused.json["code"] == "too_many_requests"
    assert int(refused.headers["Retry-After"]) > 0
    assert ask(99, "198.51.100.8").status_code == 202


def test_who_has_no_number_proves_by_wechat_who_they_are_and_may_leave(wechat, client, world):
    held = {"Authorization": f"Bearer {wechat('good').json['access_token']}"}
    world.now += timedelta(minutes=1)
    assert client.get("/api/v1/me/export", headers=held).status_code == 403

    reply = client.post("/api/v1/auth/step-up/wechat", json={"code": "good"}, headers=held)

    assert reply.status_code == 200
    assert client.get("/api/v1/me/export", headers=held).status_code == 200
    assert client.delete("/api/v1/me", headers=held).status_code == 204


def test_another_wechat_proves_nothing(wechat, client, world, arrive):
    mine = {"Authorization": f"Bearer {arrive().json['access_token']}"}
    wechat("good")

    for code in ("good", "unknown"):
        reply = client.post("/api/v1/auth/step-up/wechat", json={"code": code}, headers=mine)
        assert (reply.status_code, reply.json["code"]) == (422, "wechat_code_refused")
