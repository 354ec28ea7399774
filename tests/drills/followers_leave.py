"""Followers leave in mid-delivery: they get nothing more, and their rows say why."""

import random

from core.outbox.deliveries import DeliveryState
from tests.bench.report import figure
from tests.drills import audience, verdict
from tests.drills.command import drilled

# One at a time: they leave while others are still waiting.
SETTINGS = {"SENDS_IN_FLIGHT": "1"}
LATENCY = 0.1
OWN = {"share": 0.25}


def play(stage, *, followers, seed, share=0.25):
    """Let some leave while messages go out; nobody else misses anything."""
    chance = random.Random(seed)
    stage.order("latency", seconds=LATENCY)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    stage.until(lambda: stage.sent() > 0)
    leaving = chance.sample(audience.openids(followers), int(followers * share))
    for openid in leaving:
        stage.order("event", openid=openid, event="unsubscribe")
    found = verdict.reached(stage, followers)
    return found | _of(stage.told(), set(leaving), found)


def _of(rows, leaving, found):
    missed = [row for row in rows if row.state is not DeliveryState.DELIVERED]
    others = sum(row.openid not in leaving for row in missed)
    stayed = len(rows) - len(leaving)
    return {
        "told_once": figure(found["told_once"]["value"], f">= {stayed}"),
        "not_delivered": figure(found["not_delivered"]["value"], f"<= {len(leaving)}"),
        "left_in_time": figure(len(missed), ">= 1"),
        "missed_though_they_stayed": figure(others, "<= 0"),
    }


def main(arguments):
    return drilled(play, arguments, own=OWN, **SETTINGS)
