"""Somebody proves who they are: the whole way to the sandbox's identity provider and back."""

import hashlib
import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import func, select
from structlog.testing import capture_logs

from core import challenges, persons, realname
from core.audit.trail import Entry
from core.calendar import add_months, day
from core.challenges import Challenge
from core.db import Reading, Writing
from core.persons import Person
from core.realname import Verification

from .conftest import RULES, USCC, VAULT
from .identities import citizen, identity_client, shared, walk, world
from .provider import WAY

__all__ = ["citizen", "identity_client", "shared", "walk", "world"]  # fixtures


def count(model):
    with Reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def code_of(reply):
    return reply.status_code, reply.json["code"]


def test_an_account_becomes_whom_the_provider_says(walk, citizen, sandbox):
    reply = walk.whole(citizen, organisation=USCC)

    assert reply.status_code == 200
    assert reply.json == walk.client.get(WAY, headers=citizen).json
    assert reply.json["verified"] is reply.json["fresh"] is True
    assert reply.json["organisation"] == USCC
    zhang = sandbox.world.citizens.shown[0]
    with Reading() as session:
        held = realname.of_account(session, citizen.account_id)
        known = persons.read(session, VAULT, held.subject_id)
        acts = session.scalars(select(Entry.action).where(Entry.role == "citizen")).all()
    assert (known.number, known.name) == (zhang.number, "张三")
    assert acts == ["verify"]


def test_the_provider_may_say_until_when_somebody_represents(walk, citizen, world):
    today = day(world.now)
    soon, year = str(today + timedelta(days=9)), add_months(today, 12).isoformat()
    until = {soon: soon, "2099-01-01": year, "": year}

    said = {
        given: walk.whole(citizen, organisation=USCC, until=given).json["organisation_until"]
        for given in until
    }

    assert said == until
    over = walk.whole(citizen, organisation=USCC, until=str(today - timedelta(days=1))).json
    assert (over["organisation"], over["organisation_until"]) == (None, None)
    bad = walk.whole(citizen, organisation=USCC, until="for ever")
    assert code_of(bad) == (422, "identity_refused")


def test_nobody_is_verified_from_the_beginning(walk, citizen):
    reply = walk.client.get(WAY, headers=citizen)

    nothing = dict.fromkeys(("verified_at", "organisation", "organisation_until"))
    said = nothing | {"verified": False, "fresh": False}
    assert reply.json == said
    assert reply.headers["Cache-Control"] == "private, no-cache"


def test_the_way_is_asked_for_with_pkce_a_nonce_and_a_new_login(walk, citizen, world):
    begun = walk.begin(citizen)

    asked = parse_qs(urlsplit(begun.json["authorization_url"]).query)
    assert (begun.status_code, begun.json["purpose"]) == (201, "verify")
    assert begun.json["redirect_uri"] == asked["redirect_uri"][0]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/verification/return"]
    assert (asked["response_type"], asked["prompt"], asked["max_age"]) == (
        ["code"],
        ["login"],
        ["0"],
    )
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) == 43 for name in ("code_challenge", "nonce", "state"))
    lasts = datetime.fromisoformat(begun.json["expires_at"]) - world.now
    assert timedelta(minutes=9, seconds=58) < lasts <= timedelta(minutes=10)


def test_the_provider_refuses_a_way_without_pkce(walk, citizen):
    url = walk.begin(citizen).json["authorization_url"]
    bare = "&".join(part for part in url.split("&") if not part.startswith("code_challenge"))

    back = requests.get(bare, allow_redirects=False, timeout=10).headers["Location"]

    assert parse_qs(urlsplit(back).query)["error"] == ["invalid_request"]


def test_nothing_personal_is_said_logged_or_put_into_an_address(walk, citizen, sandbox):
    with capture_logs() as logged:
        url = walk.begin(citizen).json["authorization_url"]
        answer = walk.go(url)
        reply = walk.complete(citizen, answer)
        walk.order(kind="wrong_nonce", count=1)
        refused = walk.whole(citizen)

    said = json.dumps([url, answer, reply.json, refused.json, logged], default=str)
    number = sandbox.world.citizens.shown[0].number
    assert logged
    assert [secret for secret in (number, number[:14], "张三") if secret in said] == []
    assert not [value for value in answer.values() if value in json.dumps(logged, default=str)]


def test_a_known_person_is_the_same_subject(walk, sign_in, sandbox, world):
    number = sandbox.world.citizens.shown[0].number
    with Writing() as session:
        known = persons.known(session, VAULT, [persons.Given(number, "张三")], now=world.now)
    account = sign_in()

    walk.whole(account)

    with Reading() as session:
        assert realname.of_account(session, account.account_id).subject_id == known[number]
    assert count(Person) == 1


@pytest.mark.parametrize("state", ["guessed", "s" * 200])
def test_a_wrong_state_is_nobodys(walk, citizen, state):
    answer = walk.to_the_door(citizen) | {"state": state}

    assert code_of(walk.complete(citizen, answer)) == (404, "verification_not_found")


def test_an_answer_is_good_only_for_the_account_and_the_device_that_asked(walk, citizen, sign_in):
    other, tablet = sign_in(), sign_in(citizen.account_id, device="tablet")
    answer = walk.to_the_door(citizen)

    for headers in (other, tablet):
        assert code_of(walk.complete(headers, answer)) == (404, "verification_not_found")
    assert count(Verification) == 0
    assert walk.complete(citizen, answer).status_code == 200


def test_an_answer_is_good_once(walk, citizen):
    answer = walk.to_the_door(citizen)
    assert walk.complete(citizen, answer).status_code == 200

    assert code_of(walk.complete(citizen, answer)) == (404, "verification_not_found")


def test_an_answer_is_good_for_ten_minutes(walk, citizen, sign_in, world):
    answer = walk.to_the_door(citizen)
    world.now += timedelta(minutes=10)

    assert code_of(walk.complete(citizen, answer)) == (404, "verification_not_found")


def test_what_was_begun_last_counts(walk, citizen):
    first, second = walk.to_the_door(citizen), walk.to_the_door(citizen)

    assert code_of(walk.complete(citizen, first)) == (404, "verification_not_found")
    assert walk.complete(citizen, second).status_code == 200


def test_a_code_of_another_way_is_refused(walk, citizen, sign_in):
    stolen = walk.to_the_door(sign_in(), citizen="lisi")
    answer = walk.to_the_door(citizen)

    reply = walk.complete(citizen, answer | {"code": stolen["code"]})

    assert code_of(reply) == (422, "identity_refused")
    assert count(Verification) == 0


def test_a_code_that_was_used_is_refused(walk, citizen):
    used = walk.to_the_door(citizen)
    walk.complete(citizen, used)
    answer = walk.to_the_door(citizen)

    reply = walk.complete(citizen, answer | {"code": used["code"]})

    assert code_of(reply) == (422, "identity_refused")


@pytest.mark.parametrize(
    "kind",
    ["wrong_nonce", "wrong_key", "wrong_audience", "wrong_issuer", "expired", "old_login"],
)
def test_a_token_that_cannot_be_believed_makes_nobody_of_an_account(walk, citizen, kind):
    walk.order(kind=kind, count=1)

    assert code_of(walk.whole(citizen)) == (422, "identity_refused")
    assert (count(Verification), count(Person)) == (0, 0)
    assert walk.whole(citizen).status_code == 200


def test_a_minor_is_refused_and_nothing_is_kept(walk, citizen, world):
    adult_at = RULES.minors_under_age
    birthday = day(world.now).replace(day=1)
    young = birthday.replace(year=birthday.year - adult_at + 1)
    walk.order("citizens", openid="oYoung", name="小明", born=young.isoformat())

    reply = walk.whole(citizen, citizen="oYoung")

    assert code_of(reply) == (403, "minor")
    assert "监护人" in reply.json["detail"]
    assert (count(Verification), count(Person)) == (0, 0)


def test_a_person_has_one_account_and_an_account_one_person(walk, sign_in):
    first, second = sign_in(), sign_in()
    assert walk.whole(first).status_code == 200

    assert code_of(walk.whole(second)) == (409, "verified_elsewhere")
    assert code_of(walk.whole(first, citizen="lisi")) == (409, "another_person")


def test_only_who_is_signed_in_may_prove_anything(walk):
    assert walk.begin({}).status_code == 401
    assert walk.complete({}, {"code": "c", "state": "s"}).status_code == 401
    assert walk.client.get(WAY).status_code == 401


def test_the_challenge_sent_is_the_hash_of_what_is_kept(session, walk, citizen):
    asked = parse_qs(urlsplit(walk.begin(citizen).json["authorization_url"]).query)
    (held,) = session.scalars(select(Challenge))
    nonce, verifier = json.loads(VAULT.open(held.secrets_sealed, challenges.SECRETS))

    digest = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    assert (asked["nonce"], asked["code_challenge"]) == ([nonce], [digest])
    assert asked["state"][0] not in str(vars(held))
