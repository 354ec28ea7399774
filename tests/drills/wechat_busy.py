"""WeChat is busy for a fifth of the calls, and its receipts come twice, late and out of order."""

from tests.drills import verdict
from tests.drills.command import drilled

# The last try of a row comes later than this, and finds nobody busy.
SECONDS = 3.0
LATENCY = 0.02
OWN = {"share": 0.2}


def play(stage, *, followers, seed, share=0.2):
    """Change how receipts go out while messages do."""
    del seed  # the sandbox has its own, and it is fixed
    for path in verdict.PATHS.values():
        stage.order("faults", path=path, kind="busy", probability=share)
    stage.order("receipts", mode="duplicate")
    stage.order("latency", seconds=LATENCY)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    stage.until(lambda: stage.sent() > 0)
    for mode in ("reordered", "delayed"):
        stage.rest(0.4)
        stage.order("receipts", mode=mode, seconds=0.3)
    stage.rest(SECONDS - 0.8)
    stage.no_faults()
    return verdict.reached(stage, followers) | verdict.struck(stage, "busy", followers * share)


def main(arguments):
    return drilled(play, arguments, own=OWN)
