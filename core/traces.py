"""Traces (发送经过): receipts, tries and counts of the outbox go after a time.

What came of each delivery stays in its row. The rules say for how many months they are kept; the
row in force today decides.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, tuple_
from sqlalchemy.orm import Session

from core.alarms import Alarm
from core.calendar import add_months, day, start_of
from core.campaigning.ledger import MassReceipt
from core.db import Base
from core.outbox.settle import Receipt
from core.outbox.tries import Try
from core.pace import Pace
from core.quotas import CallsMade
from core.rules import Rulebook
from core.rules.lasting import Lasts, months

CHUNK = 2000


def clear(
    session: Session, rules: Rulebook, *, now: datetime, pace: Pace, chunk: int = CHUNK
) -> int:
    """Delete the next that are kept no longer, at most so many of each; return how many."""
    today = day(now)
    until = start_of(add_months(today, -months(rules.lasting, Lasts.DELIVERY_TRACES, on=today)))
    old: dict[type[Base], ColumnElement[bool]] = {
        Receipt: Receipt.at < until,
        MassReceipt: MassReceipt.at < until,
        Try: Try.at < until,
        CallsMade: CallsMade.day < pace.quota_day(until),
        # One that is open still says what is wrong.
        Alarm: Alarm.lifted_at < until,
    }
    return sum(_clear(session, *one, chunk=chunk) for one in old.items())


def _clear(session: Session, table: Any, which: ColumnElement[bool], *, chunk: int) -> int:  # noqa: ANN401
    columns = table.__table__.primary_key.columns
    some = select(*columns).where(which).limit(chunk)
    gone = delete(table).where(tuple_(*columns).in_(some)).returning(*columns)
    return len(session.execute(gone, execution_options={"synchronize_session": False}).all())
