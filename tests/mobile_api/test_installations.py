"""Installations: a device says where it is reached; the last to say it counts."""

import pytest
from sqlalchemy import select

from core import installations
from core.db import Reading
from core.installations import Installation
from tests.mobile_api.conftest import NOW, VAULT

FORM = {
    "platform": "android",
    "vendor": "huawei",
    "push_token": "1a0018970a8f3b2c",
    "app_version": "1.4.0",
    "locale": "zh",
}
ADDRESS = "/api/v1/me/installations/6f0ebd8c43cf4199"


@pytest.fixture
def put(client):
    def put(headers, address=ADDRESS, **changed):
        return client.put(address, json=FORM | changed, headers=headers)

    return put


def rows():
    with Reading() as session:
        return session.scalars(select(Installation).order_by(Installation.id)).all()


def devices(account_id):
    with Reading() as session:
        return [one.token for one in installations.devices(session, VAULT, account_id, now=NOW)]


def test_a_device_is_kept_once_however_often_it_says_so(put, citizen):
    first, second = put(citizen), put(citizen, app_version="1.5.0")

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json["app_version"] == "1.5.0"
    assert "push_token" not in second.json
    (kept,) = rows()
    assert (kept.account_id, kept.app_version) == (citizen.account_id, "1.5.0")
    assert devices(citizen.account_id) == [FORM["push_token"]]


def test_a_token_is_kept_sealed(put, citizen):
    put(citizen)

    assert FORM["push_token"] not in str(vars(rows()[0]))


def test_a_new_token_takes_the_place_of_the_old_one(put, citizen):
    put(citizen)
    put(citizen, push_token="another")

    assert devices(citizen.account_id) == ["another"]


def test_whoever_signs_in_last_on_a_device_has_it(put, citizen, sign_in):
    other = sign_in()
    put(citizen)
    put(other)

    assert (devices(citizen.account_id), devices(other.account_id)) == ([], [FORM["push_token"]])
    assert len(rows()) == 1


def test_a_token_belongs_to_one_account_whatever_the_installation(put, citizen, sign_in):
    other = sign_in()
    put(citizen)
    put(other, address=f"{ADDRESS}-new")

    assert (devices(citizen.account_id), devices(other.account_id)) == ([], [FORM["push_token"]])


def test_a_device_is_forgotten_by_its_owner_alone(client, put, citizen, sign_in):
    put(citizen)

    assert client.delete(ADDRESS, headers=sign_in()).status_code == 204
    assert len(rows()) == 1
    for _ in range(2):
        assert client.delete(ADDRESS, headers=citizen).status_code == 204
    assert rows() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"platform": "symbian"},
        {"push_token": ""},
        {"push_token": "x" * 201},
        {"locale": "fr"},
        {"app_version": "x" * 33},
        {"account_id": "1"},
    ],
    ids=str,
)
def test_what_cannot_be_kept_is_refused(put, citizen, changed):
    assert put(citizen, **changed).status_code == 422
    assert rows() == []


@pytest.mark.parametrize("name", ["short", "x" * 65, "with.dots.in.it"])
def test_an_installation_has_a_name_of_its_own(put, citizen, name):
    assert put(citizen, address=f"/api/v1/me/installations/{name}").status_code == 422


def test_nobody_keeps_nothing(put, client):
    assert put({}).status_code == 401
    assert client.delete(ADDRESS).status_code == 401
