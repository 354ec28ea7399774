"""What counts our calls against their daily quotas, built from the settings."""

from collections.abc import Callable
from datetime import datetime

from redis import Redis

from config import pairs
from config.settings import Settings
from messages.ledger import Ledger


def of(settings: Settings, redis: Redis, *, clock: Callable[[], datetime]) -> Ledger:
    """Return the ledger that all processes share."""
    return Ledger(redis, pairs.quotas(settings.daily_quotas), settings.pace_of_waits, clock)
