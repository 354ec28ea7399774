"""WeChat is down for ten minutes in mid-delivery: whoever has not been tried waits for its end.

What was under way when it began may have arrived or not: when WeChat has forgotten it, it is not
sent again, and its row says so.
"""

from core.outbox.deliveries import DeliveryState
from messages.outage import MANY
from tests.bench.report import figure
from tests.drills import verdict
from tests.drills.command import drilled

IN_FLIGHT = 2
SETTINGS = {"SENDS_IN_FLIGHT": str(IN_FLIGHT)}
LATENCY = 0.02
MINUTES = 10


def play(stage, *, followers, seed):
    """Let every call fail for ten minutes of the pace, from some moment while messages go out."""
    del seed
    stage.order("latency", seconds=LATENCY)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    stage.until(lambda: stage.sent() > followers // 4)
    stage.order("faults", kind="html502")
    stage.rest(MINUTES * 60 / int(stage.environ["PACE"]))
    down = sum(len(verdict.calls(stage, way)) for way in verdict.PATHS)
    stage.no_faults()
    return verdict.reached(stage, followers) | _of(stage, followers, down)


def _of(stage, followers, down):
    missed = [row for row in stage.told() if row.state is not DeliveryState.DELIVERED]
    # Two workers, each with so many failures before it stops, and those in flight then.
    lost = 2 * (MANY + IN_FLIGHT)
    calls = [call for way in verdict.PATHS for call in verdict.calls(stage, way)]
    struck = [call for call in calls if call["fault"]]
    return {
        "told_once": figure(followers - len(missed), f">= {followers - lost}"),
        "not_delivered": figure(len(missed), f"<= {lost}"),
        "calls_in_vain": figure(len(struck), f"<= {lost}"),
        "calls_until_its_end": figure(down),
    }


def main(arguments):
    return drilled(play, arguments, **SETTINGS)
