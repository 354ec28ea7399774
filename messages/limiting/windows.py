"""Sliding windows: requests are counted in Redis, and in this process while Redis is away.

Whoever finds Redis gone waits a twentieth of a second once. Then a thread of its own looks for it,
and nobody waits until it is back.
"""

import hashlib
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from math import ceil, floor
from typing import Any

import structlog
from limits.storage import MemoryStorage, RedisStorage
from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError
from redis.retry import Retry

from messages.limiting.purses import Purses
from messages.limiting.standings import Count, Standing

log = structlog.get_logger()

PATIENCE = 0.05
_LOOK_EVERY = 1.0
# Both scripts of the library as one: count, and say how the windows stand.
_TAKE = f"""
local function take() {RedisStorage.SCRIPT_ACQUIRE_SLIDING_WINDOW.decode()} end
local function look(ARGV) {RedisStorage.SCRIPT_SLIDING_WINDOW.decode()} end
return {{take() and 1 or 0, look({{ARGV[2]}})}}
"""
_TAKE_SHA = hashlib.sha1(_TAKE.encode(), usedforsecurity=False).hexdigest()


class Windows:
    """All windows of a service, shared by its processes through Redis."""

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        times = {"socket_timeout": patience, "socket_connect_timeout": patience}
        pool = ConnectionPool.from_url(url, retry=Retry(NoBackoff(), 0), **times)
        self._redis = Redis(connection_pool=pool)
        self._purses = Purses()
        self._looking = threading.Lock()
        self.is_away = False

    def count(self, wanted: Sequence[Count]) -> list[Standing]:
        """Count a request against some budgets; what is over a budget is not counted in it."""
        paid = {one: self._purses.spend(one) for one in wanted}
        rest = [one for one, standing in paid.items() if standing is None]
        counted = dict(zip(rest, self._counted(rest), strict=True)) if rest else {}
        return [paid[one] or counted[one] for one in wanted]

    def _counted(self, wanted: Sequence[Count]) -> list[Standing]:
        if not self.is_away:
            try:
                return self._there([(one, self._purses.wants(one)) for one in wanted])
            except RedisError as error:
                self._lost(error)
        return [self._here(one) for one in wanted]

    def _there(self, wanted: Sequence[tuple[Count, int]]) -> list[Standing]:
        try:
            answers = self._asked(wanted)
        except NoScriptError:  # a Redis that was started anew
            self._redis.script_load(_TAKE)
            answers = self._asked(wanted)
        return [
            self._told(one, amount, _standing(one, bool(passed), window))
            for (one, amount), (passed, window) in zip(wanted, answers, strict=True)
        ]

    def _told(self, one: Count, amount: int, standing: Standing) -> Standing:
        if standing.is_over and amount > 1:  # others were here meanwhile: one may still pass
            return self._there([(one, 1)])[0]
        return self._purses.fill(one, amount, standing)

    def _asked(self, wanted: Sequence[tuple[Count, int]]) -> list[Any]:
        asked = [_arguments(one, amount) for one, amount in wanted]
        if len(asked) == 1:
            return [self._redis.evalsha(_TAKE_SHA, *asked[0])]
        pipe = self._redis.pipeline(transaction=False)
        for arguments in asked:
            pipe.evalsha(_TAKE_SHA, *arguments)
        answers: list[Any] = pipe.execute()
        return answers

    def _here(self, one: Count) -> Standing:
        key, seconds = one.item.key_for(one.per, one.whose), one.item.get_expiry()
        passed = self._memory.acquire_sliding_window_entry(key, one.item.amount, seconds)
        window = self._memory.get_sliding_window(key, seconds)
        before, before_ends, now, now_ends = window
        return _standing(one, passed, (before, before_ends * 1000, now, now_ends * 1000))

    @cached_property
    def _memory(self) -> MemoryStorage:
        return MemoryStorage()

    def _lost(self, error: RedisError) -> None:
        self.is_away = True
        if self._looking.acquire(blocking=False):
            log.warning("limits_redis_away", error=type(error).__name__)
            threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        with_redis = False
        while not with_redis:
            time.sleep(_LOOK_EVERY)
            with suppress(RedisError):
                with_redis = self._redis.ping()
        self._looking.release()
        self.is_away = False


def _arguments(one: Count, amount: int) -> tuple[Any, ...]:
    key = f"api:limits:{one.per}:{one.item.amount}:{one.whose}"
    numbers = one.item.amount, one.item.get_expiry(), amount
    return (2, f"{key}:before", f"{key}:now", *numbers)


def _standing(one: Count, passed: bool, window: Sequence[Any]) -> Standing:  # noqa: FBT001
    amount, seconds = one.item.amount, one.item.get_expiry()
    before, before_ends, now, now_ends = (max(0.0, float(part or 0)) for part in window)
    used = floor(before * before_ends / 1000 / seconds) + now
    waits = [now_ends / 1000 % seconds or seconds] if now else []
    if before:  # the window before slides out, one request after the other
        waits.append(before_ends / 1000 % (seconds / before))
    left = max(0, amount - int(used))
    reset = max(1, ceil(min(waits, default=1.0)))
    return Standing(one.per, amount, seconds, left, reset, is_over=not passed)
