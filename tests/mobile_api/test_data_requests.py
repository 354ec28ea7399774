"""Data requests through the door: from the person alone, who has just proved who they are."""

import pytest

from core.data_request import MOST_OPEN
from tests.core import given


@pytest.fixture
def person(sign_in):
    return sign_in(person=given.subject("李华").id, fresh=True)


@pytest.fixture
def ask(client):
    def ask(headers, **changed):
        form = {"rights": ["access", "copy"], "statement": "请告诉我有哪些信息"} | changed
        return client.post("/api/v1/data-requests", json=form, headers=headers)

    return ask


def test_a_person_asks_and_follows_it(ask, person, client):
    reply = ask(person)

    assert reply.status_code == 201
    said = reply.json
    assert (said["kind"], said["kind_label"]) == ("data_request", "个人信息请求")
    assert (said["holder"], said["due"]) == ("信用昆明平台", "答复个人信息请求")
    assert said["due_on"] == "2026-12-14"
    shown = client.get(reply.headers["Location"], headers=person).json
    assert [one["code"] for one in shown["grounds"]] == ["access", "copy"]
    assert shown["grounds"][0]["label"] == "查阅我的个人信息"
    assert shown["statement"] == "请告诉我有哪些信息"
    assert [one["code"] for one in shown["possible"]] == ["supplement", "withdraw"]


def test_who_has_not_just_proved_who_they_are_is_asked_to(ask, sign_in):
    stale = sign_in(person=given.subject("李华").id)

    reply = ask(stale)

    assert (reply.status_code, reply.json["code"]) == (403, "step_up_required")


def test_who_was_not_verified_is_asked_to(ask, sign_in):
    reply = ask(sign_in(fresh=True))

    assert (reply.status_code, reply.json["code"]) == (403, "real_name_required")


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"rights": []}, "#/rights"),
        ({"rights": ["everything"]}, "#/rights/0"),
        ({"statement": ""}, "#/statement"),
    ],
)
def test_a_wrong_field_is_named(ask, person, changed, pointer):
    reply = ask(person, **changed)

    assert reply.status_code == 422
    assert [error["pointer"] for error in reply.json["errors"]] == [pointer]


def test_the_same_right_twice_is_once(ask, person, client):
    reply = ask(person, rights=["delete", "delete"])

    shown = client.get(reply.headers["Location"], headers=person).json
    assert [one["code"] for one in shown["grounds"]] == ["delete"]


def test_so_many_are_open_at_a_time(ask, person):
    for _ in range(MOST_OPEN):
        assert ask(person).status_code == 201

    assert ask(person).json["code"] == "too_many_cases"


def test_english_is_spoken(ask, person):
    reply = ask(dict(person) | {"Accept-Language": "en"})

    assert reply.json["kind_label"] == "data request"
