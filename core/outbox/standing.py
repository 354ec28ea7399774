"""How the outbox stands, in figures: what waits for its deliveries, and what became of them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.outbox import events
from core.outbox.deliveries import Delivery, DeliveryState

NEWEST = 100_000  # a city has millions; the answer must not take longer because of them


def oldest_event(session: Session) -> datetime | None:
    """Return since when the oldest event of any kind has lacked deliveries, if any does."""
    found = [events.oldest_waiting(session, urgent=urgent) for urgent in (True, False)]
    return min((moment for moment in found if moment), default=None)


def by_state(session: Session) -> dict[DeliveryState, int]:
    """Count the deliveries of the newest events by state."""
    newest = sa.select(Delivery.state).order_by(Delivery.event_id.desc(), Delivery.account_id)
    rows = newest.limit(NEWEST).subquery()
    counted = sa.select(rows.c.state, sa.func.count().label("many")).group_by(rows.c.state)
    return {row.state: row.many for row in session.execute(counted)}
