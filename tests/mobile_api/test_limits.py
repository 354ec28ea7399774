"""Rate limits: counted in a real Valkey for all processes."""

import time

import pytest

from config.web import Ground, create_app
from messages.limiting.windows import Windows
from mobile_api import limits
from mobile_api.fields import Answer
from mobile_api.resource import Resource
from tests.fixtures.service import settings_for

from . import conftest
from .asked import LISTS, PATIENT, ask, statuses
from .conftest import World


@pytest.fixture
def door(valkey_url, redis, budget):
    """A client of a door of its own, as another process would have one."""

    def door(url=valkey_url, patience=PATIENT):
        windows = Windows(url, patience=patience)
        return conftest.create_app(World(windows=windows)).test_client()

    return door


def test_an_address_that_asks_too_often_is_told_when_to_come_again(door, budget):
    budget(address="3/minute")
    client = door()

    first = ask(client)
    assert (first.status_code, first.headers["RateLimit-Policy"]) == (200, '"address";q=3;w=60')
    assert first.headers["RateLimit"].startswith('"address";r=2;t=')
    assert "Retry-After" not in first.headers
    assert statuses(client, 2) == [200, 200]

    refused = ask(client)
    assert (refused.status_code, refused.json["code"]) == (429, "too_many_requests")
    assert refused.mimetype == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit"].startswith('"address";r=0;t=')
    assert ask(client, "198.51.100.8").status_code == 200


def test_processes_count_together(door, budget):
    budget(address="3/minute")

    assert statuses(door(), 2) + statuses(door(), 2) == [200, 200, 200, 429]


def test_what_was_asked_long_ago_counts_no_more(door, budget):
    budget(address="2/second")
    client = door()
    until = time.monotonic() + 30
    while 429 not in statuses(client, 3) and time.monotonic() < until:
        pass

    answer = 429
    while answer == 429 and time.monotonic() < until:
        answer = ask(client).status_code
    assert answer == 200


def test_a_device_has_a_budget_wherever_it_asks_from(door, budget):
    budget(device="2/minute")
    client = door()

    answers = [ask(client, f"198.51.100.{number}", "my-device-1") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert statuses(client, 3) == [200] * 3
    assert ask(client, device="my-device-2").status_code == 200


def test_a_device_that_cannot_be_read_is_named(door):
    reply = ask(door(), device="no spaces")

    assert (reply.status_code, reply.json["code"]) == (400, "bad_header")
    assert reply.json["errors"][0]["pointer"] == "X-Installation-Id"


def test_an_account_has_a_budget_on_all_its_devices(door, budget, representative, stranger):
    budget(account="2/minute")
    client, path = door(), "/api/v1/reports/nobodys"

    answers = [
        ask(client, f"198.51.100.{number}", f"device-no-{number}", path, **representative)
        for number in range(3)
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert ask(client, path=path, **stranger).status_code == 404


def test_each_key_has_a_budget(door, budget, register):
    budget(key="2/minute")
    client, path, held = door(), "/api/v1/checks/none", register(conftest.NOW)
    institution = held.enrol()
    one, other = ({"X-Api-Key": held.issue(institution)[1]} for _ in range(2))

    assert statuses(client, 3, path=path, **one) == [404, 404, 429]
    assert statuses(client, 3, path=path, **other) == [404, 404, 429]


def test_an_institution_has_a_budget_for_all_its_keys(door, budget, register):
    budget(institution="3/minute")
    client, path, held = door(), "/api/v1/checks/none", register(conftest.NOW)
    institution = held.enrol()
    one, other = ({"X-Api-Key": held.issue(institution)[1]} for _ in range(2))

    assert statuses(client, 2, path=path, **one) == [404, 404]
    assert statuses(client, 2, path=path, **other) == [404, 429]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_asks_by_a_code_is_counted_too(door, budget, register, stranger):
    budget(account="2/minute", key="2/minute")
    client, key = door(), register(conftest.NOW).key()

    def asked(headers):
        form = {"code": "7KQ2-M9XD-4TBV-W8RE"}
        return client.post("/api/v1/shares/answer", json=form, headers=headers).status_code

    assert [asked(stranger) for _ in range(3)] == [404, 404, 429]
    assert [asked(key) for _ in range(3)] == [404, 404, 429]


def test_one_household_is_one_address(door, budget):
    budget(address="2/minute")
    client = door()

    addresses = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:db8:1:2::3", "2001:db8:1:3::1")
    answers = [ask(client, address).status_code for address in addresses]

    assert answers == [200, 200, 429, 200]


class Nothing(Answer):
    """Nothing at all."""


@pytest.mark.parametrize(
    ("per", "expected"), [("address", [200, 429, 200]), ("device", [200, 200, 429])]
)
def test_a_view_may_have_a_narrower_budget_of_its_own(valkey_url, redis, budget, per, expected):
    special = Resource("specials", description="专门限制")

    @special.get("")
    @limits.at_most("1/minute", per=per)
    @special.response(200, Nothing)
    def show():
        return {}

    app = conftest.create_app(World(windows=Windows(valkey_url, patience=PATIENT)))
    app.extensions["flask-smorest"]["apis"][""]["ext_obj"].register_blueprint(special)
    client = app.test_client()

    asked = (("1", "device-a"), ("1", "device-b"), ("2", "device-a"))
    answers = [ask(client, f"198.51.100.{n}", device, "/api/v1/specials") for n, device in asked]
    assert [answer.status_code for answer in answers] == expected
    assert statuses(client, 3) == [200] * 3


LOOK_UPS = {
    "a case": ("GET", "/api/v1/cases/none", None),
    "a report": ("GET", "/api/v1/reports/none/verification?code=x", None),
    "a file": ("POST", "/api/v1/report-verifications", {"sha256": "0" * 64}),
    "a check": ("POST", "/api/v1/check-verifications", {"check_no": "C1", "sha256": "0" * 64}),
    "a share": ("POST", "/api/v1/shares/answer", {"code": "7KQ2-M9XD-4TBV-W8RE"}),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", LOOK_UPS)
def test_nobody_guesses_codes_for_long(door, database, what):
    client = door()
    method, path, form = LOOK_UPS[what]

    answers = [client.open(path, method=method, json=form).status_code for _ in range(61)]

    assert answers.index(429) == int(limits.GUESSES.partition("/")[0])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_asks_wechat_is_asked_less_often(door, database):
    client = door()
    form = {"code": "x", "device": {}, "agreed": {}}

    answers = [client.post("/api/v1/auth/wechat", json=form).status_code for _ in range(21)]

    assert answers == [422] * 20 + [429]


def test_redis_learns_no_address_and_no_device(door, redis):
    ask(door(), "203.0.113.9", "a-device-of-mine")

    held = b"".join(redis.keys())
    assert held
    assert b"203.0.113.9" not in held
    assert b"a-device" not in held


@pytest.fixture
def whole(database, redis, valkey_url, budget, monkeypatch):
    """The whole application, which a proxy of ours stands before."""
    monkeypatch.setattr("messages.limiting.windows.PATIENCE", PATIENT)

    def whole(proxies):
        settings = settings_for(database.url, valkey_url, proxies=proxies)
        return create_app(settings, Ground(database.engine, redis)).test_client()

    return whole


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("proxies", "expected"), [(0, 429), (1, 200), (2, 429)])
def test_behind_proxies_the_address_is_whom_the_outermost_saw(whole, budget, proxies, expected):
    budget(address="1/minute")
    client = whole(proxies)

    answers = [
        client.get(LISTS, headers={"X-Forwarded-For": f"203.0.113.1, 203.0.113.{number}"})
        for number in (1, 2)
    ]

    assert [answer.status_code for answer in answers] == [200, expected]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_wechats_pushes_are_not_counted(whole, budget):
    budget(address="1/minute")
    client = whole(0)

    pushes = [client.get("/wechat").status_code for _ in range(3)]

    assert 429 not in pushes
    assert [client.get(LISTS).status_code for _ in range(2)] == [200, 429]
