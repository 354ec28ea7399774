"""What workers run: parts fetched from the environment, and an alert that goes all the way."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import requests
from rq import Queue
from rq.serializers import JSONSerializer
from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty

from config import jobs, relying, ticker
from core import campaigns, frequencies, watch
from core.db import Reading, Writing
from core.outbox import settle
from core.outbox.events import Event
from core.pace import Pace
from tests.config.programs import environ, let_go, surroundings
from tests.core.given import account, owed, record, row, state, subject


@pytest.fixture
def desk(database, valkey_url, redis, sandbox, monkeypatch):
    """The environment of a worker, with WeChat and the identity provider behind it."""
    given = environ(database.url, valkey_url, sandbox.url)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    requests.post(f"{sandbox.url}/_control/receipts", json={"mode": "off"}, timeout=10)
    jobs.tools.cache_clear()
    yield given
    jobs.tools.cache_clear()
    let_go(database)


def got(sandbox, openid):
    params = {"openid": openid}
    return requests.get(f"{sandbox.url}/_control/messages", params, timeout=10).json()["messages"]


def follower(sandbox, openid="oA"):
    requests.post(f"{sandbox.url}/_control/followers", json={"openids": [openid]}, timeout=10)
    return account(openid, now=datetime.now(UTC) - timedelta(hours=1))


def blacklist(one):
    """Let a follower's entity land on a black list; return the key of the alert's delivery."""
    now = datetime.now(UTC)
    entity = subject()
    with Writing() as session:
        watch.follow(session, one, entity.id, now=now - timedelta(minutes=1))
    listed = record(entity.id)
    with Writing() as session:
        watch.alert(session, [listed.id], now=now, max_age=timedelta(days=9999))
    return 1, one


def test_the_urgent_job_tells_alerts_and_the_other_campaigns(desk, sandbox):
    one = follower(sandbox)
    with Writing() as session:
        campaigns.subscribe(session, one, now=datetime.now(UTC) - timedelta(minutes=1))
        campaigns.publish(session, "诚信", "正文", now=datetime.now(UTC))
    blacklist(one)

    jobs.deliver_urgent()
    assert [card["template_id"] for card in got(sandbox, "oA")] == ["credit-alert"]

    jobs.deliver_rest()
    assert len(got(sandbox, "oA")) == 2


def test_a_job_ends_when_its_time_is_over(desk, sandbox):
    key = blacklist(follower(sandbox))
    send = "/cgi-bin/message/template/send"
    slow = {"kind": "delay", "seconds": 4, "path": send, "count": 1}
    requests.post(f"{sandbox.url}/_control/faults", json=slow, timeout=10)

    def ring():
        """Let the time be over as soon as WeChat is being waited for."""
        while not any(call["path"] == send for call in sandbox.world.journal.calls):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGALRM)

    threading.Thread(target=ring, daemon=True).start()
    with pytest.raises(JobTimeoutException), UnixSignalDeathPenalty(200, JobTimeoutException):
        jobs.deliver_urgent()

    assert state(key) == "sending"


def test_what_takes_long_to_expand_is_left_to_the_next_job(desk, monkeypatch):
    monkeypatch.setattr(jobs, "_EXPANDING", timedelta())
    for number in range(2):
        owed(f"event-{number}", account_id=account(f"oA{number}"), now=datetime.now(UTC))

    jobs._expand(only_urgent=True)
    assert len(expansions()) == 1

    monkeypatch.setattr(jobs, "_EXPANDING", timedelta(minutes=1))
    jobs._expand(only_urgent=True)
    assert len(expansions()) == 2


def expansions():
    with Reading() as session:
        return session.query(Event.id).where(Event.expanded_at.is_not(None)).all()


def test_the_sweep_settles_what_waits(desk, sandbox):
    key = blacklist(follower(sandbox))
    jobs.deliver_urgent()
    with Writing() as session:
        long_ago = datetime.now(UTC) - timedelta(days=1)
        settle.receipt(session, row(key).msgid + "0", "success", now=long_ago)
        session.get_one(settle.Receipt, row(key).msgid + "0").msgid = row(key).msgid

    jobs.sweep()

    assert state(key) == "delivered"


def test_identity_keys_are_fetched(desk, redis):
    jobs.fetch_identity_keys()

    assert relying.reader(redis)() is not None


@pytest.mark.parametrize("names", [["urgent", "notices", "default"], ["urgent"]])
def test_a_worker_delivers_what_the_ticker_enqueues(desk, redis, sandbox, names, tmp_path):
    key = blacklist(follower(sandbox))
    errors = (tmp_path / "said").open("w+")
    worker = subprocess.Popen(
        [sys.executable, "-m", "config.worker", *names],
        env=surroundings(desk),
        stdout=errors,
        stderr=errors,
    )
    try:
        ticker.tick(redis, ticker.entries(Pace()), now=datetime.now(UTC))
        end = time.monotonic() + 60
        while not got(sandbox, "oA") and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        os.kill(worker.pid, signal.SIGTERM)
        code = worker.wait(60)

    errors.seek(0)
    said = errors.read()
    errors.close()
    assert (state(key), code) == ("accepted", 0), said
    assert len(got(sandbox, "oA")) == 1
    assert redis.smembers("rq:workers") == set()
    assert all(line.startswith("{") for line in said.splitlines()), said
    assert '"level": "info"' not in said


@pytest.mark.parametrize("names", [["urgent", "notices", "default"], ["urgent"]])
def test_what_is_urgent_waits_for_no_process_to_be_made_for_it(desk, redis, names):
    who = Queue("urgent", connection=redis, serializer=JSONSerializer).enqueue_call(os.getpid)
    command = [sys.executable, "-m", "config.worker", *names]
    with subprocess.Popen(command, env=surroundings(desk)) as worker:
        end = time.monotonic() + 60
        while who.return_value() is None and time.monotonic() < end:
            time.sleep(0.05)
        worker.terminate()

    assert (who.return_value() == worker.pid) is (names == ["urgent"])


def test_the_job_counts_how_common_parts_of_names_are(desk):
    for _ in range(2):
        subject()
        jobs.count_names()

    with Reading() as session:
        assert frequencies.of(session, ["云南"]).names(10) == 2
