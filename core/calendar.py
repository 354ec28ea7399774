"""The legal day: what date it is in Kunming."""

from calendar import monthrange
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

KUNMING = ZoneInfo("Asia/Shanghai")


def day(now: datetime) -> date:
    """Return the date on which an instant falls; the law counts days in Kunming, not in UTC."""
    return now.astimezone(KUNMING).date()


def start_of(value: date) -> datetime:
    """Return the instant at which a day begins in Kunming."""
    return datetime.combine(value, time(), KUNMING)


def in_kunming(now: datetime) -> datetime:
    """Return the same instant with Kunming's offset, as people read it."""
    return now.astimezone(KUNMING)


@lru_cache(8192)  # a file's rows ask for the same days and terms again and again
def add_months(start: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month (民法典 202)."""
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(start.day, last))


def age(born: date, on: date) -> int:
    """Return somebody's age in full years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
