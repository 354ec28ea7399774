"""A batch whose worker is killed in the middle is gone on with, and no line is checked twice."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from config import jobs
from core import operations
from core.audit.trail import Entry
from core.checks import batches, uploads
from core.checks.batches import Batch
from core.checks.ledger import Order
from core.db import Reading, Writing
from core.institutions import CheckPurpose
from core.operations import Operation, OperationKind, OperationState, Owner, OwnerKind, Wanted
from tests.config.programs import GOOD, let_go, surroundings
from tests.core.given import subject

LINES = 1200  # two chunks and a part of a third
# A worker that is killed in its second chunk, once all is written and before it is committed.
KILLED = """
import os, signal
from config import checking, jobs
from core.checks import batches

advance, calls = batches.advance, []

def dying(session, *given, **named):
    reached = advance(session, *given, **named)
    session.flush()
    calls.append(reached)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return reached

batches.advance = dying
jobs.run_operations()
"""


@pytest.fixture
def desk(database, valkey_url, redis, tmp_path, monkeypatch):
    """The environment of a worker."""
    given = GOOD | {"DATABASE_URL": database.url, "REDIS_URL": valkey_url, "VAR_DIR": str(tmp_path)}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    jobs.tools.cache_clear()
    yield given
    jobs.tools.cache_clear()
    let_go(database)


@pytest.fixture
def asked(desk, register):
    """Ask for a batch; return the id of its operation."""
    now = datetime.now(UTC)
    held = register(now)
    holder = held.holder(held.issue(held.enrol())[1])
    codes = [subject().uscc, *(f"91530102MA{one:08}" for one in range(LINES - 1))]
    order = Order(holder, CheckPurpose.APPROVAL, "《行政许可法》第三十四条")
    with Writing() as session:
        batch = batches.ask(session, order, uploads.read("\n".join(codes).encode()), now=now)
        facts = {"batch_id": batch.id, "check_no": batch.check_no}
        wanted = Wanted(OperationKind.BATCH_VERIFICATION, facts, total=batch.total)
        return operations.ask(session, Owner(OwnerKind.INSTITUTION, holder.id), wanted, now=now).id


def held(operation_id):
    """Return the operation, its batch, and how many rows of the trail there are."""
    with Reading() as session:
        rows = session.scalar(select(func.count()).select_from(Entry))
        return session.get_one(Operation, operation_id), session.scalars(select(Batch)).one(), rows


def test_a_batch_is_checked_to_its_end(asked):
    jobs.run_operations()

    operation, batch, rows = held(asked)
    assert operation.state is OperationState.DONE
    assert operation.result == {"check_no": batch.check_no}
    assert (batch.checked, rows) == (LINES, LINES)


def test_a_killed_worker_loses_one_chunk_and_none_is_checked_twice(asked, desk):
    command = [sys.executable, "-c", KILLED]
    done = subprocess.run(command, check=False, env=surroundings(desk), capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    operation, batch, rows = held(asked)
    assert (batch.checked, rows, operation.done) == (batches.CHUNK,) * 3

    with Writing() as session:  # its lease runs out
        over = datetime.now(UTC) - timedelta(seconds=1)
        session.execute(update(Operation).values(due_at=over))
    jobs.run_operations()

    operation, batch, rows = held(asked)
    assert operation.state is OperationState.DONE
    assert (batch.checked, rows, operation.done) == (LINES,) * 3
