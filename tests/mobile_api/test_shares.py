"""Shares at the app's door: given by whom they are about, answered to whoever holds the code."""

import re
import time
from datetime import timedelta

import pytest
import structlog

from core.records import RecordKind
from messages.limiting.windows import Windows
from mobile_api import words
from tests.fixtures.persons import CITIZEN_ID, NAME
from tests.mobile_api import conftest
from tests.mobile_api.asked import PATIENT
from tests.mobile_api.conftest import NOW, USCC, VAULT

URL = "/api/v1/me/shares"
LISTED = {"kind": RecordKind.BLACK_LIST, "list_kind": "WAGE_ARREARS", "severity": None}


@pytest.fixture
def held(on_record):
    return on_record(VAULT, NOW)


@pytest.fixture
def person(held):
    return held.person()


@pytest.fixture
def me(sign_in, person):
    return sign_in(person=person, fresh=True)


@pytest.fixture
def give(client, me):
    def give(headers=None, **form):
        return client.post(URL, json=form, headers=me if headers is None else headers)

    return give


@pytest.fixture
def ask(client):
    def ask(code, headers=None):
        return client.post("/api/v1/shares/answer", json={"code": code}, headers=headers)

    return ask


@pytest.fixture
def listed(client, me):
    def listed(query="", headers=me):
        return client.get(f"{URL}{query}", headers=headers).json

    return listed


def test_a_code_is_shown_once_and_answers_the_one_question(give, ask, held, person, listed):
    given = give(note="给房东看")

    assert given.status_code == 201
    assert given.headers["Cache-Control"] == "private, no-cache"
    assert given.headers["Location"] == f"{URL}/{given.json['id']}"
    code = given.json["code"]
    assert [given.json[name] for name in ("about", "note", "revoked_at", "log")] == [
        *("person", "给房东看", None, [])
    ]
    assert code not in str(listed())

    held.record(person)
    told = ask(code)
    assert told.status_code == 200
    assert told.json == {
        "about": "person",
        "about_label": "本人",
        "has_serious_dishonesty": True,
        "text": words.share_said(True, NOW, "zh"),
        "as_of": "2026-11-23T09:00:00+08:00",
        "name": None,
        "uscc": None,
    }
    assert NAME not in told.text
    assert CITIZEN_ID not in told.text


def test_the_giver_sees_when_and_by_what_kind_of_asker_it_was_asked(
    give, ask, listed, client, me, citizen, register
):
    code = give(uses=4).json["code"]
    for headers in ({}, citizen, register(NOW).key(), {"Authorization": "Bearer garbage"}):
        assert ask(code, headers).json["has_serious_dishonesty"] is False

    (share,) = listed()["items"]

    assert (share["state"], share["state_label"]) == ("used", "已用完")
    assert [one["asker"] for one in share["log"]] == [
        *("anybody", "account", "institution", "anybody")
    ]
    assert share["log"][0]["asker_label"] == "持码人（未登录）"
    views = client.get("/api/v1/me/views", headers=me).json["items"]
    assert [(one["role"], one["purpose"], one["is_own"]) for one in views] == [
        ("share_recipient", "share_answer", False)
    ] * 4


def test_unknown_used_revoked_and_expired_codes_look_alike(give, ask, client, me, world):
    used, revoked, expired = (give(days=1).json for _ in range(3))
    ask(used["code"])
    client.delete(f"{URL}/{revoked['id']}", headers=me)
    replies = [ask(code) for code in (used["code"], revoked["code"], "0000-0000-0000-0000")]
    world.now = world.now.replace(day=24)
    replies.append(ask(expired["code"]))

    bodies = [reply.json | {"instance": ""} for reply in replies]

    assert {reply.status_code for reply in replies} == {404}
    assert all(body == bodies[0] for body in bodies)
    assert bodies[0]["code"] == "share_not_valid"


def test_revoking_once_more_changes_nothing(give, client, me, listed):
    share = give().json["id"]

    answers = [client.delete(f"{URL}/{share}", headers=me).status_code for _ in range(2)]

    assert answers == [204, 204]
    assert listed()["items"][0]["state"] == "revoked"


def test_a_stranger_cannot_tell_a_share_from_none(give, client, me, citizen):
    share = give().json["id"]

    for name in (share, "0" * 32):
        for send in (client.get, client.delete):
            assert send(f"{URL}/{name}", headers=citizen).json["code"] == "share_not_found"
    assert client.get(f"{URL}/{share}", headers=me).json["state"] == "open"
    assert client.get(URL, headers=citizen).json["items"] == []
    for send, url in ((client.get, URL), (client.delete, f"{URL}/{share}")):
        assert send(url).json["code"] == "unauthorised"


def test_a_code_about_the_person_is_shown_again_only_while_the_step_up_lasts(
    give, client, me, world
):
    client.keyed = False
    asked = me | {"Idempotency-Key": "share-once"}
    first, again = give(asked), give(asked)
    world.now += timedelta(minutes=11)
    late = give(asked)

    assert (again.data, again.headers["Idempotency-Replayed"]) == (first.data, "true")
    assert (late.status_code, late.json["code"]) == (403, "step_up_required")


def test_about_the_person_it_asks_for_a_step_up(give, sign_in, person, citizen, me):
    assert give(headers=sign_in(me.account_id)).json["code"] == "step_up_required"
    assert give(headers=citizen).json["code"] == "step_up_required"
    assert give(headers={}).json["code"] == "unauthorised"
    only_organisation = sign_in(organisation=USCC, fresh=True)
    assert give(headers=only_organisation).json["code"] == "real_name_required"


def test_a_representative_shares_about_the_organisation(
    give, ask, representative, stranger, add_record, subject, me
):
    given = give(headers=representative, about="organisation")
    add_record(**LISTED)

    told = ask(given.json["code"]).json

    assert (told["about"], told["has_serious_dishonesty"]) == ("organisation", True)
    assert (told["name"], told["uscc"]) == (subject.name, USCC)
    assert give(headers=stranger, about="organisation").json["code"] == "entity_not_found"
    assert give(about="organisation").json["code"] == "not_entitled"


@pytest.mark.parametrize(
    "form", [{"days": 31}, {"days": 0}, {"uses": 6}, {"uses": 0}, {"note": "x" * 101}, {"code": ""}]
)
def test_what_cannot_be_wished_for(give, form):
    assert give(**form).json["code"] == "invalid_request"


def test_the_list_goes_on_by_cursor(give, listed):
    ids = [give().json["id"] for _ in range(3)]

    first = listed("?limit=2")
    rest = listed(f"?limit=2&cursor={first['next_cursor']}")

    assert [one["id"] for one in (*first["items"], *rest["items"])] == ids[::-1]
    assert rest["next_cursor"] is None


def test_nothing_personal_is_logged_and_nothing_stands_in_an_address(
    client, app, give, ask, me, person, held
):
    held.record(person)
    with structlog.testing.capture_logs() as logged:
        share = give(note="给房东看").json
        ask(share["code"])
        ask("530112199001010004")
        for path in ("credit", "views", "shares", f"shares/{share['id']}"):
            assert client.get(f"/api/v1/me/{path}", headers=me).status_code == 200

    said = str(logged)
    for secret in (share["code"], share["code"].replace("-", ""), "房东", NAME, CITIZEN_ID):
        assert secret not in said
    asked = {rule.rule for rule in app.url_map.iter_rules() if "/share" in rule.rule}
    assert {name for rule in asked for name in re.findall("<(.*?)>", rule)} == {"share_id"}


def test_codes_cannot_be_guessed_at_will_from_one_address(database, valkey_url, redis, budget):
    windows = Windows(valkey_url, patience=PATIENT)
    guessing = conftest.create_app(conftest.World(windows=windows)).test_client()

    def guess(address="198.51.100.7"):
        place = {"REMOTE_ADDR": address}
        form = {"code": "0000-0000-0000-0000"}
        return guessing.post("/api/v1/shares/answer", json=form, environ_overrides=place)

    until = time.monotonic() + 60
    while (reply := guess()).status_code == 404 and time.monotonic() < until:
        pass

    assert (reply.status_code, reply.json["code"]) == (429, "too_many_requests")
    assert int(reply.headers["Retry-After"]) > 0
    assert guess("198.51.100.8").status_code == 404
