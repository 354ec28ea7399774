"""A worker stands still for longer than WeChat remembers, and then goes on as if nothing was."""

import signal

from core.outbox.deliveries import DeliveryState
from tests.bench.report import figure
from tests.drills import verdict
from tests.drills.command import drilled

# Faster than the other drills: WeChat forgets three seconds after the last word. One at a time, so
# that a batch takes long enough to be caught in.
SETTINGS = {"pace": 180, "SENDS_IN_FLIGHT": "1"}
FORGOTTEN = 6.0
LATENCY = 0.02


def play(stage, *, followers, seed):
    """Stop a worker in mid-batch; what it held is told by another before it wakes."""
    del seed
    stage.order("latency", seconds=LATENCY)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.crew.signal("worker", signal.SIGSTOP)
    stage.blacklist(entity)
    stage.until(lambda: stage.sent() > 0 and _is_caught(stage))
    held = _sending(stage)
    stage.crew.signal("worker", signal.SIGCONT)
    stage.rest(FORGOTTEN)
    stage.crew.signal("urgent", signal.SIGCONT)
    stage.rest(1)
    found = verdict.reached(stage, followers) | {"held": figure(held, ">= 1")}
    # Whom the other worker came too late for is not told; on a slow machine that is no fault.
    late = {name: figure(found[name]["value"]) for name in ("told_once", "not_delivered")}
    return found | late


def _is_caught(stage):
    """Stop the worker; let it go again if it was between two batches."""
    stage.crew.signal("urgent", signal.SIGSTOP)
    if _sending(stage):
        return True
    stage.crew.signal("urgent", signal.SIGCONT)
    return False


def _sending(stage):
    return sum(row.state is DeliveryState.SENDING for row in stage.told())


def main(arguments):
    return drilled(play, arguments, **SETTINGS)
