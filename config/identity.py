"""The identity provider's public keys: fetched by a worker, read by the web from Redis."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import requests
from redis import Redis
from redis.exceptions import RedisError

Keys = dict[str, Any]
_KEY = "identity:jwks"
_KEPT_SECONDS = 24 * 3600
_FRESH_SECONDS = 60


def fetch(redis: Redis, issuer: str) -> None:
    """Fetch the keys that the provider signs with. Raises RequestException, KeyError."""
    about = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    answer = _get(about["jwks_uri"])
    # Taken out by name: an answer without keys must not replace those that we hold.
    redis.set(_KEY, json.dumps({"keys": answer["keys"]}), ex=_KEPT_SECONDS)


def reader(redis: Redis) -> Callable[[], Keys | None]:
    """Return a function that gives the keys, looked up at most once a minute."""
    held: dict[str, Keys] = {}
    looked = [float("-inf")]

    def keys() -> Keys | None:
        if not held or time.monotonic() - looked[0] > _FRESH_SECONDS:
            with suppress(RedisError):
                # Noted first: a Redis that hangs must not be waited for at every request.
                looked[0] = time.monotonic()
                if stored := redis.get(_KEY):
                    held["keys"] = json.loads(stored)
        return held.get("keys")

    return keys


def _get(url: str) -> dict[str, Any]:
    reply = requests.get(url, timeout=(3.05, 5))
    reply.raise_for_status()
    answer: dict[str, Any] = reply.json()
    return answer
