"""Failed sign-ins from one address: beside the lock of each member, against guessing at many."""

from datetime import timedelta
from typing import cast

from redis import Redis

MOST = 30
_WINDOW = timedelta(minutes=10)
_KEY = "console:failed:{}"


def too_many(redis: Redis, address: str) -> bool:
    """Say whether too many sign-ins from an address have failed of late."""
    return int(cast("bytes | None", redis.get(_KEY.format(address))) or 0) >= MOST


def failed(redis: Redis, address: str) -> None:
    """Count one more failure from an address."""
    with redis.pipeline() as pipe:
        pipe.incr(_KEY.format(address))
        pipe.expire(_KEY.format(address), _WINDOW, nx=True)
        pipe.execute()
