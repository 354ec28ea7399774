"""WeChat sends, but its answer is lost: what is tried again carries the same key."""

from tests.drills import verdict
from tests.drills.command import drilled

# The last try of a row comes later than this, and is not disturbed.
SECONDS = 3.0
OWN = {"share": 0.3}


def play(stage, *, followers, seed, share=0.3):
    """Cut the connection after a share of the calls; of a few say nothing until we hang up."""
    del seed  # the sandbox has its own, and it is fixed
    stage.order("faults", path=verdict.SEND, kind="timeout", count=3, seconds=1.5)
    for path in verdict.PATHS.values():
        stage.order("faults", path=path, kind="timeout", probability=share, seconds=0.01)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    stage.until(lambda: stage.sent() > 0)
    stage.rest(SECONDS)
    stage.no_faults()
    return verdict.reached(stage, followers) | verdict.struck(stage, "timeout", followers * share)


def main(arguments):
    return drilled(play, arguments, own=OWN)
