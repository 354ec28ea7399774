"""A campaign by mass messages: its worker is killed again and again, the quota ends at half, one
follower leaves: everybody gets one, whoever gets none has the reason stated.

./xinyong drill campaign [--followers N] [--engine sqlite|postgresql] [--seed N]
"""

import random
import signal
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import db
from core.accounts import Account, Address, Channel
from core.campaigning.ledger import Campaign, CampaignState, MassSend, SendState
from core.follows import Follow, Topic
from core.outbox.deliveries import DeliveryState
from tests.bench.report import figure
from tests.core import given_campaigns
from tests.drills import audience, verdict
from tests.drills.command import drilled

SEND = "/cgi-bin/message/mass/send"
LISTS = 12
LATENCY = 0.1
# What waits for longer waits for the day to turn.
SOON = timedelta(seconds=5)
# At this pace a lease is half a second; a day would be six minutes.
SETTINGS = {"pace": 240}
OWN = {"kills": 3}


def play(stage, *, followers, seed, kills=3):
    """Kill, let the quota end, let somebody leave; then judge by the referee."""
    chance = random.Random(seed)
    stage.order("latency", seconds=LATENCY)
    stage.order("quota", path=SEND, daily=LISTS // 2)
    stage.start()
    stage.until(stage.web_is_there)  # WeChat tells of an end three times, and no more
    number = _campaign(stage, followers)
    for one in range(kills):
        stage.until(lambda at_least=one: len(_got(stage)) > at_least)
        stage.crew.signal("worker", signal.SIGKILL)
        stage.rest(chance.uniform(0, 0.4))
    leaver = audience.openids(followers)[-1]
    stage.order("event", openid=leaver, event="unsubscribe")
    stage.until(lambda: _read(stage, number).trouble == "45009")
    stage.order("quota", path=SEND, daily=10 * LISTS)

    def is_over():
        _reopen(stage)  # again and again: a list may have heard of the old quota meanwhile
        return _is_over(stage, number, followers)

    with suppress(TimeoutError):  # then the figures say what is still open
        stage.until(is_over, within=verdict.DEADLINE)
    return _judged(stage, number, followers) | _struck(stage, kills)


def list_size(followers):
    """Return how many openids one list holds, so that there are a dozen."""
    return max(2, -(-followers // LISTS))


def _campaign(stage, followers):
    """Have subscribers, and one who only follows; schedule a campaign that two have agreed on."""
    now = audience.now()
    openids = [*audience.openids(followers), "oOnlyFollows"]
    stage.order("followers", openids=openids)
    with stage.writing() as session:
        since = now - timedelta(days=1)
        at = {"channel": Channel.WECHAT, "active": True, "changed_at": since}
        follow = {"topic": Topic.CAMPAIGNS, "subject_id": 0, "since": since}
        ids = range(1, len(openids) + 1)
        session.execute(sa.insert(Account), [{"id": one, "created_at": since} for one in ids])
        pairs = zip(ids, openids, strict=True)
        rows = [at | {"account_id": one, "value": openid} for one, openid in pairs]
        session.execute(sa.insert(Address), rows)
        session.execute(sa.insert(Follow), [follow | {"account_id": one} for one in ids[:-1]])
    db.bind(stage.engine)
    return given_campaigns.ready(now=now)


def _reopen(stage):
    """Let the day's calls be counted anew, as an operator who has bought more of them."""
    laid_up = MassSend.state == SendState.DUE, MassSend.due_at > audience.now() + SOON
    with stage.redis() as redis:
        if closed := [*redis.keys("wechat:quota:*"), *redis.keys("wechat:closed:*")]:
            redis.delete(*closed)
    with stage.writing() as session:
        session.execute(sa.update(MassSend).where(*laid_up).values(due_at=audience.now()))


def _read(stage, number):
    with Session(stage.engine) as session:
        return session.get_one(Campaign, number)


def _is_over(stage, number, followers):
    rows = stage.told()
    is_final = len(rows) >= followers and all(row.state in verdict.FINAL for row in rows)
    return is_final and _read(stage, number).state is CampaignState.FINISHED


def _got(stage):
    """Return how many messages each phone has got: by mass message, or as any notice."""
    return Counter(one["openid"] for one in stage.read("messages")["messages"])


def _judged(stage, number, followers):
    got, rows = _got(stage), stage.told()
    noted = {row.openid for row in rows if row.state is DeliveryState.DELIVERED}
    none = [row for row in rows if row.openid not in got]
    return {
        "followers": figure(followers),
        "told_once": figure(sum(n == 1 for n in got.values()), f">= {followers - 1}"),
        "told_twice": figure(sum(n > 1 for n in got.values()), "<= 0"),
        "not_final": figure(sum(row.state not in verdict.FINAL for row in rows), "<= 0"),
        "none_without_reason": figure(sum(row.reason is None for row in none), "<= 0"),
        "deliveries_amiss": figure(abs(len(rows) - followers), "<= 0"),
        # Ours and the referee's, person by person.
        "notes_amiss": figure(len(noted ^ set(got)), "<= 0"),
        "unfinished": figure(_read(stage, number).state is not CampaignState.FINISHED, "<= 0"),
    }


def _struck(stage, kills):
    """Say that what was to happen did: a drill in which nothing went wrong proves nothing."""
    calls = stage.read("log", path=SEND)["calls"]
    refused = sum(call["errcode"] == 45009 for call in calls)
    return {
        "calls": figure(len(calls), f">= {LISTS}"),
        "refused_by_quota": figure(refused, ">= 1"),
        "started": figure(stage.crew.starts, f">= {kills}"),
    }


def main(arguments):
    size = arguments.index("--followers") + 1 if "--followers" in arguments else None
    followers = int(arguments[size]) if size else 300
    return drilled(play, arguments, own=OWN, MASS_LIST=str(list_size(followers)), **SETTINGS)
