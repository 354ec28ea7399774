"""Check a batch of entities, chunk by chunk, each line once whatever cuts it off."""

from collections.abc import Callable
from datetime import datetime

from core import operating
from core.checks import batches
from core.db import Writing
from core.operating import Taken
from core.pace import Pace
from core.rules import Rulebook


def run(
    taken: Taken, until: datetime, *, rules: Rulebook, pace: Pace, clock: Callable[[], datetime]
) -> None:
    """Go on with a batch until it is done or the time is over. Raises LostLeaseError."""
    batch_id, is_over = int(str(taken.given["batch_id"])), False
    while not is_over:
        with Writing() as session:
            now = clock()
            reached = batches.advance(session, rules, batch_id, now=now)
            operating.step(session, taken, reached.done, total=reached.total, now=now, pace=pace)
            if reached.is_over:
                result = {"check_no": taken.given["check_no"]}
                operating.finish(session, taken, result, now=now)
            elif now >= until:
                operating.pause(session, taken, now=now)
            is_over = reached.is_over or now >= until
