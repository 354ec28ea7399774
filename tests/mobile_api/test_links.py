"""Links at the door: a code for the account of the app, good for ten minutes."""

import pytest

from core import accounts, link_codes, linking
from core.accounts import Channel
from core.db import Writing
from tests.core.given import expanded
from tests.mobile_api.conftest import NOW

NONE = {"wechat": False, "linked_at": None}


@pytest.fixture
def make(client, citizen):
    return lambda: client.post("/api/v1/me/links", headers=citizen)


def test_a_code_links_what_the_app_then_sees(client, make, citizen):
    made = make()
    assert (made.status_code, made.json["expires_at"]) == (201, "2026-11-23T09:10:00+08:00")
    assert client.get("/api/v1/me/links", headers=citizen).json == NONE

    with Writing() as session:
        openid = accounts.at(session, Channel.WECHAT, "oA", now=NOW)
        linking.link(session, openid, link_codes.key(made.json["code"]), now=NOW)

    assert client.get("/api/v1/me/links", headers=citizen).json == {
        "wechat": True,
        "linked_at": "2026-11-23T09:00:00+08:00",
    }
    signed_in = client.get("/api/v1/sign-ins", headers=citizen).json
    assert signed_in["wechat_linked_at"] == "2026-11-23T09:00:00+08:00"
    expanded(now=NOW)
    (message,) = client.get("/api/v1/me/inbox", headers=citizen).json["items"]
    assert (message["kind"], message["title"]) == ("account_changed", "您的应用账号绑定了微信")
    again = make()
    assert (again.status_code, again.json["code"]) == (409, "already_linked")


def test_nobody_links_nothing(client):
    assert client.post("/api/v1/me/links").status_code == 401
    assert client.get("/api/v1/me/links").status_code == 401
