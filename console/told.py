"""What was done, told on the next page: one sentence that waits in Redis beside the session."""

from datetime import timedelta
from typing import cast

from console import asking

_KEY = "console:told:{}"
_WAITS = timedelta(minutes=5)


def tell(text: str) -> None:
    """Let the next page of this session begin with a sentence. No personal data in it."""
    key, redis = _key(), asking.current().parts.redis
    with redis.pipeline() as pipe:
        pipe.rpush(key, text)
        pipe.expire(key, _WAITS)
        pipe.execute()


def heard() -> list[str]:
    """Return what waits to be told, once."""
    key = _key()
    with asking.current().parts.redis.pipeline() as pipe:
        pipe.lrange(key, 0, -1)
        pipe.delete(key)
        texts = cast("list[bytes]", pipe.execute()[0])
    return [text.decode() for text in texts]


def _key() -> str:
    return _KEY.format(asking.current().session.kept.handle)
