"""Windows (客服消息窗口): to whom we may write freely, for how long, and how often.

Source: since June 2023, five messages within 48 hours of one that somebody wrote. The windows of
a minute after a tap are over before a notice is written. Forgotten with Redis, they count as shut.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis

from core.pace import Pace

_HOURS, _MESSAGES = 48, 5
# A message that is on its way opens no window again.
_SPEND = "if redis.call('EXISTS', KEYS[1]) == 1 then return redis.call('DECR', KEYS[1]) end"


@dataclass(frozen=True)
class Windows:
    """The open windows of one official account."""

    redis: Redis
    pace: Pace

    def opened(self, openid: str) -> None:
        """Note that somebody has written to us."""
        name, number, seconds = opening(openid, self.pace)
        self.redis.set(name, number, ex=seconds)

    def open(self, openids: Sequence[str]) -> set[str]:
        """Return those to whom we may write now."""
        if not openids:
            return set()
        held = self.redis.mget([_key(openid) for openid in openids])
        return {openid for openid, left in zip(openids, held, strict=True) if int(left or 0) > 0}

    def spend(self, openid: str) -> None:
        """Take a message off a window."""
        self.redis.eval(_SPEND, 1, _key(openid))

    def shut(self, openid: str) -> None:
        """Note that WeChat says a window is shut."""
        self.redis.delete(_key(openid))


def opening(openid: str, pace: Pace) -> tuple[str, int, int]:
    """Return what Redis keeps when somebody writes: the name, the messages, for how long."""
    return _key(openid), _MESSAGES, max(1, _HOURS * 3600 // pace.speed)


def _key(openid: str) -> str:
    return f"wechat:window:{openid}"
