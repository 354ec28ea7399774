"""Receipts come twice, out of order, before our own note, and some say no: the first one counts."""

from collections import Counter
from itertools import pairwise

from core.outbox.deliveries import DeliveryState
from tests.bench.report import figure
from tests.drills import verdict
from tests.drills.command import drilled

# One at a time: the order of the sends is then the order of the messages.
SETTINGS = {"SENDS_IN_FLIGHT": "1"}
SPREAD = 0.3
SLOW = 0.4
LATENCY = 0.1
BLOCKED = "failed:user block"
_KINDS = ("TEMPLATESENDJOBFINISH", "subscribe_msg_sent_event")


def play(stage, *, followers, seed):
    """Let receipts overtake the answers; of some messages let them say that they never arrived."""
    del seed
    overtaken = followers // 10
    for path in verdict.PATHS.values():
        stage.order("faults", path=path, kind="delay", seconds=SLOW, count=overtaken)
    stage.order("receipts", mode="disorder", seconds=SPREAD)
    stage.order("latency", seconds=LATENCY)
    entity = stage.gather(followers)
    stage.start()
    stage.until(stage.web_is_there)
    stage.blacklist(entity)
    stage.until(lambda: stage.sent() >= followers // 2)
    stage.order("receipts", mode="disorder", seconds=SPREAD, status=BLOCKED)
    found = verdict.reached(stage, followers)
    first = stage.told()
    stage.until(lambda: not stage.read("counts")["pending_receipts"])
    changed = set(first) ^ set(stage.told())
    return found | _of(stage, followers, found) | {"changed_since": figure(len(changed), "<= 0")}


def _of(stage, followers, found):
    """Compare the rows with what the first receipt of each message said."""
    pushes = _receipts(stage)
    first = dict(reversed(pushes))
    rows = stage.told()
    failed = sum(row.state is DeliveryState.FAILED for row in rows)
    amiss = [row for row in rows if not _agrees(row, first.get(row.msgid))]
    return {
        "told_once": figure(found["told_once"]["value"], f">= {followers // 2}"),
        "not_delivered": figure(found["not_delivered"]["value"], f"<= {failed}"),
        "failed": figure(failed, ">= 1"),
        "not_as_the_receipt": figure(len(amiss), "<= 0"),
        **_disorder(pushes, followers),
        "before_the_answer": figure(_overtook(stage), ">= 1"),
    }


def _agrees(row, status):
    is_good = status in ("success", "0")
    wanted = DeliveryState.DELIVERED if is_good else DeliveryState.FAILED
    return row.state is wanted and (is_good or row.reason in (status, f"failed:{status}"))


def _disorder(pushes, followers):
    """Prove that receipts came twice and out of order: the numbers of messages only grow."""
    numbers = [int(number) for number, _ in pushes]
    twice = sum(n > 1 for n in Counter(numbers).values())
    back = sum(later < earlier for earlier, later in pairwise(numbers))
    return {
        "came_twice": figure(twice, f">= {followers}"),
        "out_of_order": figure(back, f">= {followers // 5}"),
    }


def _receipts(stage):
    """List each receipt as it was pushed: the number of the message, and what it says."""
    return [_said(one["fields"]) for one in _pushed(stage)]


def _pushed(stage):
    return [one for one in stage.read("pushes")["pushes"] if one["fields"]["Event"] in _KINDS]


def _said(fields):
    if "MsgID" in fields:
        return str(fields["MsgID"]), fields["Status"]
    row = fields["SubscribeMsgSentEvent"]["List"]
    return str(row["MsgID"]), str(row["ErrorCode"])


def _overtook(stage):
    """Count the messages whose receipt was pushed before we had the answer to our call."""
    pushed = {}
    for one in _pushed(stage):
        pushed.setdefault(_said(one["fields"])[0], one["at"])
    calls = [call for way in verdict.PATHS for call in verdict.calls(stage, way)]
    late = [call for call in calls if call["fault"] == "delay"]
    return sum(
        pushed.get(str(call["msgid"]), SLOW + call["at"]) < call["at"] + SLOW for call in late
    )


def main(arguments):
    return drilled(play, arguments, **SETTINGS)
