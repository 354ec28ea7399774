"""What the staff's door is built of."""

from collections.abc import Callable
from datetime import datetime

from redis import Redis

from config import anchors, failures, ledgers, publishing, rulebook
from config.queues import RedisQueues
from config.settings import Settings
from console import Parts
from messages.report.shelf import Shelf


def parts(settings: Settings, redis: Redis, *, clock: Callable[[], datetime]) -> Parts:
    """Put the parts of the console together."""
    return Parts(
        clock,
        redis,
        rulebook.load(),
        settings.vault,
        queues=RedisQueues(redis),
        ledger=ledgers.of(settings, redis, clock=clock),
        secure=settings.public_url.startswith("https:"),
        away=failures.AWAY,
        pace=settings.pace_of_waits,
        shelf=Shelf(settings.report_dir),
        evidence_dir=settings.evidence_dir,
        uploads_dir=settings.uploads_dir,
        schedules=publishing.scheduled(),
        anchors=anchors.load(),
    )
