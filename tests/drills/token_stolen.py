"""Another program with our secret renews the token again and again: ours is void each time."""

import time

from tests.bench.report import figure
from tests.drills import verdict
from tests.drills.command import drilled

FETCH = "/cgi-bin/stable_token"
STOLEN = 40001
LATENCY = 0.02
EVERY = 0.25
PATIENCE = 60.0
IN_FLIGHT = 2
SETTINGS = {"SENDS_IN_FLIGHT": str(IN_FLIGHT)}


def play(stage, *, followers, seed):
    """Steal until all is told; each new token is fetched by one process only."""
    del seed
    stage.order("latency", seconds=LATENCY)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    stolen = _steal_until_told(stage, followers)
    found = verdict.reached(stage, followers)
    fetched = len(stage.read("log", path=FETCH)["calls"])
    calls = [call for way in verdict.PATHS for call in verdict.calls(stage, way)]
    refused = sum(call["errcode"] == STOLEN for call in calls)
    return found | {
        "stolen": figure(stolen, ">= 3"),
        "fetched": figure(fetched, f"<= {stolen + 1}"),
        # Each of the two workers has at most so many calls under way with a token that is void.
        "refused": figure(refused, f"<= {2 * IN_FLIGHT * (stolen + 1)}"),
    }


def _steal_until_told(stage, followers):
    end = time.monotonic() + PATIENCE
    stolen = 0
    while stage.sent() < followers and time.monotonic() < end:
        stage.order("token/steal")
        stolen += 1
        stage.rest(EVERY)
    return stolen


def main(arguments):
    return drilled(play, arguments, **SETTINGS)
