"""News of an account (账户变动): its owner hears of a change that somebody else may have made."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from core.calendar import day
from core.db import Facts
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe


class AccountChange(StrEnum):
    """What was changed: the telephone number, or WeChat was linked."""

    PHONE = "phone"
    WECHAT = "wechat"


@dataclass(frozen=True)
class Changed:
    """What was changed, and when."""

    what: AccountChange
    at: datetime


def tell(session: Session, account_id: int, what: AccountChange, *, now: datetime) -> None:
    """Owe an account the news of a change."""
    changed = Owed(
        kind=EventKind.ACCOUNT_CHANGED,
        key=f"{EventKind.ACCOUNT_CHANGED}:{account_id}:{what}:{now.isoformat()}",
        audience=Audience.ACCOUNT,
        audience_id=account_id,
        event_date=day(now),
        facts={"what": what.value, "at": now.isoformat()},
    )
    owe(session, changed, now=now)


def read(facts: Facts) -> Changed:
    """Return what there is to tell of a change."""
    return Changed(AccountChange(facts["what"]), datetime.fromisoformat(str(facts["at"])))
