"""Outage (服务中断): WeChat answers nobody, so nothing is tried; every process knows by Redis.

A try whose outcome is not known may be repeated only while WeChat would recognise it, so whatever
is tried in an outage is lost to this way. One harmless question now and then says when it is over.
"""

import asyncio
from contextlib import suppress

import structlog
from redis import Redis
from redis.exceptions import RedisError

from core.pace import Pace
from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError
from messages.wechat.lines import Lines

log = structlog.get_logger()

# If a fifth of all calls fail, so many in a row are met once in ten million.
MANY = 10
_SILENCE = frozenset({Action.BUSY, Action.PAUSE})
_KEY, _ASKED = "wechat:outage", "wechat:outage:asked"


class Outage:
    """What all processes know of an outage; without Redis nobody knows of any."""

    def __init__(self, redis: Redis, pace: Pace) -> None:
        self._redis = redis
        self._wait = max(1, int(pace.outage_wait.total_seconds() * 1000))

    def begin(self) -> None:
        """Tell everybody to try nothing."""
        with suppress(RedisError):
            self._redis.set(_ASKED, b"1", px=self._wait)
            self._redis.set(_KEY, b"1", ex=24 * 3600)

    def end(self) -> None:
        """Tell everybody to go on."""
        with suppress(RedisError):
            self._redis.delete(_KEY)

    def lasts(self) -> bool:
        """Say whether nobody is to try anything."""
        with suppress(RedisError):
            return bool(self._redis.exists(_KEY))
        return False

    def may_ask(self) -> bool:
        """Take it upon us to ask whether it is over; of all processes one does, now and then."""
        with suppress(RedisError):
            return bool(self._redis.set(_ASKED, b"1", px=self._wait, nx=True))
        return False


class Pulse:
    """Feels for one run whether WeChat answers."""

    def __init__(self, outage: Outage | None, lines: Lines) -> None:
        self._outage = outage
        self._lines = lines
        self._missed = 0

    async def is_there(self) -> bool:
        """Say whether anything is to be tried; good inside the lines."""
        if self._outage is None or not await asyncio.to_thread(self._outage.lasts):
            return True
        if not await asyncio.to_thread(self._outage.may_ask) or not await self._answers():
            return False
        log.info("wechat_answers_again")
        await asyncio.to_thread(self._outage.end)
        return True

    def beat(self) -> None:
        """Note that WeChat has answered."""
        self._missed = 0

    async def missed(self) -> bool:
        """Note that a call came to nothing; say whether WeChat is taken to answer nobody."""
        self._missed += 1
        if self._outage is None or self._missed < MANY:
            return False
        if self._missed == MANY:
            log.error("wechat_outage")
            await asyncio.to_thread(self._outage.begin)
        return True

    async def _answers(self) -> bool:
        try:
            await self._lines.ping()
        except WeChatError as error:
            return error.action not in _SILENCE  # a refusal is an answer
        return True
