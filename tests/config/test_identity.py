"""The identity provider's keys: fetched by a worker, read by the web, kept through a bad hour."""

import pytest
import requests
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from config import identity


class Shaky:
    """A Redis that can be taken away."""

    def __init__(self, redis):
        self.redis, self.away, self.asked = redis, False, 0

    def get(self, key):
        self.asked += 1
        if self.away:
            raise RedisError
        return self.redis.get(key)


def test_keys_are_fetched_and_read_back(redis, sandbox):
    identity.fetch(redis, f"{sandbox.url}/identity")

    (key,) = identity.reader(redis)()["keys"]
    assert (key["kty"], key["crv"]) == ("EC", "P-256")
    assert redis.ttl("identity:jwks") > 23 * 3600


def test_without_keys_there_are_none_until_they_come(redis, sandbox):
    keys = identity.reader(redis)
    assert keys() is None

    identity.fetch(redis, f"{sandbox.url}/identity/")

    assert keys() is not None


def test_keys_are_looked_up_once_a_minute(redis, sandbox, monkeypatch):
    identity.fetch(redis, f"{sandbox.url}/identity")
    store = Shaky(redis)
    keys = identity.reader(store)
    assert keys() == keys()
    assert store.asked == 1

    monkeypatch.setattr(identity, "_FRESH_SECONDS", -1)
    keys()
    assert store.asked == 2


def test_keys_survive_redis_away_and_it_is_not_asked_each_time(redis, sandbox, monkeypatch):
    identity.fetch(redis, f"{sandbox.url}/identity")
    store = Shaky(redis)
    keys = identity.reader(store)
    held = keys()
    store.away = True
    monkeypatch.setattr(identity, "_FRESH_SECONDS", -1)
    assert keys() == held
    monkeypatch.setattr(identity, "_FRESH_SECONDS", 60)

    assert [keys(), keys()] == [held] * 2
    assert store.asked == 2


def test_a_redis_never_there_means_no_keys():
    assert identity.reader(Redis(port=1, retry=Retry(NoBackoff(), 0)))() is None


@pytest.mark.parametrize("path", ["/nowhere", "/_control"])
def test_a_provider_that_fails_takes_no_keys_away(redis, sandbox, path):
    identity.fetch(redis, f"{sandbox.url}/identity")

    with pytest.raises(requests.RequestException):
        identity.fetch(redis, f"{sandbox.url}{path}")

    assert identity.reader(redis)()["keys"]
