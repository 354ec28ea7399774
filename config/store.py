"""Redis for jobs and the ticker: bounded in time, so that what hangs costs seconds, not the job."""

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

_CONNECT_SECONDS, _ANSWER_SECONDS = 3.0, 5.0


def connect(url: str) -> Redis:
    """Return a client that asks once more on a new connection, and then gives up."""
    return Redis.from_url(
        url,
        socket_connect_timeout=_CONNECT_SECONDS,
        socket_timeout=_ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )
