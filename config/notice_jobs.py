"""What RQ workers run for notices: what becomes due by the calendar, looks at data, digests."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from bot import wishes
from config.jobs import tools
from core import digests, looked, reminding, standing
from core.calendar import day, in_kunming
from core.db import Writing


def remind_of_terms() -> None:
    """Owe followers what has become due for records: repair is possible, publication ends."""
    tools()
    with Writing() as session:
        reminding.remind(session, now=_now())


def tell_of_looks() -> None:
    """Owe people a notice that others have read their data."""
    tools()
    with Writing() as session:
        looked.tell(session, now=_now())


def carry_wishes() -> None:
    """Carry to Redis in which language, and how large, people want to read."""
    wishes.carry(tools().redis, now=_now())


def owe_digests() -> None:
    """Owe the digests of the last whole day."""
    tools()
    with Writing() as session:
        digests.owe_due(session, now=_now())


def _now() -> datetime:
    return datetime.now(UTC)


def terms_are_over(session: Session, now: datetime) -> bool:
    """Say whether the publication of any record is over."""
    return standing.any_over(session, day(now))


def _is_day(_session: Session, now: datetime) -> bool:
    """Say whether people are awake: what is due by the calendar need not come at midnight."""
    return _MORNING <= in_kunming(now).hour < _EVENING


def _always(_session: Session, _now: datetime) -> bool:
    return True


_MORNING, _EVENING = 8, 20  # hours in Kunming
_Watched = tuple[Callable[[], None], str, timedelta, Callable[[Session, datetime], bool]]
# What the ticker watches: a job, its queue, how often, and whether there is anything to do.
WATCHED: tuple[_Watched, ...] = (
    (remind_of_terms, "default", timedelta(hours=1), _is_day),
    (tell_of_looks, "default", timedelta(minutes=10), _always),
    (owe_digests, "default", timedelta(minutes=10), _always),
    (carry_wishes, "default", timedelta(minutes=1), _always),
)
