"""The pace is everybody's, and after a pause nobody runs to catch up."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis

from messages.pacing import SharedPacer, Unpaced
from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError


def turns(pacer_of, count):
    """Take so many turns; return the instants at which they came, in seconds."""

    async def take():
        pacer, clock = pacer_of(), asyncio.get_running_loop().time

        async def one():
            await pacer.turn()
            return clock()

        return await asyncio.gather(*(one() for _ in range(count)))

    return asyncio.run(take())


def test_without_a_pace_nobody_waits():
    assert len(turns(Unpaced, 100)) == 100


@pytest.mark.parametrize("processes", [1, 3])
def test_all_together_keep_the_pace(redis, valkey_url, processes):
    rate, each = 200, 60

    def run(_):
        return turns(lambda: SharedPacer(Redis.from_url(valkey_url), rate), each)

    with ThreadPoolExecutor(processes) as pool:
        came = sorted(at for part in pool.map(run, range(processes)) for at in part)

    # So many turns take at least so long, but for the few that are reserved at once.
    assert came[-1] - came[0] >= (processes * each - 10 * processes) / rate


def test_what_was_slept_over_is_not_caught_up_with(redis, valkey_url):
    rate = 100

    async def take():
        pacer, clock = (
            SharedPacer(Redis.from_url(valkey_url), rate),
            asyncio.get_running_loop().time,
        )
        await pacer.turn()
        await asyncio.sleep(0.5)
        began = clock()
        await asyncio.gather(*(pacer.turn() for _ in range(30)))
        return clock() - began

    assert asyncio.run(take()) >= 0.2


def test_an_alert_does_not_wait_until_all_have_gone_who_wait_already(redis, valkey_url):
    """Of many who wait few have a turn reserved: the next free one is soon."""
    rate, many = 10, 100

    async def reserved():
        campaign = SharedPacer(Redis.from_url(valkey_url), rate)
        waiting = [asyncio.create_task(campaign.turn()) for _ in range(many)]
        for _, one in zip(range(3), asyncio.as_completed(waiting), strict=False):
            await one
        seconds, millionths = redis.time()
        ahead = float(redis.get("wechat:pace")) - seconds - millionths / 1_000_000
        for one in waiting:
            one.cancel()
        return ahead

    assert asyncio.run(reserved()) < 0.1 * many / rate


def test_without_redis_nobody_sends_just_now():
    with pytest.raises(WeChatError) as refusal:
        turns(lambda: SharedPacer(Redis(host="127.0.0.1", port=1), 100), 1)

    assert refusal.value.action is Action.PAUSE
