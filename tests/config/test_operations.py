"""Operations done by workers: a runner for each kind, and nothing lost when one is killed."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from config import jobs, ticker
from core import operating, operations
from core.db import Reading, Writing
from core.errors import RecordNotFoundError
from core.operations import Operation, OperationKind, OperationState, Owner, OwnerKind, Wanted
from core.pace import Pace
from tests.config.programs import GOOD, let_go, surroundings

BATCH = OperationKind.BATCH_VERIFICATION
OWNER = Owner(OwnerKind.ACCOUNT, 7)
# A program that takes an operation, does one step of two, and is killed in the middle of the next.
KILLED = """
import os, signal
from datetime import UTC, datetime
from config import jobs
from core import operating, operations
from core.db import Writing
from core.operations import OperationKind
from core.pace import Pace

def runner(taken, until):
    now = datetime.now(UTC)
    with Writing() as session:
        operating.step(session, taken, 1, total=2, now=now, pace=Pace())
    with Writing() as session:
        operating.finish(session, taken, {}, now=now)
        session.flush()
        os.kill(os.getpid(), signal.SIGKILL)

jobs.RUNNERS[OperationKind.BATCH_VERIFICATION] = runner
jobs.run_operations()
"""


@pytest.fixture
def desk(database, valkey_url, redis, tmp_path, monkeypatch):
    """The environment of a worker."""
    given = GOOD | {
        "DATABASE_URL": database.url,
        "REDIS_URL": valkey_url,
        "VAR_DIR": str(tmp_path),
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    jobs.tools.cache_clear()
    yield given
    jobs.tools.cache_clear()
    let_go(database)


@pytest.fixture
def runs(monkeypatch):
    """Let a function do what is asked for of a kind."""
    return lambda runner: monkeypatch.setitem(jobs.RUNNERS, BATCH, runner)


def ask(*, now=None):
    with Writing() as session:
        return operations.ask(session, OWNER, Wanted(BATCH), now=now or datetime.now(UTC)).id


def row(operation_id):
    with Reading() as session:
        return session.get_one(Operation, operation_id)


def finish(taken, until):
    assert until > datetime.now(UTC)
    with Writing() as session:
        operating.finish(session, taken, {"done": taken.done}, now=datetime.now(UTC))


def test_the_job_does_all_that_waits(desk, runs):
    ids = [ask() for _ in range(3)]
    runs(finish)

    jobs.run_operations()

    assert {row(each).state for each in ids} == {OperationState.DONE}


def test_what_a_runner_refuses_has_failed_and_the_next_is_done(desk, runs):
    first, second = ask(), ask()

    def refuse_once(taken, until):
        if taken.id == first:
            raise RecordNotFoundError
        finish(taken, until)

    runs(refuse_once)
    jobs.run_operations()

    assert (row(first).state, row(first).error) == (OperationState.FAILED, "record_not_found")
    assert row(second).state is OperationState.DONE


def test_a_runner_that_was_overtaken_stops_nobody(desk, runs):
    first, second = ask(), ask()

    def overtaken(taken, until):
        if taken.id == first:
            with Writing() as session:
                session.get_one(Operation, first).fence += 1
        finish(taken, until)

    runs(overtaken)
    jobs.run_operations()

    assert row(first).state is OperationState.RUNNING
    assert row(second).state is OperationState.DONE


def test_what_a_killed_worker_left_is_finished_by_the_next(desk, runs):
    one = ask()
    killed = subprocess.run([sys.executable, "-c", KILLED], env=surroundings(desk), check=False)
    assert killed.returncode == -signal.SIGKILL
    left = row(one)
    assert (left.state, left.done, left.total) == (OperationState.RUNNING, 1, 2)
    with Writing() as session:  # its lease is over
        session.get_one(Operation, one).due_at = datetime.now(UTC)

    runs(finish)
    jobs.run_operations()

    assert (row(one).state, row(one).result) == (OperationState.DONE, {"done": 1})


def test_the_ticker_nudges_while_something_waits(database, redis, runs):
    watched = [one for one in ticker.entries(Pace()) if one.job is jobs.run_operations]
    runs(finish)
    ticker.tick(redis, watched, now=datetime.now(UTC))
    assert redis.llen("rq:queue:default") == 0

    ask()
    ticker.tick(redis, watched, now=datetime.now(UTC))

    assert redis.llen("rq:queue:default") == 1


def test_the_sweep_throws_away_what_is_over(desk):
    old = ask(now=datetime.now(UTC) - operations.KEPT - timedelta(seconds=1))
    kept = ask()

    jobs.sweep()

    with Reading() as session:
        assert [one.id for one in session.query(Operation)] == [kept]
    assert old != kept
