"""The ticker: a slot is enqueued once, nothing when nothing is due, and Redis may go away."""

import json
import os
import signal
import socket
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis
from redis import exceptions as redis_errors
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from config import jobs, publishing, renewing, store, ticker
from core import releases, renewal, standing
from core.calendar import day
from core.db import Writing
from core.outbox.deliveries import EventKind
from core.pace import Pace
from core.records import Record, RecordState
from tests.config.programs import environ, let_go
from tests.core.given import account, at_once, begun, expanded, leased, owed, record, subject

NOW = datetime.now(UTC).replace(microsecond=0)
AWAY = Redis(port=1, retry=Retry(NoBackoff(), 0))


def tick(redis, *, now=NOW):
    """Tick for what is delivered, and return what was enqueued where."""
    ticker.tick(redis, ticker.entries(Pace())[:2], now=now)
    return waiting(redis)


def waiting(redis):
    found = {}
    for name in ("urgent", "notices", "default"):
        ids = Queue(name, connection=redis, serializer=JSONSerializer).job_ids
        found |= {name: [one.rsplit("-", 1)[0] for one in ids]} if ids else {}
    return found


def owe(kind=EventKind.BLACKLISTED):
    owed(f"event-{kind}", account_id=account(), kind=kind, now=NOW - timedelta(seconds=1))


def test_nothing_is_enqueued_when_nothing_is_due(database, redis):
    assert tick(redis) == {}


@pytest.mark.parametrize("is_expanded", [True, False])
def test_an_alert_and_a_campaign_go_to_their_own_queues(database, redis, is_expanded):
    owe()
    owe(EventKind.CAMPAIGN)
    if is_expanded:
        expanded(now=NOW)

    assert tick(redis) == {"urgent": ["deliver_urgent"], "notices": ["deliver_rest"]}


def test_what_is_being_sent_is_not_enqueued_again(database, redis):
    owe()
    expanded(now=NOW)
    begun(now=NOW)

    assert tick(redis) == {}


def test_what_was_dropped_is_enqueued_again(database, redis):
    owe()
    expanded(now=NOW)
    leased(now=NOW)

    assert tick(redis) == {}
    assert tick(redis, now=NOW + Pace().lease) == {"urgent": ["deliver_urgent"]}


def test_a_slot_is_enqueued_once_however_many_tick(database, redis, valkey_url):
    owe()

    at_once(4, lambda: tick(Redis.from_url(valkey_url)))

    assert waiting(redis) == {"urgent": ["deliver_urgent"]}


def test_no_more_than_two_of_a_kind_wait(database, redis):
    owe()

    for second in range(5):
        tick(redis, now=NOW + timedelta(seconds=second))

    assert waiting(redis) == {"urgent": ["deliver_urgent"] * 2}


def test_the_sweep_and_the_keys_come_by_the_clock(database, redis):
    by_the_clock = jobs.sweep, jobs.fetch_identity_keys
    watched = [one for one in ticker.entries(Pace()) if one.job in by_the_clock]
    for _ in range(3):
        ticker.tick(redis, watched, now=NOW)

    assert waiting(redis) == {"default": ["sweep", "fetch_identity_keys"]}


def slow(redis, *, now=NOW):
    """Tick for what happens once a minute at most, and return what was enqueued where."""
    ticker.tick(redis, ticker.entries(Pace())[-2:], now=now)
    return waiting(redis)


def test_a_term_that_is_over_is_recorded_and_only_then(database, redis):
    held = record(subject().id, ends_on=day(NOW))
    make_all_due_releases(now=NOW + timedelta(days=2))

    assert slow(redis) == {}
    assert slow(redis, now=NOW + timedelta(days=1)) == {"default": ["expire_records"]}
    with Writing() as session:
        standing.expire(session, now=NOW + timedelta(days=1))
        assert session.get_one(Record, held.id).state == RecordState.EXPIRED
    redis.flushall()
    assert slow(redis, now=NOW + timedelta(days=2)) == {}


def test_lists_are_released_when_their_day_has_come(database, redis):
    make_all_due_releases()
    assert slow(redis) == {}

    assert slow(redis, now=NOW + timedelta(days=31)) == {"default": ["make_releases"]}


def test_records_are_judged_anew_until_the_rules_that_hold_were_applied(database, redis):
    def renewing_waits(now):
        redis.flushall()
        (entry,) = [one for one in ticker.entries(Pace()) if one.job is jobs.renew_records]
        ticker.tick(redis, [entry], now=now)
        return waiting(redis) == {"default": ["renew_records"]}

    assert renewing_waits(NOW)
    with Writing() as session:
        renewal.note_done(session, renewing.stand(NOW), now=NOW)
    assert not renewing_waits(NOW)
    # On the day on which another rule comes into force, or one has ended, there is work again.
    assert renewing_waits(datetime(2026, 3, 31, 4, tzinfo=UTC))


def make_all_due_releases(*, now=NOW):
    with Writing() as session:
        for one in {one.list_kind for one in publishing.scheduled()}:
            releases.make(session, one, now=now)


def test_redis_away_is_survived_and_caught_up_with(database, redis):
    owe()

    ticker.tick(AWAY, ticker.entries(Pace()), now=NOW)

    assert tick(redis) == {"urgent": ["deliver_urgent"]}


def test_a_redis_that_hangs_is_given_up(database, monkeypatch):
    monkeypatch.setattr(store, "_ANSWER_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        redis = store.connect(f"redis://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(redis_errors.TimeoutError):
            redis.ping()
        began = time.monotonic()
        ticker.tick(redis, ticker.entries(Pace()), now=NOW)
        redis.close()

    assert time.monotonic() - began < 20  # and not for ever


def test_a_wiped_redis_is_filled_again(database, redis):
    owe()
    tick(redis)
    redis.flushall()

    assert tick(redis) == {"urgent": ["deliver_urgent"]}


def test_a_database_away_is_survived(database, redis):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("alter table events rename to elsewhere")

    assert tick(redis) == {}


def test_a_job_is_json_without_arguments(database, redis):
    owe()
    tick(redis)

    (job,) = Queue("urgent", connection=redis, serializer=JSONSerializer).jobs
    name, _, args, kwargs = json.loads(zlib.decompress(redis.hget(job.key, "data")))
    assert (name, args, kwargs) == ("config.jobs.deliver_urgent", [], {})
    assert job.timeout == 120


def test_it_ticks_until_it_is_told_to_stop(database, redis, valkey_url, monkeypatch):
    for name, value in environ(database.url, valkey_url, "http://127.0.0.1:1").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(ticker.logs, "set_up", lambda _level: None)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    owe()

    def stop():
        end = time.monotonic() + 60
        while not waiting(redis).get("urgent") and time.monotonic() < end:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop).start()
    ticker.main()

    for number, handler in before.items():
        signal.signal(number, handler)
    let_go(database)
    assert waiting(redis)["urgent"]
