"""Looked (有人查看): a person hears, once a day, that somebody else has read their data.

What was read, by whom and for what stands in the list of looks (core.dossier); this only says that
there is something to read there.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit.trail import Entry, TrailKind
from core.calendar import day
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.realname import Verification

ROLES = ("institution", "share_recipient", "staff", "case_handler")
# Longer than a transaction may last that has written its row and is not committed yet.
LOOKED_BACK = timedelta(hours=1)


def tell(session: Session, *, now: datetime) -> None:
    """Owe each person whose data others have read lately one notice for the day of the look."""
    read = Entry.kind == TrailKind.ACCESS, Entry.role.in_(ROLES), Entry.at > now - LOOKED_BACK
    looks = (
        select(Verification.account_id, Entry.at)
        .join(Verification, Verification.subject_id == Entry.subject_id)
        .where(*read)
    )
    days = {(row.account_id, day(row.at)) for row in session.execute(looks)}
    owed = [
        Owed(
            kind=EventKind.VIEWED,
            key=f"{EventKind.VIEWED}:{account_id}:{on.isoformat()}",
            audience=Audience.ACCOUNT,
            audience_id=account_id,
            event_date=on,
            facts={"day": on.isoformat()},
        )
        for account_id, on in sorted(days)
    ]
    owe(session, *owed, now=now)
