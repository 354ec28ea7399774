"""WeChat's quota days: Kunming's, or shorter at the pace of a drill."""

from datetime import UTC, date, datetime, timedelta

from sandbox.options import Options

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHINA = 8 * 3600
# 400 years of the calendar: a fast pace wraps around instead of leaving the years a date can hold.
CYCLE = 146_097 * 86_400


def day(options: Options) -> date:
    """Return the day on which quotas are counted now."""
    return (EPOCH + timedelta(seconds=(options.now() * options.pace + CHINA) % CYCLE)).date()


def month(options: Options) -> tuple[int, int]:
    """Return the year and month on which quotas are counted now."""
    today = day(options)
    return today.year, today.month
