"""Redis is wiped, and killed and started empty: the rows in the database owe on."""

import random
import shutil

from tests.drills import verdict
from tests.drills.command import drilled

LATENCY = 0.02


def play(stage, *, followers, seed):
    """Wipe Redis between event and delivery and in mid-delivery; then kill it, and its file."""
    chance = random.Random(seed)
    stage.order("latency", seconds=LATENCY)
    # A receipt that finds no Redis is refused, and WeChat gives up after three tries.
    stage.order("receipts", mode="delayed", seconds=4)
    entity = stage.gather(followers)
    stage.start("web", "ticker")
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    stage.until(lambda: _jobs(stage) > 0)
    stage.wipe()
    stage.start("urgent", "worker")
    stage.until(lambda: stage.sent() > followers // 10)
    stage.rest(chance.uniform(0, 0.2))
    stage.wipe()
    stage.until(lambda: stage.sent() > followers // 3)
    lose(stage)
    return verdict.reached(stage, followers)


def _jobs(stage):
    with stage.redis() as redis:
        return redis.llen("rq:queue:urgent")


def lose(stage):
    """Kill the server, and lose all that it had written down."""
    server = stage.valkey._started
    server.kill()
    server.wait()
    shutil.rmtree(stage.folder / "valkey" / "appendonlydir")
    stage.rest(0.2)
    stage.valkey.ensure()


def main(arguments):
    return drilled(play, arguments)
