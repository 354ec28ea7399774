"""Clearing (到期清除): the results of batches go after a time; that they were asked for stays."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from core.audit import trail
from core.audit.trail import Act
from core.calendar import add_months, day, start_of
from core.checks.batches import Batch, BatchLine
from core.rules import Rulebook
from core.rules.lasting import Lasts, months

CHUNK = 5  # of ten thousand lines each
_WHO = "ticker"


def is_due(session: Session, rules: Rulebook, *, now: datetime) -> bool:
    """Say whether a batch still has what is kept no longer."""
    return session.scalar(_over(rules, now).limit(1)) is not None


def clear(session: Session, rules: Rulebook, *, now: datetime, chunk: int = CHUNK) -> int:
    """Erase the lines of the next batches; their numbers, dates and hashes stay."""
    some = _over(rules, now).order_by(Batch.id).limit(chunk).with_for_update(skip_locked=True)
    ids: Sequence[int] = session.scalars(some).all()
    session.execute(delete(BatchLine).where(BatchLine.batch_id.in_(ids)))
    session.execute(update(Batch).where(Batch.id.in_(ids)).values(cleared_at=now))
    for batch_id in ids:
        act = Act(_WHO, "system", "check_batch_cleared", f"check_batch:{batch_id}")
        trail.note(session, act, now=now)
    return len(ids)


def _over(rules: Rulebook, now: datetime) -> Select[int]:
    today = day(now)
    until = start_of(add_months(today, -months(rules.lasting, Lasts.CHECK_RESULTS, on=today)))
    return select(Batch.id).where(Batch.cleared_at.is_(None), Batch.finished_at < until)
