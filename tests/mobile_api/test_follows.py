"""Following from the app: entities, lists, campaigns; again is the same, and so is no longer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import follows, releases
from core.db import Reading, Writing
from core.follows import Follow, Topic
from core.outbox import events
from tests.mobile_api.conftest import NOW, USCC
from tests.mobile_api.test_inbox import LISTED

URL = "/api/v1/me/follows"


def test_nothing_is_followed_at_first(client, citizen):
    answer = client.get(URL, headers=citizen).json

    assert (answer["entities"], answer["lists"], answer["campaigns"]) == ([], [], False)


def test_entities_lists_and_campaigns_are_followed_and_left(client, citizen, subject):
    paths = [f"entities/{USCC}", "lists/WAGE_ARREARS", "campaigns"]
    for path in paths * 2:
        assert client.put(f"{URL}/{path}", headers=citizen).status_code == 204

    held = client.get(URL, headers=citizen).json

    assert [one["uscc"] for one in held["entities"]] == [USCC]
    assert [one["list_kind"] for one in held["lists"]] == ["WAGE_ARREARS"]
    assert held["campaigns"] is True
    with Reading() as session:
        assert len(session.scalars(select(Follow.id)).all()) == 3

    for path in paths * 2:
        assert client.delete(f"{URL}/{path}", headers=citizen).status_code == 204
    left = client.get(URL, headers=citizen).json
    assert (left["entities"], left["lists"], left["campaigns"]) == ([], [], False)


def test_a_code_in_small_letters_is_the_same_code(client, citizen, subject):
    client.put(f"{URL}/entities/{USCC.lower()}", headers=citizen)

    assert client.get(URL, headers=citizen).json["entities"][0]["uscc"] == USCC


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("entities/91530100MA6K3Q5R9T", 404, "entity_not_found"),
        ("entities/x", 422, "not_a_code"),
        ("entities/11010519491231002X", 422, "citizen_id_refused"),
        ("lists/NO_SUCH_LIST", 404, "list_not_found"),
    ],
)
@pytest.mark.parametrize("method", ["put", "delete"])
def test_what_cannot_be_followed_is_named(client, citizen, method, path, status, code):
    answer = getattr(client, method)(f"{URL}/{path}", headers=citizen)

    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_an_account_follows_two_hundred_entities_and_no_more(client, citizen, subject):
    with Writing() as session:
        rows = [
            Follow(account_id=citizen.account_id, topic=Topic.SUBJECT, subject_id=n, since=NOW)
            for n in range(10_000, 10_000 + follows.MOST)
        ]
        session.add_all(rows)

    answer = client.put(f"{URL}/entities/{USCC}", headers=citizen)

    assert (answer.status_code, answer.json["code"]) == (409, "too_many_follows")


def test_who_follows_a_list_is_told_of_its_next_release(client, citizen, sign_in, add_record):
    client.put(f"{URL}/lists/WAGE_ARREARS", headers=citizen)
    other = sign_in()
    client.put(f"{URL}/lists/WORK_SAFETY", headers=other)
    add_record(**LISTED)
    with Writing() as session:
        release_id = releases.make(session, "WAGE_ARREARS", now=NOW + timedelta(hours=1))
    more = True
    while more:
        with Writing() as session:
            more = events.expand(session, now=NOW + timedelta(hours=1))

    (message,) = client.get("/api/v1/me/inbox", headers=citizen).json["items"]

    assert message["kind"] == "list_released"
    assert message["about"] == {"kind": "release", "id": str(release_id)}
    assert {"label": "公布时的条数", "text": "1"} in message["facts"]
    assert client.get("/api/v1/me/inbox", headers=other).json["items"] == []


def test_what_one_follows_is_nobody_else_s_business(client, citizen, sign_in, subject):
    client.put(f"{URL}/entities/{USCC}", headers=citizen)

    assert client.get(URL, headers=sign_in()).json["entities"] == []


@pytest.mark.parametrize("path", [f"entities/{USCC}", "lists/WAGE_ARREARS", "campaigns"])
@pytest.mark.parametrize("method", ["put", "delete"])
def test_nobody_follows_without_a_token(client, method, path):
    assert getattr(client, method)(f"{URL}/{path}").status_code == 401
    assert client.get(URL).status_code == 401
