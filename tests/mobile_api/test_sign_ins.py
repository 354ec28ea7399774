"""The devices of an account: listed, signed out one by one, or all; a step-up of each."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core import realname
from core.db import Reading, Writing
from core.lives import Lives
from core.phones import Phone
from core.realname import Verified
from core.sessions import known

from .conftest import NOW, USCC, bearer
from .people import NUMBER, PHONE

URL = "/api/v1/sign-ins"


@pytest.fixture
def listed(client):
    return lambda headers: client.get(URL, headers=headers)


@pytest.fixture
def tablet(sign_in, citizen):
    return sign_in(citizen.account_id, device="tablet")


def test_devices_are_listed_with_the_one_in_hand_marked(listed, citizen, tablet):
    reply = listed(citizen)

    assert [one["is_this"] for one in reply.json["items"]] == [False, True]
    assert reply.json["items"][1] == {
        "id": str(citizen.sign_in_id),
        "platform": "android",
        "platform_label": "安卓",
        "device": "HUAWEI Mate 70",
        "began_at": "2026-11-23T09:00:00+08:00",
        "seen_at": "2026-11-23T09:00:00+08:00",
        "is_this": True,
    }
    assert reply.headers["Cache-Control"] == "private, no-cache"


def test_a_revoked_device_is_out_at_once(client, listed, citizen, tablet):
    reply = client.delete(f"{URL}/{tablet.sign_in_id}", headers=citizen)

    assert reply.status_code == 204
    assert listed(tablet).status_code == 401
    refreshed = client.post("/api/v1/auth/refresh", json={"refresh_token": tablet.refresh})
    assert refreshed.json["code"] == "sign_in_over"
    assert [one["is_this"] for one in listed(citizen).json["items"]] == [True]


def test_a_strangers_device_looks_like_none(client, citizen, stranger, listed):
    replies = [
        client.delete(f"{URL}/{name}", headers=citizen)
        for name in (stranger.sign_in_id, 999, "0", "x", "9" * 30)
    ]

    assert {(reply.status_code, reply.json["code"]) for reply in replies} == {
        (404, "sign_in_not_found")
    }
    assert listed(stranger).status_code == 200


def test_signing_out_ends_this_device_alone(client, listed, citizen, tablet):
    assert client.delete(f"{URL}/current", headers=citizen).status_code == 204

    assert (listed(citizen).status_code, listed(tablet).status_code) == (401, 200)
    assert client.delete(f"{URL}/current", headers=citizen).status_code == 401


def test_signing_out_everywhere_ends_all(client, listed, citizen, tablet, stranger):
    assert client.delete(URL, headers=citizen).status_code == 204

    assert (listed(citizen).status_code, listed(tablet).status_code) == (401, 401)
    assert listed(stranger).status_code == 200


@pytest.fixture
def owner(arrive, world):
    """Return the header of somebody with a telephone number."""
    headers = bearer(arrive().json["access_token"])
    world.now = NOW + timedelta(minutes=1)
    return headers


def is_fresh(headers, now):
    token = headers["Authorization"].removeprefix("Bearer ")
    with Reading() as session:
        return known(session, token, lives=Lives(), now=now).fresh


def test_a_fresh_code_is_a_step_up(client, owner, texted, world):
    assert not is_fresh(owner, world.now)  # to have signed in is none
    sent = client.post("/api/v1/auth/step-up/sms-codes", headers=owner)
    code = texted()

    reply = client.post("/api/v1/auth/step-up", json={"code": code}, headers=owner)

    assert (sent.status_code, reply.status_code) == (202, 200)
    assert reply.json == {"fresh_until": "2026-11-23T09:11:00+08:00"}
    assert is_fresh(owner, world.now + timedelta(minutes=10, seconds=-1))
    assert not is_fresh(owner, world.now + timedelta(minutes=10))


def test_who_holds_the_number_of_a_verified_person_is_not_the_person(client, owner, texted, world):
    client.post("/api/v1/auth/step-up/sms-codes", headers=owner)
    code = texted()
    with Writing() as writing:
        account_id = writing.scalars(select(Phone.account_id)).one()
        who = Verified("https://identity.example", "somebody", None, USCC, date.max)
        realname.bind(writing, account_id, who, now=world.now)

    for route, form in (("step-up/sms-codes", None), ("step-up", {"code": code})):
        reply = client.post(f"/api/v1/auth/{route}", json=form, headers=owner)
        assert (reply.status_code, reply.json["code"]) == (409, "step_up_by_identity")
    assert not is_fresh(owner, world.now)


def test_a_step_up_is_of_one_device(client, owner, texted, arrive, world):
    client.post("/api/v1/auth/step-up/sms-codes", headers=owner)
    client.post("/api/v1/auth/step-up", json={"code": texted()}, headers=owner)
    world.now += timedelta(minutes=1)
    tablet = arrive(device=PHONE | {"installation": "a tablet of mine"})

    assert is_fresh(owner, world.now)
    assert not is_fresh(bearer(tablet.json["access_token"]), world.now)


def test_a_code_for_signing_in_is_no_step_up(client, owner, texted):
    client.post("/api/v1/auth/sms-codes", json={"phone": NUMBER})

    reply = client.post("/api/v1/auth/step-up", json={"code": texted()}, headers=owner)

    assert (reply.status_code, reply.json["code"]) == (422, "code_refused")


def test_an_account_without_a_number_is_told_what_to_do(client, citizen):
    for route, form in (("step-up/sms-codes", None), ("step-up", {"code": "123456"})):
        reply = client.post(f"/api/v1/auth/{route}", json=form, headers=citizen)
        assert (reply.status_code, reply.json["code"]) == (409, "no_phone")


def test_a_code_too_many_is_refused_here_too(client, owner):
    client.post("/api/v1/auth/step-up/sms-codes", headers=owner)

    reply = client.post("/api/v1/auth/step-up/sms-codes", headers=owner)

    assert (reply.status_code, reply.json["code"]) == (429, "too_many_codes")
