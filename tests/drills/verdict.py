"""The verdict: what phones in fact got, by the referee, beside what our own rows say."""

from collections import Counter
from contextlib import suppress

from core.outbox.deliveries import DeliveryState
from tests.bench.report import figure
from tests.drills.stage import PACE

SEND = "/cgi-bin/message/template/send"
# Longer than an outcome that nobody knows stays open, at the pace of the drills.
DEADLINE = 90.0
FINAL = {
    DeliveryState.DELIVERED,
    DeliveryState.FAILED,
    DeliveryState.UNKNOWN,
    DeliveryState.SUPPRESSED,
}


def _is_over(stage, followers):
    """Tell whether every follower has a delivery, and each is in a final state."""
    rows = stage.told()
    return len(rows) >= followers and all(row.state in FINAL for row in rows)


def _deadline(stage):
    return DEADLINE * PACE / int(stage.environ["PACE"])


def reached(stage, followers):
    """Wait until all is over, then judge a drill in which one alert was owed to all."""
    with suppress(TimeoutError):  # then the figures say what is still open
        stage.until(lambda: _is_over(stage, followers), within=_deadline(stage))
    messages = stage.read("messages")["messages"]
    got = Counter(message["openid"] for message in messages)
    rows = stage.told()
    shown = {(message["openid"], str(message.get("msgid"))) for message in messages}
    noted = {(row.openid, row.msgid) for row in rows if row.state is DeliveryState.DELIVERED}
    return {
        "followers": figure(followers),
        "told_once": figure(sum(n == 1 for n in got.values()), f">= {followers}"),
        "told_twice": figure(sum(n > 1 for n in got.values()), "<= 0"),
        "not_delivered": figure(len(rows) - len(noted), "<= 0"),
        "not_final": figure(sum(row.state not in FINAL for row in rows), "<= 0"),
        "deliveries_amiss": figure(abs(len(rows) - followers), "<= 0"),
        # Ours and the referee's, message by message.
        "notes_amiss": figure(len(shown ^ noted), "<= 0"),
        "tries": figure(len(stage.read("log", path=SEND)["calls"])),
    }


def struck(stage, fault, expected):
    """Say how often a fault struck: a drill in which nothing went wrong proves nothing."""
    calls = [call for call in stage.read("log")["calls"] if call["fault"] == fault]
    return {f"{fault}_calls": figure(len(calls), f">= {expected // 2}")}
