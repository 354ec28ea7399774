"""The verdict: what phones in fact got, by the referee, beside what our own rows say.

One referee for every drill: each delivery is final, nobody got two messages, whoever got none has
the reason stated, and our rows and the sandbox's log say the same, way by way.
"""

from collections import Counter
from contextlib import suppress

from core.outbox.deliveries import DeliveryState, Way
from tests.bench.report import figure
from tests.drills.stage import PACE

SEND = "/cgi-bin/message/template/send"
SUBSCRIBE = "/cgi-bin/message/subscribe/bizsend"
PATHS = {Way.WECHAT: SEND, Way.SUBSCRIPTION: SUBSCRIBE}
# Longer than an outcome that nobody knows stays open, at the pace of the drills.
DEADLINE = 90.0
FINAL = {
    DeliveryState.DELIVERED,
    DeliveryState.FAILED,
    DeliveryState.UNKNOWN,
    DeliveryState.SUPPRESSED,
}
# What the sandbox calls what each way shows on a phone.
_SHOWN_AS = {Way.WECHAT: "template", Way.SUBSCRIPTION: "subscription"}


def reached(stage, followers):
    """Wait until all is over, then judge a drill in which one alert was owed to all."""
    with suppress(TimeoutError):  # then the figures say what is still open
        stage.until(lambda: _is_over(stage, followers), within=_deadline(stage))
    messages, rows = stage.read("messages")["messages"], stage.told()
    got = Counter(message["openid"] for message in messages)
    return {
        "followers": figure(followers),
        **_told(rows, got, followers),
        "told_twice": figure(sum(n > 1 for n in got.values()), "<= 0"),
        "not_final": figure(sum(row.state not in FINAL for row in rows), "<= 0"),
        "deliveries_amiss": figure(abs(len(rows) - followers), "<= 0"),
        **_without_reason(rows, got),
        **_compared(rows, messages),
        "tries": figure(sum(len(calls(stage, way)) for way in PATHS)),
    }


def calls(stage, way):
    """Return the calls by which one way was tried, as the sandbox logged them."""
    return stage.read("log", path=PATHS[way])["calls"]


def struck(stage, fault, expected):
    """Say how often a fault struck: a drill in which nothing went wrong proves nothing."""
    hit = [call for call in stage.read("log")["calls"] if call["fault"] == fault]
    return {f"{fault}_calls": figure(len(hit), f">= {expected // 2}")}


def _is_over(stage, followers):
    """Tell whether every follower has a delivery, and each is in a final state."""
    rows = stage.told()
    return len(rows) >= followers and all(row.state in FINAL for row in rows)


def _deadline(stage):
    return DEADLINE * PACE / int(stage.environ["PACE"])


def _told(rows, got, followers):
    """Say who was told: a subscription message has no key, so what is unknown is not repeated."""
    lost = sum(_is_open(row) and row.way == Way.SUBSCRIPTION for row in rows)
    missed = sum(row.state is not DeliveryState.DELIVERED for row in rows)
    return {
        "told_once": figure(sum(n == 1 for n in got.values()), f">= {followers - lost}"),
        "not_delivered": figure(missed, f"<= {lost}"),
        "subscriptions_unknown": figure(lost),
    }


def _without_reason(rows, got):
    """Whoever got nothing has a row that says why, and no row that is not told is silent."""
    none = [row for row in rows if row.openid not in got]
    missed = [row for row in rows if row.state is not DeliveryState.DELIVERED]
    return {
        "none_without_reason": figure(sum(not row.reason for row in none), "<= 0"),
        "missed_without_reason": figure(sum(not row.reason for row in missed), "<= 0"),
    }


def _compared(rows, messages):
    """Compare ours and the referee's: message by message, and in numbers for each way.

    A row that says that nobody knows does not contradict the log.
    """
    shown = {_mark(one["openid"], one.get("msgid"), one["kind"]) for one in messages}
    noted = {
        _mark(row.openid, row.msgid, _SHOWN_AS[row.way])
        for row in rows
        if row.state is DeliveryState.DELIVERED
    }
    unsaid = {row.openid for row in rows if _is_open(row)}
    amiss = {mark for mark in shown ^ noted if mark in noted or mark[0] not in unsaid}
    by_way = {
        f"told_by_{way}": figure(sum(mark[2] == kind for mark in shown))
        for way, kind in _SHOWN_AS.items()
    }
    return {"notes_amiss": figure(len(amiss), "<= 0"), **by_way}


def _mark(openid, msgid, kind):
    return openid, str(msgid), kind


def _is_open(row):
    return row.state is DeliveryState.UNKNOWN
