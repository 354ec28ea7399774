"""We as the identity provider knows us; where it is, the web reads from Redis."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from joserfc.jwk import KeySet
from redis import Redis
from redis.exceptions import RedisError

from config.identity import ENDPOINTS, KEPT
from config.settings import Mode, Settings
from messages.identity.oidc import Client, Names, Provider
from mobile_api import returning

_FRESH_SECONDS = 60


def client(settings: Settings, redis: Redis, back: str = returning.PATH) -> Client:
    """Return us as the provider knows us; `back` is where it sends a browser back to."""
    return Client(
        issuer=settings.identity_issuer,
        client_id=settings.identity_client_id,
        secret=settings.identity_client_secret.get_secret_value(),
        scopes=settings.identity_scopes,
        redirect_uri=f"{settings.public_url}{back}",
        names=Names(
            name=settings.identity_claim_name,
            number=settings.identity_claim_number,
            organisation=settings.identity_claim_organisation,
            organisation_until=settings.identity_claim_organisation_until,
        ),
        provider=reader(redis),
        on_desk=settings.mode is Mode.DEVELOPMENT,
    )


def reader(redis: Redis) -> Callable[[], Provider | None]:
    """Return a function that gives the provider, looked up at most once a minute."""
    held: list[Provider] = []
    looked = [float("-inf")]

    def provider() -> Provider | None:
        if not held or time.monotonic() - looked[0] > _FRESH_SECONDS:
            with suppress(RedisError):
                # Noted first: a Redis that hangs must not be waited for at every request.
                looked[0] = time.monotonic()
                if stored := redis.get(KEPT):
                    held[:] = [_read(json.loads(stored))]
        return held[0] if held else None

    return provider


def _read(stored: dict[str, Any]) -> Provider:
    keys = KeySet.import_key_set({"keys": stored["keys"]})
    return Provider(**{name: stored[name] for name in ENDPOINTS}, keys=keys)
