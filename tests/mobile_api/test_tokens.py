import hashlib
import hmac
import json
import math

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mobile_api import keys

from .conftest import NOW, bearer


@pytest.fixture
def knock(client):
    """Post an empty form: 401 at the door, 422 once inside."""

    def knock(authorization):
        headers = {"Authorization": authorization} if authorization is not None else {}
        return client.post("/api/v1/repairs", json={}, headers=headers)

    return knock


def signed_with_the_public_key(header):
    """What a library takes that lets the token say how it is to be checked."""
    pem = keys.KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    unsigned = keys.raw({"alg": header, "kid": "k1"}, keys.claims(NOW)).rpartition(".")[0]
    digest = hmac.new(pem, unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{keys.encoded(digest)}"


def with_another_payload():
    header, _, signature = keys.token(NOW).split(".")
    payload = keys.encoded(json.dumps(keys.claims(NOW, sub="somebody-else")).encode())
    return f"{header}.{payload}.{signature}"


FORGED = {
    "empty": "",
    "garbage": "garbage",
    "dots": "..",
    "not ascii": "é.é.é",
    "no header": keys.raw([], {}),
    "deep header": keys.encoded(b"[" * 3000) + ".e30.e30",
    "alg none": keys.raw({"alg": "none", "kid": "k1"}, keys.claims(NOW)),
    "alg None": keys.raw({"alg": "None", "kid": "k1"}, keys.claims(NOW)),
    "no alg": keys.raw({"kid": "k1"}, keys.claims(NOW)),
    "HS256 with the public key": signed_with_the_public_key("HS256"),
    "ES256 with a shared secret": signed_with_the_public_key("ES256"),
    "ES384": keys.raw({"alg": "ES384", "kid": "k1"}, keys.claims(NOW), b"0" * 96),
    "no signature": keys.raw({"alg": "ES256", "kid": "k1"}, keys.claims(NOW)),
    "zero signature": keys.raw({"alg": "ES256", "kid": "k1"}, keys.claims(NOW), bytes(64)),
    "another payload": with_another_payload(),
    "a stranger's key": keys.token(NOW, key=keys.STRANGERS_KEY),
    "unknown kid": keys.token(NOW, kid="k2"),
    "no kid": keys.token(NOW, kid=None),
    "kid of no text": keys.raw({"alg": "ES256", "kid": {}}, keys.claims(NOW), bytes(64)),
    "wrong issuer": keys.token(NOW, iss="https://elsewhere.example"),
    "wrong audience": keys.token(NOW, aud="another-app"),
    "expired": keys.token(NOW, iat=keys.later(NOW, hours=-2), exp=keys.later(NOW, seconds=-31)),
    "from the future": keys.token(NOW, iat=keys.later(NOW, seconds=31)),
    "not yet": keys.token(NOW, nbf=keys.later(NOW, seconds=31)),
    "empty subject": keys.token(NOW, sub=""),
    "endless subject": keys.token(NOW, sub="x" * 201),
    "never expires": keys.token(NOW, exp=math.nan),
    "expires in words": keys.token(NOW, exp="later"),
    "endless": keys.token(NOW, more="x" * 4000),
    **{f"no {name}": keys.token(NOW, **{name: None}) for name in keys.claims(NOW)},
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_token_opens_nothing(knock, token):
    reply = knock(f"Bearer {token}")

    assert (reply.status_code, reply.json["code"]) == (401, "unauthorised")
    assert reply.headers["WWW-Authenticate"] == (
        'Bearer realm="credit-kunming", error="invalid_token"'
    )
    assert token == "" or token not in reply.text


@pytest.mark.parametrize("authorization", [None, "", "Basic eDp5", "bearer", "Token x"])
def test_no_token_is_asked_for(knock, authorization):
    reply = knock(authorization)

    assert (reply.status_code, reply.json["title"]) == (401, "请先登录")
    assert reply.headers["WWW-Authenticate"].startswith("Bearer realm=")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"aud": [keys.AUDIENCE, "another-app"]},
        {"exp": keys.later(NOW, seconds=-29)},  # clocks differ a little
        {"iat": keys.later(NOW, seconds=29)},
    ],
)
def test_a_good_token_opens_the_door(knock, changed):
    assert knock(f"bearer {keys.token(NOW, **changed)}").status_code == 422


def test_a_token_is_checked_by_the_clock_that_we_are_given(knock, world):
    world.now = NOW.replace(year=2020)

    assert knock(f"Bearer {keys.token(NOW)}").status_code == 401
    assert knock(f"Bearer {keys.token(world.now)}").status_code == 422


@pytest.mark.parametrize(
    "jwks",
    [
        {},
        {"keys": []},
        {"keys": [{"kid": "k1"}]},
        {"keys": [{"kid": "k1", "kty": "oct", "k": "c2VjcmV0"}]},
        {"keys": [{"kid": "k1", "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]},
    ],
)
def test_a_key_that_is_none_opens_nothing(knock, world, jwks):
    world.jwks = jwks

    assert knock(f"Bearer {keys.token(NOW)}").status_code == 401


def test_without_the_providers_keys_nobody_is_judged(knock, world):
    world.jwks = None

    reply = knock(f"Bearer {keys.token(NOW)}")

    assert (reply.status_code, reply.json["code"]) == (503, "identity_unavailable")
    assert int(reply.headers["Retry-After"]) > 0


def test_the_keys_are_fetched_for_nobody_without_a_token(knock, world):
    world.jwks = None

    assert knock(None).status_code == 401


@pytest.mark.parametrize("route", ["objections", "repairs"])
def test_who_asks_is_checked_before_what_they_ask(client, route):
    reply = client.post(f"/api/v1/{route}", data=b"{", content_type="text/plain")

    assert reply.status_code == 401


def test_a_key_of_another_person_of_the_same_provider_is_no_key(client, world, object_to):
    world.jwks = {"keys": [keys.public(keys.STRANGERS_KEY, "k1")]}

    assert object_to(1, bearer(keys.token(NOW))).status_code == 401


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100
)
@given(text=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=80))
def test_no_text_is_a_token(knock, text):
    assert knock(f"Bearer {text}").status_code == 401


def test_the_forgeries_differ_from_a_token_that_is_good():
    good = keys.token(NOW)

    assert good not in FORGED.values()
    assert jwt.decode(good, options={"verify_signature": False}) == keys.claims(NOW)
