"""Whoever works is killed with SIGKILL at random: web, ticker and workers; all are told once."""

import random
import signal

from tests.bench.report import figure
from tests.drills import verdict
from tests.drills.command import drilled
from tests.drills.stage import PACE

LATENCY = 0.03
ALL = ("ticker", "urgent", "web", "worker")
OWN = {"kills": 4}


def play(stage, *, followers, seed, kills=4):
    """Kill one after another, each at least once if there are as many kills, in any order."""
    chance = random.Random(seed)
    stage.order("latency", seconds=LATENCY)
    # A receipt that finds nobody is brought again, and given up after three tries: it comes when
    # whoever was killed has started again.
    stage.order("receipts", mode="delayed", seconds=4 * PACE / int(stage.environ["PACE"]))
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    doomed = [name for _ in range(0, kills, len(ALL)) for name in chance.sample(ALL, len(ALL))]
    # The one who is to see the event dies before it can.
    stage.crew.signal("ticker", signal.SIGKILL)
    stage.blacklist(entity)
    for number, name in enumerate(doomed[:kills]):
        stage.until(_is_sending(stage, followers * number // (2 * kills)))
        stage.rest(chance.uniform(0, 0.4))
        stage.crew.signal(name, signal.SIGKILL)
    stage.until(stage.web_is_there)
    found = verdict.reached(stage, followers)
    # Whose receipt WeChat gave up on has got the message all the same; the row says so.
    return found | {"not_delivered": figure(found["not_delivered"]["value"])}


def _is_sending(stage, at_least):
    return lambda: stage.sent() > at_least


def main(arguments):
    return drilled(play, arguments, own=OWN)
