"""What RQ workers run for the files of cases; see config.jobs."""

from datetime import UTC, datetime, timedelta
from functools import cache

from config import evidence
from config.evidence import Laboratory
from config.jobs import tools

_EXAMINING = timedelta(seconds=30)


@cache
def laboratory() -> Laboratory:
    """Build what files are examined with, in the processes that do."""
    return evidence.laboratory(tools().settings, clock=_now)


def examine_evidence() -> None:
    """Examine the files that citizens sent, the oldest first, for a while."""
    parts, until, more = laboratory(), _now() + _EXAMINING, True
    while more and _now() < until:
        more = evidence.examine_next(parts)


def expire_evidence() -> None:
    """Forget files that waited for a case in vain."""
    parts = laboratory()
    while evidence.expire(parts):
        pass


def sweep_evidence() -> None:
    """Delete files that no row names."""
    evidence.sweep(laboratory())


def _now() -> datetime:
    return datetime.now(UTC)
