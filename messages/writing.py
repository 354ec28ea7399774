"""Writing: what is leased is put into letters, hints and notes, a batch at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from core import notices
from core.calendar import day
from core.db import Reading
from core.outbox.deliveries import Way
from core.outbox.leasing import Leased
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from messages import letters, reach
from messages.desk import Desk
from messages.letters import Draft, Letter
from messages.notes import Note
from messages.planning import Made, Piece, Plan
from messages.push.jpush import Hint

log = structlog.get_logger()


@dataclass(frozen=True)
class Begun:
    """One send that may start, and when it was said to."""

    delivery: Leased
    made: Letter | Hint | Note
    at: datetime


@dataclass(frozen=True)
class Moment:
    """When something is planned, and what rests then."""

    now: datetime
    pace: Pace
    rests: Mapping[Way, datetime] = field(default_factory=dict)


def write_all(
    desk: Desk, leased: Sequence[Leased], *, moment: Moment
) -> dict[tuple[int, int], Made]:
    """Write each delivery for the way that will reach, by its key, from what is true now."""
    closed = {**(desk.ledger.closed() if desk.ledger else {}), **moment.rests}
    reached = reach.read(desk, leased, closed=closed, now=moment.now)
    languages = {one.key: reached.wishes_of(one.account_id).language.value for one in leased}
    wanted = {(one.event_id, languages[one.key]) for one in leased}
    drafts = _drafts(desk, wanted, now=moment.now)
    pieces = [
        Piece(one, drafted)
        for one in leased
        if (drafted := drafts[one.event_id, languages[one.key]]) is not None
    ]
    made = Plan(desk, reached, now=moment.now, pace=moment.pace).make(pieces)
    found: dict[tuple[int, int], Made] = {one.key: None for one in leased}
    return found | {one.leased.key: each for one, each in zip(pieces, made, strict=True)}


def other_way(desk: Desk, delivery: Leased, refuses: Iterable[Way], *, moment: Moment) -> bool:
    """Say whether anything else would bring a delivery that some ways refuse."""
    refused = " ".join(filter(None, (delivery.refused, *refuses)))
    one = replace_refused(delivery, refused)
    made = write_all(desk, [one], moment=moment)[one.key]
    return not isinstance(made, Outcome) or made.verdict is Verdict.HELD


def replace_refused(delivery: Leased, refused: str) -> Leased:
    """Return a delivery as it is after some ways have said never."""
    return delivery._replace(refused=refused, unsure=False)


def _drafts(
    desk: Desk, wanted: Iterable[tuple[int, str]], *, now: datetime
) -> dict[tuple[int, str], Draft | None]:
    keys = sorted(wanted)
    try:
        with Reading() as session:
            told = notices.read_all(session, sorted({key[0] for key in keys}), today=day(now))
        return {
            key: letters.draft(
                told[key[0]], key[0], stationery=desk.stationery, language=key[1], now=now
            )
            for key in keys
        }
    except desk.interrupts:
        raise
    except Exception:
        if len({key[0] for key in keys}) > 1:  # it is one of them
            parts = [_drafts(desk, [key], now=now) for key in keys]
            return {key: one for part in parts for key, one in part.items()}
        # Left to its lease: at the limit of tries it ends, and stops nobody else.
        log.exception("letter_failed", event_id=keys[0][0])
        return dict.fromkeys(keys)
