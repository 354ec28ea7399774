"""Receipts, tries and counts go after a time, chunk by chunk; what came of a delivery stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import alarms, quotas, traces
from core.alarms import Alarm, AlarmKind
from core.campaigning.ledger import MassReceipt
from core.db import Reading, Writing
from core.outbox import settle
from core.outbox.settle import Outcome, Receipt, Verdict
from core.outbox.tries import Try
from core.quotas import CallsMade
from tests.core.department_files import RULES
from tests.core.given import NOW, PACE, begun, delivery, row

YEAR, DAY = timedelta(days=366), timedelta(days=1)
TABLES = (Receipt, MassReceipt, Try, CallsMade, Alarm)


@pytest.fixture
def key(database):
    """A delivery whose first try failed and whose second arrived, with all that is noted."""
    key = delivery()
    for outcome in (
        Outcome(Verdict.NOT_SENT, reason="43117", again_at=NOW),
        Outcome(Verdict.ACCEPTED, msgid="m1"),
    ):
        (held,) = begun()
        with Writing() as session:
            settle.settle(session, [(held, outcome)], now=NOW, pace=PACE)
    with Writing() as session:
        settle.receipt(session, "m1", "success", now=NOW)
        counts = {"total": 1, "filtered": 0, "sent": 1, "errors": 0}
        session.add(MassReceipt(msg_id="1", status="send success", at=NOW, **counts))
        quotas.add(session, {"a": 1}, now=NOW, pace=PACE)
        alarms.ring(session, AlarmKind.TEMPLATE, "t", reason="43116", now=NOW)
        alarms.lift(session, AlarmKind.TEMPLATE, "t", by="operator", now=NOW)
        alarms.ring(session, AlarmKind.TEMPLATE, "still", reason="43116", now=NOW)
    return key


def clear(now, **size):
    with Writing() as session:
        return traces.clear(session, RULES, now=now, pace=PACE, **size)


def held():
    with Reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def test_what_is_noted_of_deliveries_goes_after_a_year(key):
    assert clear(NOW + YEAR - 2 * DAY) == 0
    assert held() == [1, 1, 1, 1, 2]

    assert clear(NOW + YEAR + DAY) == 5

    assert held() == [0, 0, 0, 0, 1]
    assert (row(key).state, row(key).msgid) == ("delivered", "m1")


def test_at_most_so_many_go_at_once(database):
    with Writing() as session:
        for number in range(5):
            settle.receipt(session, f"m{number}", "success", now=NOW)

    assert [clear(NOW + YEAR + DAY, chunk=2) for _ in range(4)] == [2, 2, 1, 0]
