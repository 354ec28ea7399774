"""Sent (官方消息核验): whether a message that somebody got is one of ours; never to whom it went.

It is found by what stands on it: the check code of its event, or the number of the case or of the
report that a card names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core import privacy, stamps
from core.outbox.deliveries import Delivery, EventKind, was_told
from core.outbox.events import Event

# What may be a code: on a card it stands alone, in a text between other characters.
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z](?:[0-9A-Za-z]|[- ](?=[0-9A-Za-z])){3,30}")
_MOST = 12  # codes that one text is searched for


@dataclass(frozen=True)
class Sent:
    """An event that we did tell somebody of, and the code that it was found by."""

    event_id: int
    kind: EventKind
    on: date
    code: str


def find(session: Session, key: bytes, text: str) -> Sent | None:
    """Return what a pasted text or a typed code stands for, if anybody was told of it."""
    for code in _codes(text):
        event_id = stamps.event_of(key, code)
        row = _told(session, Event.id == event_id) if event_id else _by_number(session, code)
        if row:
            return Sent(event_id=row[0], kind=row[1], on=row[2], code=code)
    return None


def _codes(text: str) -> Iterator[str]:
    seen = []
    for match in _CODE.finditer(text):
        # Behind a word of Latin letters ("code 7KQ2") the code is the last part alone.
        for code in (match[0], match[0].rpartition(" ")[2]):
            if code and code not in seen:
                seen.append(code)
    yield from seen[: 2 * _MOST]


def _by_number(session: Session, code: str) -> Sequence[Any] | None:
    """Find the notice that a case was received, or a report made, by the number on the card."""
    kinds = EventKind.CASE_OPENED, EventKind.REPORT_RECALLED, EventKind.REPORT_READY
    numbers = privacy.read_code(code), code.upper()
    keys = [f"{kind}:{number}" for kind in kinds for number in numbers]
    return _told(session, Event.key.in_(keys))


def _told(session: Session, which: ColumnElement[bool]) -> Sequence[Any] | None:
    told = select(Event.id, Event.kind, Event.event_date).join(
        Delivery, Delivery.event_id == Event.id
    )
    told = told.where(which, was_told(), Event.kind != EventKind.LATE_REPLY)
    return session.execute(told.order_by(Event.id.desc()).limit(1)).first()
