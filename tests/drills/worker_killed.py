"""Workers are killed with SIGKILL in mid-batch, again and again: everybody is told once."""

import random
import signal

from tests.drills import verdict
from tests.drills.command import drilled

LATENCY = 0.03
WORKERS = ["urgent", "worker"]
OWN = {"kills": 4}


def play(stage, *, followers, seed, kills=4):
    """Kill a worker and the horse that it sends with, at random moments while sends are slow."""
    chance = random.Random(seed)
    stage.order("latency", seconds=LATENCY)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    for number in range(kills):
        stage.until(_is_sending(stage, followers * number // (2 * kills)))
        stage.rest(chance.uniform(0, 0.4))
        stage.crew.signal(WORKERS[number % 2], signal.SIGKILL)
    return verdict.reached(stage, followers)


def _is_sending(stage, at_least):
    return lambda: stage.sent() > at_least


def main(arguments):
    return drilled(play, arguments, own=OWN)
