"""Writing: what is leased is put into letters and hints, a batch at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from core import accounts, installations, notices
from core.calendar import day
from core.db import Reading
from core.installations import Device
from core.outbox.leasing import Leased
from core.outbox.settle import Outcome, Verdict
from messages import letters
from messages.letters import Draft, Letter, Stationery
from messages.push import hints
from messages.push.jpush import Hint
from messages.push.pushing import Pushing

log = structlog.get_logger()

# Ready to go, ended before it went, or left to its lease.
Made = Letter | Hint | Outcome | None


@dataclass(frozen=True)
class Desk:
    """What writing needs."""

    stationery: Stationery
    push: Pushing | None = None
    interrupts: tuple[type[BaseException], ...] = ()  # what ends our whole work


@dataclass(frozen=True)
class Begun:
    """One send that may start, and when it was said to."""

    delivery: Leased
    made: Letter | Hint
    at: datetime


def write_all(
    desk: Desk, leased: Sequence[Leased], *, now: datetime
) -> dict[tuple[int, int], Made]:
    """Write a letter or a hint for each delivery, by its key, from what is true now."""
    drafts = _drafts(desk, sorted({one.event_id for one in leased}), now=now)
    with Reading() as session:
        openids = accounts.openids(session, {one.account_id for one in leased})
    return {
        one.key: _made(desk, one, drafts[one.event_id], openid=openids.get(one.account_id), now=now)
        for one in leased
    }


def devices_of(desk: Desk, delivery: Leased, *, now: datetime) -> Sequence[Device]:
    """Return the devices that a delivery may be pushed to."""
    # What WeChat may have brought already is brought by nobody else.
    if desk.push is None or delivery.unsure:
        return ()
    with Reading() as session:
        return installations.devices(session, desk.push.vault, delivery.account_id, now=now)


def _drafts(desk: Desk, event_ids: Sequence[int], *, now: datetime) -> Mapping[int, Draft | None]:
    try:
        with Reading() as session:
            told = notices.read_all(session, event_ids, today=day(now))
        return {
            event_id: letters.draft(notice, stationery=desk.stationery, now=now)
            for event_id, notice in told.items()
        }
    except desk.interrupts:
        raise
    except Exception:
        if len(event_ids) > 1:  # it is one of them
            parts = [_drafts(desk, [event_id], now=now) for event_id in event_ids]
            return {event_id: one for part in parts for event_id, one in part.items()}
        # Left to its lease: at the limit of tries it ends, and stops nobody else.
        log.exception("letter_failed", event_id=event_ids[0])
        return {event_ids[0]: None}


def _made(
    desk: Desk, delivery: Leased, drafted: Draft | None, *, openid: str | None, now: datetime
) -> Made:
    if drafted is None:
        return None
    devices = () if openid else devices_of(desk, delivery, now=now)
    if openid is None and not devices:
        return Outcome(Verdict.SUPPRESSED, reason="no_address")
    if not notices.is_news(drafted.notice):
        return Outcome(Verdict.SUPPRESSED, reason="superseded")
    if openid is not None:
        return letters.write(drafted, delivery.key, openid, stationery=desk.stationery)
    hint = hints.write(drafted.notice, delivery.event_id, devices)
    return hint or Outcome(Verdict.SUPPRESSED, reason="no_address")
