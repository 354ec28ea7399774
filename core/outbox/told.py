"""Told: how often somebody was told outside since an instant, for whoever wants to be told less."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import bulk
from core.outbox.deliveries import Delivery, DeliveryState

_OUT = (
    *(DeliveryState.SENDING, DeliveryState.ACCEPTED),
    *(DeliveryState.DELIVERED, DeliveryState.UNKNOWN),
)


def outside(session: Session, account_ids: Collection[int], since: datetime) -> dict[int, int]:
    """Count what went out to some accounts since an instant; who was told nothing is not there."""
    if not account_ids:
        return {}
    mine = bulk.among(session, Delivery.account_id, sorted(account_ids))
    went = sa.or_(Delivery.state.in_(_OUT), Delivery.unsure), Delivery.first_try_at >= since
    counted = select(Delivery.account_id, func.count()).where(mine, *went)
    return {row[0]: row[1] for row in session.execute(counted.group_by(Delivery.account_id))}
