"""The app and its versions: what it is told, and when it is served no more."""

from datetime import timedelta

import pytest

from mobile_api.editions import App, Edition, Maintenance, Platform

from .conftest import NOW, World, create_app

STORE = "https://store.example/app"
HOUR = timedelta(hours=1)
OVER = Maintenance(NOW - 2 * HOUR, NOW, "过去的维护", "Maintenance over")
COMING = Maintenance(NOW + HOUR, NOW + 2 * HOUR, "明日维护", "Maintenance to come")
RUNNING = Maintenance(NOW - HOUR, NOW + HOUR, "正在维护", "Maintenance now")


@pytest.fixture(scope="module")
def client():
    edition = Edition("1.9", "2.0.1", STORE)
    app = App(dict.fromkeys(Platform, edition), (COMING, OVER, RUNNING))
    return create_app(World(app=app)).test_client()


def ask(client, platform=None, version=None, path="/api/v1/lists/none/records", **headers):
    sent = {"X-Platform": platform, "X-App-Version": version} | headers
    given = {name: value for name, value in sent.items() if value is not None}
    return client.get(path, headers=given)


def test_an_app_is_told_the_time_its_versions_and_when_we_are_away(client):
    reply = client.get("/api/v1/meta")

    assert reply.status_code == 200
    assert reply.json["server_time"] == "2026-11-23T09:00:00+08:00"
    assert reply.json["api_version"] == "1.0.0"
    assert reply.json["platforms"][2] == {
        "platform": "harmony",
        "platform_label": "鸿蒙",
        "minimum": "1.9",
        "latest": "2.0.1",
        "store": STORE,
    }
    english = client.get("/api/v1/meta", headers={"Accept-Language": "en"}).json
    assert english["maintenance"][0]["text"] == "Maintenance now"


def test_what_is_over_is_told_no_more_and_what_begins_first_comes_first(client):
    assert client.get("/api/v1/meta").json["maintenance"] == [
        {
            "from": "2026-11-23T08:00:00+08:00",
            "to": "2026-11-23T10:00:00+08:00",
            "text": "正在维护",
        },
        {
            "from": "2026-11-23T10:00:00+08:00",
            "to": "2026-11-23T11:00:00+08:00",
            "text": "明日维护",
        },
    ]


@pytest.mark.parametrize("version", ["1.8.99", "1", "0.9", "1.8"])
def test_an_app_that_is_too_old_is_sent_to_its_store(client, version):
    reply = ask(client, "android", version)

    assert (reply.status_code, reply.json["code"]) == (426, "app_too_old")
    assert (reply.json["store"], reply.json["minimum"]) == (STORE, "1.9")
    assert reply.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("platform", "version"),
    [("ios", "1.9"), ("ios", "1.9.0"), ("ios", "1.10"), ("ios", "2"), (None, "1.0"), ("ios", None)],
)
def test_an_app_that_is_new_enough_or_says_nothing_is_served(client, platform, version):
    assert ask(client, platform, version).json["code"] == "list_not_found"


def test_an_old_app_can_still_ask_where_the_new_one_is(client):
    assert ask(client, "ios", "0.1", "/api/v1/meta").status_code == 200


@pytest.mark.parametrize(
    ("platform", "version", "name"),
    [
        ("ios", "new", "X-App-Version"),
        ("ios", "1.2.3.4.5", "X-App-Version"),
        ("ios", "1." + "9" * 6, "X-App-Version"),
        ("ios", "", "X-App-Version"),
        (None, "１.２", "X-App-Version"),
        ("windows", "1.0", "X-Platform"),
        ("", None, "X-Platform"),
    ],
)
def test_a_header_that_cannot_be_read_is_named(client, platform, version, name):
    sent = version and version.encode().decode("latin-1")

    reply = ask(client, platform, sent)

    assert (reply.status_code, reply.json["code"]) == (400, "bad_header")
    assert [error["pointer"] for error in reply.json["errors"]] == [name]
