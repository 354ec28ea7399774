"""The day's quota ends at half: by our own ledger for one way, by WeChat's word for the other.

The rest waits, untried, for WeChat's next day, and is then told once. A day takes 24 minutes at the
pace of the drills, so a pace near it is chosen at which the day turns soon.
"""

import time
from datetime import timedelta

from core.outbox.deliveries import DeliveryState, Way
from core.pace import Pace
from tests.bench.report import figure
from tests.drills import audience, verdict
from tests.drills.command import asked, drilled
from tests.drills.stage import load_seconds

IN_FLIGHT = 2
PACES = range(40, 121)
REFUSED = 45009
# Of a sent message that is refused by WeChat, so many may be under way in each of two workers.
_IN_VAIN = 2 * IN_FLIGHT


def settings(followers):
    """Return what the stage is set with: our own limit for subscription messages is a quarter."""
    return {
        "SENDS_IN_FLIGHT": str(IN_FLIGHT),
        "DAILY_QUOTAS": f"template={10 * followers},subscription={followers // 4}",
        "pace": pace(after=timedelta(seconds=12 + 8 * load_seconds() + followers / 20)),
    }


def pace(*, after):
    """Return the pace at which a quota day turns next, but only after so long."""
    now = audience.now()
    turns = {one: Pace(one).quota_turns(now) for one in PACES}
    return min((turn, one) for one, turn in turns.items() if turn - now > after)[1]


def play(stage, *, followers, seed):
    """Let half be told before both quotas end; nothing more goes out before the day turns."""
    del seed
    half = followers // 4 + followers // 4
    turn = Pace(int(stage.environ["PACE"])).quota_turns(audience.now())
    stage.order("quota", path=verdict.SEND, daily=followers // 4)
    entity = stage.gather(followers, agreed=1)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    stage.until(lambda: _waits(stage, turn) == followers - half)
    resting = figure(_waits(stage, turn), f">= {followers - half}")
    early = figure((turn - audience.now()).total_seconds(), ">= 0")
    stage.rest(max(0.0, turn.timestamp() - time.time() - 1))
    before = stage.sent()
    stage.order("quota", path=verdict.SEND, daily=10 * followers)
    found = verdict.reached(stage, followers)
    return {
        **found,
        "told_before_the_turn": figure(before, f"<= {half}"),
        "waited_for_the_turn": resting,
        "seconds_before_the_turn": early,
        **_judged(stage, turn, followers),
    }


def _waits(stage, turn):
    """Count those who wait, by their reason, for just this moment."""
    rows = [row for row in stage.told() if row.state is DeliveryState.DUE]
    return sum(row.reason == "quota" and abs(row.due_at - turn) < timedelta(1e-5) for row in rows)


def _judged(stage, turn, followers):
    """Hold the calls of each way and day against its limit."""
    of_sub, of_card = (verdict.calls(stage, way) for way in (Way.SUBSCRIPTION, Way.WECHAT))
    first = [call for call in of_sub if call["at"] < turn.timestamp()]
    refused = sum(call["errcode"] == REFUSED for call in of_card)
    return {
        "subscriptions_of_the_first_day": figure(len(first), f"<= {followers // 4}"),
        "subscriptions": figure(len(of_sub), f"<= {2 * (followers // 4)}"),
        "refused_by_quota": figure(refused, ">= 1"),
        "refused_in_vain": figure(refused, f"<= {_IN_VAIN}"),
    }


def main(arguments):
    return drilled(play, arguments, **settings(asked(arguments).followers))
