"""Links at the door: a code for the account of the app, good for ten minutes."""

import pytest

from core import accounts, linking
from core.accounts import Channel
from core.db import Writing
from tests.mobile_api.conftest import NOW


@pytest.fixture
def make(client, citizen):
    return lambda: client.post("/api/v1/me/links", headers=citizen)


def test_a_code_links_what_the_app_then_sees(client, make, citizen):
    made = make()
    assert (made.status_code, made.json["expires_at"]) == (201, "2026-11-23T09:10:00+08:00")
    assert client.get("/api/v1/me/links", headers=citizen).json == {"wechat": False}

    with Writing() as session:
        openid = accounts.at(session, Channel.WECHAT, "oA", now=NOW)
        linking.link(session, openid, made.json["code"], now=NOW)

    assert client.get("/api/v1/me/links", headers=citizen).json == {"wechat": True}
    again = make()
    assert (again.status_code, again.json["code"]) == (409, "already_linked")


def test_nobody_links_nothing(client):
    assert client.post("/api/v1/me/links").status_code == 401
    assert client.get("/api/v1/me/links").status_code == 401
