"""Pacing: so many sends a second, whoever sends; all processes share one pace through Redis."""

import asyncio
from collections import deque
from typing import Protocol

from redis import Redis
from redis.exceptions import RedisError

from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError

# What is reserved at once is as much as a pause can later send in one go: a twentieth of a second.
_AHEAD_SECONDS = 0.05
# To wait less costs more than it is worth.
_SOON_SECONDS = 0.001
_KEY = "wechat:pace"
# The next free instant moves on by what is reserved; Redis's own clock is everybody's.
_RESERVE = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local first = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local last = string.format('%.6f', first + ARGV[1] / ARGV[2])
redis.call('SET', KEYS[1], last, 'EX', 60 + math.ceil(ARGV[1] / ARGV[2]))
return string.format('%.6f', first - now)
"""


class Pacer(Protocol):
    """Says when the next send may go out."""

    async def turn(self) -> None:
        """Wait for one's turn. Raises WeChatError where nobody can say."""


class Unpaced:
    """Lets everybody go at once."""

    async def turn(self) -> None:
        """Wait for nothing."""


class SharedPacer:
    """Keeps `rate` sends a second over all processes; never more after a pause."""

    def __init__(self, redis: Redis, rate: float) -> None:
        self._redis = redis
        self._rate = rate
        self._block = max(1, int(rate * _AHEAD_SECONDS))
        self._slots: deque[float] = deque()
        self._reserving = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for one's turn. Raises WeChatError (nobody may send just now) without Redis."""
        clock = asyncio.get_running_loop().time
        async with self._reserving:
            while self._slots and self._slots[0] < clock() - _AHEAD_SECONDS:
                self._slots.popleft()  # what was slept over is not caught up with
            if not self._slots:
                await self._reserve()
            slot = self._slots.popleft()
            # Nobody reserves far ahead: an alert comes in between, however many others wait.
            if (early := slot - clock() - _AHEAD_SECONDS) > 0:
                await asyncio.sleep(early)
        if (wait := slot - clock()) > _SOON_SECONDS:
            await asyncio.sleep(wait)

    async def _reserve(self) -> None:
        wait = await asyncio.to_thread(self._asked)
        first = asyncio.get_running_loop().time() + wait
        self._slots.extend(first + place / self._rate for place in range(self._block))

    def _asked(self) -> float:
        try:
            wait = self._redis.eval(_RESERVE, 1, _KEY, str(self._block), str(self._rate))
        except RedisError as error:
            raise WeChatError(Action.PAUSE, f"pace: {type(error).__name__}") from None
        return float(wait)
