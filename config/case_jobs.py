"""What RQ workers run for cases: reminders, missed supplements, provisional deadlines."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from config import renewing
from config.jobs import tools
from core import traces
from core.casework import clearing, lapsing, obligations, recounting, reminders
from core.checks import clearing as check_clearing
from core.db import Writing

_AWHILE = timedelta(seconds=60)


def remind_of_cases() -> None:
    """Remind, tell that it is late and escalate, chunk by chunk."""
    _chunks(lambda session, now: reminders.remind(session, renewing.rules(), now=now))


def urge_departments() -> None:
    """Remind departments of the corrected texts that they owe."""
    tools()
    with Writing() as session:
        obligations.urge(session, renewing.rules(), now=_now())


def lapse_cases() -> None:
    """Let cases take the step that a missed supplement entails, chunk by chunk."""
    _chunks(lambda session, now: lapsing.lapse(session, renewing.rules(), now=now))


def recount_deadlines() -> None:
    """Set provisional deadlines as the calendar now has them."""
    tools()
    with Writing() as session:
        recounting.recount(session, renewing.rules(), now=_now())


def clear_what_is_over() -> None:
    """Erase what is kept no longer of closed cases, batches of checks, notices, chunk by chunk."""
    vault, pace = tools().settings.vault, tools().post.pace
    _chunks(lambda session, now: clearing.clear(session, renewing.rules(), vault, now=now))
    _chunks(lambda session, now: check_clearing.clear(session, renewing.rules(), now=now))
    _chunks(lambda session, now: traces.clear(session, renewing.rules(), now=now, pace=pace))


def _chunks(step: Callable[..., int]) -> None:
    tools()
    until, done = _now() + _AWHILE, 1
    while done and _now() < until:
        with Writing() as session:
            done = step(session, _now())


def _now() -> datetime:
    return datetime.now(UTC)
