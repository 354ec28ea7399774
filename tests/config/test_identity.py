"""Where the identity provider is: fetched by a worker, read by the web, kept through a bad hour."""

import json

import pytest
import requests
from joserfc.errors import JoseError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from config import identity, relying


class Shaky:
    """A Redis that can be taken away."""

    def __init__(self, redis):
        self.redis, self.away, self.asked = redis, False, 0

    def get(self, key):
        self.asked += 1
        if self.away:
            raise RedisError
        return self.redis.get(key)


@pytest.fixture
def issuer(sandbox):
    return f"{sandbox.url}/identity"


@pytest.fixture
def found(redis, issuer):
    identity.fetch(redis, issuer)


def spoil(sandbox, monkeypatch, **changed):
    """Let the provider say something else of itself."""
    from sandbox import identity as provider

    described = provider.described
    monkeypatch.setattr(provider, "described", lambda issuer: described(issuer) | changed)


def test_a_provider_is_fetched_and_read_back(redis, found, issuer):
    provider = relying.reader(redis)()

    (key,) = provider.keys.keys
    assert (key.key_type, key["crv"]) == ("EC", "P-256")
    assert provider.authorization_endpoint == f"{issuer}/authorize"
    assert provider.token_endpoint == f"{issuer}/token"
    assert redis.ttl("identity:provider") > 23 * 3600


def test_without_a_provider_there_is_none_until_it_comes(redis, issuer):
    provider = relying.reader(redis)
    assert provider() is None

    identity.fetch(redis, issuer)

    assert provider() is not None


def test_a_provider_is_looked_up_once_a_minute(redis, found, monkeypatch):
    store = Shaky(redis)
    provider = relying.reader(store)
    assert provider() is provider()
    assert store.asked == 1

    monkeypatch.setattr(relying, "_FRESH_SECONDS", -1)
    provider()
    assert store.asked == 2


def test_it_survives_redis_away_and_that_is_not_asked_each_time(redis, found, monkeypatch):
    store = Shaky(redis)
    provider = relying.reader(store)
    held = provider()
    store.away = True
    monkeypatch.setattr(relying, "_FRESH_SECONDS", -1)
    assert provider() is held
    monkeypatch.setattr(relying, "_FRESH_SECONDS", 60)

    assert [provider(), provider()] == [held] * 2
    assert store.asked == 2


def test_a_redis_never_there_means_no_provider():
    assert relying.reader(Redis(port=1, retry=Retry(NoBackoff(), 0)))() is None


@pytest.mark.parametrize("path", ["/nowhere", "/_control"])
def test_a_provider_that_fails_takes_nothing_away(redis, sandbox, found, path):
    with pytest.raises(requests.RequestException):
        identity.fetch(redis, f"{sandbox.url}{path}")

    assert relying.reader(redis)() is not None


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "ftp://elsewhere.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_a_provider_that_is_another_or_less_safe_is_not_believed(
    redis, sandbox, found, issuer, monkeypatch, changed
):
    held = redis.get("identity:provider")
    spoil(sandbox, monkeypatch, **changed)

    with pytest.raises(ValueError, match="provider"):
        identity.fetch(redis, issuer)

    assert redis.get("identity:provider") == held


def test_keys_that_cannot_be_read_do_not_replace_those_that_can(
    redis, sandbox, found, issuer, monkeypatch
):
    here = f"{issuer}/.well-known/openid-configuration"
    spoil(sandbox, monkeypatch, jwks_uri=here, keys=[{"kty": "unheard of"}])

    with pytest.raises(JoseError):
        identity.fetch(redis, issuer)

    assert json.loads(redis.get("identity:provider"))["keys"][0]["kty"] == "EC"


def test_a_desk_shows_what_the_app_hands_in_and_the_city_does_not(redis):
    from tests.fixtures.service import settings_for

    client = relying.client(settings_for("sqlite:///none.db", "redis://none"), redis)

    assert client.on_desk
    assert client.redirect_uri == "http://127.0.0.1:8000/verification/return"
