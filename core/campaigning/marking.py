"""Marking the rows of one message to many, all that stand alike at once."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.outbox.deliveries import Delivery, DeliveryState, Way


def mark(
    session: Session,
    key: str,
    was: DeliveryState,
    *which: sa.ColumnElement[bool],
    **values: object,
) -> None:
    """Change the rows of the message with this key that are in a state."""
    mine = Delivery.msgid == key, Delivery.state == was, Delivery.way == Way.MASS
    session.execute(
        update(Delivery).where(*mine, *which).values(values),
        execution_options={"synchronize_session": False},
    )


def count(session: Session, key: str, state: DeliveryState, *which: sa.ColumnElement[bool]) -> int:
    """Count the rows of the message with this key that are in a state."""
    mine = Delivery.msgid == key, Delivery.state == state
    return session.scalar(select(func.count()).select_from(Delivery).where(*mine, *which)) or 0


def as_any_notice(now: datetime) -> dict[str, Any]:
    """Return what a row becomes that no message to many brings: it goes as any notice does."""
    once_more = {"way": None, "msgid": None, "unsure": False, "first_try_at": None}
    return {"state": DeliveryState.DUE, "due_at": now, **once_more}
