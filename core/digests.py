"""Digests (每日汇总): who has asked for it hears once a day how much there is to read."""

from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.calendar import day, in_kunming
from core.outbox.deliveries import WAITS_FOR_DIGEST, Delivery, EventKind
from core.outbox.events import Audience, Owed, owe

AT = time(18)  # in Kunming


def window(now: datetime) -> tuple[datetime, datetime]:
    """Return the last whole day of digests: from one evening to the next that is over."""
    here = in_kunming(now)
    end = here.replace(hour=AT.hour, minute=AT.minute, second=0, microsecond=0)
    end = end if here >= end else end - timedelta(days=1)
    return end - timedelta(days=1), end


def owe_due(session: Session, *, now: datetime) -> None:
    """Owe each account whose notices waited for it the digest of the last whole day, once."""
    since, until = window(now)
    waited = Delivery.settled_at >= since, Delivery.settled_at < until
    counted = select(Delivery.account_id, func.count()).where(WAITS_FOR_DIGEST, *waited)
    rows = session.execute(counted.group_by(Delivery.account_id).order_by(Delivery.account_id))
    on = day(until)
    owed = [
        Owed(
            kind=EventKind.DIGEST,
            key=f"{EventKind.DIGEST}:{account_id}:{on.isoformat()}",
            audience=Audience.ACCOUNT,
            audience_id=account_id,
            event_date=on,
            facts={"number": number},
        )
        for account_id, number in rows
    ]
    owe(session, *owed, now=now)
