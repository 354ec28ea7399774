"""Alerts beside a campaign: how soon WeChat has them; and what millions queued take in Redis.

    ./xinyong bench alerts [--queued N] [--recipients N] [--alerts N] [--rate N] [--in-flight N]

First so many deliveries are due in PostgreSQL and the ticker queues what it queues. Then a
campaign is sent by both workers as shipped (WeChat answers after 80 ms), and alerts are owed one
by one at random instants: each is timed from its commit until WeChat has it. The quotas of a day
are lifted for this run; the rate and how many are in flight are as shipped unless told otherwise.
"""

import argparse
import random
import tempfile
import time
import uuid
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import redis
import requests
import sqlalchemy as sa

from config.launch import programs
from core import db
from core.calendar import day
from core.db import Writing
from core.outbox import events
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Event, Owed
from core.records import Record
from tests.bench import crowd, fanout
from tests.bench.report import figure
from tests.drills import audience
from tests.drills.crew import Crew

QUEUES, MIB, PATIENCE = ("urgent", "notices", "default"), 2**20, 60.0
_QUEUED = """insert into deliveries
    (event_id, account_id, kind, urgent, state, tries, fence, unsure, due_at)
    select :event, n, 'campaign', false, 'due', 0, 0, false, now()
    from generate_series(1, :n) n"""


def main(arguments):
    chosen = _chosen(arguments)
    with ExitStack() as stack:
        place = fanout.prepared(stack)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xinyong-alerts-")))
        engine = db.connect(place.cluster.url, patience=200)
        stack.callback(engine.dispose)
        store = stack.enter_context(redis.Redis.from_url(place.valkey.url))
        queued = _queued(place, folder, engine, store, chosen.queued)
        print(f"排队 {chosen.queued}：{queued}", flush=True)
        store.flushall()
        told = _alerts(place, folder, engine, chosen)
        peak = store.info("memory")["used_memory_peak"] / MIB
    return queued | told | {"redis_peak_mib": figure(peak, "<= 16")}


def _chosen(arguments):
    reader = argparse.ArgumentParser(prog="./xinyong bench alerts")
    reader.add_argument("--queued", type=int, default=200_000)
    reader.add_argument("--recipients", type=int, default=100_000)
    reader.add_argument("--alerts", type=int, default=50)
    reader.add_argument("--rate", type=int, default=500)
    reader.add_argument("--in-flight", type=int, default=50)
    return reader.parse_args(arguments)


def _crew(place, folder, *names, **more):
    env = place.env | {"MARK": uuid.uuid4().hex, "DAILY_QUOTAS": ""} | more
    crew = Crew(env, folder)
    crew.start([one for one in programs.of(env, sandbox=False) if one.name in names])
    return crew


def _queued(place, folder, engine, store, number):
    """Let so many be due and the ticker see them; return what the queues take in Redis."""
    crowd.owe(place.cluster.url, 1)
    with engine.begin() as connection:
        # Who they are is nothing to the queue: so many accounts need not be there.
        connection.execute(sa.text("set local session_replication_role = replica"))
        connection.execute(sa.text("delete from deliveries"))
        event = connection.scalar(sa.select(sa.func.max(Event.id)))
        connection.execute(sa.text(_QUEUED), {"event": event, "n": number})
    before = store.info("memory")["used_memory"]
    crew = _crew(place, folder, "ticker")
    try:
        _until(lambda: store.llen("rq:queue:notices") > 0)
        time.sleep(5)  # ten ticks more
        after = store.info("memory")["used_memory"]
    finally:
        crew.end()
    jobs = sum(store.llen(f"rq:queue:{name}") for name in QUEUES)
    taken = (after - before) / MIB
    return {
        "queued": figure(number),
        "queued_jobs": figure(jobs),
        "queued_redis_mib": figure(taken, "<= 16"),
        "queued_redis_bytes_each": figure((after - before) / number),
    }


def _alerts(place, folder, engine, chosen):
    crowd.owe(place.cluster.url, chosen.recipients, others=chosen.alerts)
    db.bind(engine)
    record_id = _record()
    pace = {"SENDS_IN_FLIGHT": str(chosen.in_flight), "SENDS_PER_SECOND": str(chosen.rate)}
    with place.wechat() as url:
        crew = _crew(place, folder, "ticker", "urgent", "worker", **pace, WECHAT_API=url)
        try:
            _until(lambda: _counts(url)["sends"] > 0)
            before, began = _counts(url)["sends"], time.monotonic()
            owed = _owed(chosen, record_id)
            sends = (_counts(url)["sends"] - before) / (time.monotonic() - began)
            waits = sorted(_waited(url, *one) for one in owed)
        finally:
            crew.end()
        left = chosen.recipients + chosen.alerts - _counts(url)["distinct"]
    return {
        "alerts": figure(len(waits)),
        "alert_seconds_p50": figure(waits[len(waits) // 2]),
        "alert_seconds_p99": figure(waits[min(len(waits) - 1, int(len(waits) * 0.99))], "<= 2"),
        "alert_seconds_max": figure(waits[-1]),
        "sends_per_second_meanwhile": figure(sends),
        "campaign_left": figure(left, ">= 1"),
    }


def _record():
    now = datetime.now(UTC)
    with Writing() as session:
        subject = audience._entity(now)
        session.add(subject)
        session.flush()
        audience.blacklist(session, subject.id, now=now)
        return session.scalars(sa.select(Record.id)).one()


def _owed(chosen, record_id):
    """Owe the alerts; return the key of each and when it was committed."""
    draw, found = random.Random(1), []
    for place in range(chosen.alerts):
        time.sleep(draw.uniform(0, 1))
        account_id, now = chosen.recipients + 1 + place, datetime.now(UTC)
        one = Owed(
            kind=EventKind.BLACKLISTED,
            key=f"bench:{place}",
            audience=Audience.ACCOUNT,
            audience_id=account_id,
            event_date=day(now),
            record_id=record_id,
            facts={"record_id": record_id},
        )
        with Writing() as session:
            events.owe(session, one, now=now)
            number = session.scalar(sa.select(Event.id).where(Event.key == one.key))
        found.append((f"{number}-{account_id}", time.time()))
    return found


def _waited(url, key, since):
    _until(lambda: requests.get(f"{url}/arrived/{key}", timeout=10).json()["at"])
    return requests.get(f"{url}/arrived/{key}", timeout=10).json()["at"] - since


def _counts(url):
    return requests.get(f"{url}/counts", timeout=10).json()


def _until(check):
    end = time.monotonic() + PATIENCE
    while not check():
        if time.monotonic() > end:
            raise TimeoutError(check)
        time.sleep(0.1)
