"""PostgreSQL is restarted, without a word to anybody, while messages go out: all are told once."""

import random
import tempfile
from pathlib import Path

from config.database import upgrade
from tests.drills import verdict
from tests.drills.command import asked, size
from tests.drills.stage import stage
from tests.fixtures.cluster import Cluster, binaries

LATENCY = 0.03
OWN = {"times": 2}


def play(stage, cluster, *, followers, seed, times=2):
    """Restart the server at random moments; who stood in a transaction loses it."""
    chance = random.Random(seed)
    stage.order("latency", seconds=LATENCY)
    # A receipt that finds no database is refused, and WeChat gives up after three tries.
    stage.order("receipts", mode="delayed", seconds=4)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    for number in range(times):
        least = followers * number // (2 * times)
        stage.until(lambda least=least: stage.sent() > least)
        stage.rest(chance.uniform(0, 0.3))
        cluster.restart()
        stage.engine.dispose()  # the referee's own connections are gone, too
    return verdict.reached(stage, followers)


def played(**order):
    """Play on a server of its own: the others would fall with it."""
    with tempfile.TemporaryDirectory(prefix="xinyong-drill-") as name:
        cluster = Cluster(binaries(), ["fsync=on", "synchronous_commit=on", "full_page_writes=on"])
        try:
            upgrade(cluster.url)
            with stage(cluster.url, Path(name)) as set_up:
                return play(set_up, cluster, **order)
        finally:
            cluster.close()


def main(arguments):
    return played(**size(asked(arguments, own=OWN), own=OWN))
