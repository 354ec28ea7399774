"""Rollback (整批撤回): whatever a file brought is withdrawn, and whoever was told hears of it.

A withdrawn record gives up its natural key: the department may send the same decisions again, and
they come in as new records. What the registrar said is taken back, too: each subject is again what
all other files say of it, or what it was before (see core.registrations).
"""

from datetime import datetime

from sqlalchemy import String, cast, select, update
from sqlalchemy.orm import Session

from core import registrations, standing
from core.errors import BatchNotFoundError
from core.intake import seen
from core.intake.batches import Batch, BatchState
from core.records import Record, RecordState
from core.standing import STEPS, Step

CHUNK = 500
_MAY_GO = sorted(state for state, after in STEPS.items() if RecordState.WITHDRAWN in after)


def step(
    session: Session, batch_id: int, *, who: str, why: str, now: datetime, chunk: int = CHUNK
) -> int:
    """Withdraw the next records of a batch, or what it registered; 0 once it is closed.

    Alerts not yet sent find their record withdrawn and are not sent; for those sent a recall is
    owed. Raises BatchNotFoundError.
    """
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise BatchNotFoundError
    brought = Record.batch_id == batch_id, Record.state.in_(_MAY_GO)
    ids = session.scalars(select(Record.id).where(*brought).order_by(Record.id).limit(chunk))
    gone = standing.move_all(session, ids, Step(RecordState.WITHDRAWN, who, why), now=now)
    session.execute(update(Record).where(Record.id.in_(gone)).values(natural_key=_spare_key()))
    seen.forget(session, gone)
    number = len(gone) or registrations.withdraw(session, batch_id, now=now, limit=chunk)
    if not number:
        batch.state, batch.finished_at = BatchState.ROLLED_BACK, batch.finished_at or now
    return number


def _spare_key() -> object:
    return Record.natural_key + ":withdrawn:" + cast(Record.id, String)
