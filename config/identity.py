"""The identity provider: a worker asks where it is and with what it signs, and keeps that."""

import json
from typing import Any
from urllib.parse import urlsplit

import requests
from joserfc.jwk import KeySet
from redis import Redis

KEPT = "identity:provider"
ENDPOINTS = ("authorization_endpoint", "token_endpoint")
_KEPT_SECONDS = 24 * 3600


def fetch(redis: Redis, issuer: str) -> None:
    """Fetch where the provider is and its keys.

    Raises RequestException, KeyError, ValueError, JoseError: then what we hold stays.
    """
    about = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if about["issuer"] != issuer:
        raise ValueError("the provider is not the one that was asked for")
    held = {name: about[name] for name in ENDPOINTS}
    for url in (*held.values(), about["jwks_uri"]):
        if urlsplit(url).scheme not in {"https", urlsplit(issuer).scheme}:
            raise ValueError("an endpoint is less safe than the provider itself")
    keys = _get(about["jwks_uri"])["keys"]
    # Read once before they replace those that we hold.
    KeySet.import_key_set({"keys": keys})
    redis.set(KEPT, json.dumps(held | {"keys": keys}), ex=_KEPT_SECONDS)


def _get(url: str) -> dict[str, Any]:
    reply = requests.get(url, timeout=(3.05, 5))
    reply.raise_for_status()
    answer: dict[str, Any] = reply.json()
    return answer
