"""The inbox (消息): what an account was told, newest first; its deliveries are its lines.

Whatever way a message took outside, or none, its line is here. A line that was never told and is
old news by now is not shown.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from core.errors import MessageNotFoundError
from core.outbox.deliveries import Delivery, EventKind, was_told
from core.outbox.events import Event

_SUPERSEDED = "superseded"
COUNTED = 100  # an unread count is exact up to here
# An answer that came late belongs to its conversation.
_NOT_MINE = frozenset({EventKind.LATE_REPLY})


class Line(NamedTuple):
    """One line: an event, when it was owed, and whether its reader was told of it before."""

    event_id: int
    kind: EventKind
    event_date: date
    owed_at: datetime
    read_at: datetime | None
    was_told: bool


def page(
    session: Session, account_id: int, *, limit: int, after: int | None = None, unread: bool = False
) -> Sequence[Line]:
    """Return the next lines, behind the one of the event `after`; only unread ones if asked."""
    wanted = [_of(account_id)]
    if after is not None:
        wanted.append(Delivery.event_id < after)
    if unread:
        wanted.append(Delivery.read_at.is_(None))
    columns = Delivery.event_id, Delivery.kind, Event.event_date, Event.owed_at, Delivery.read_at
    found = (
        select(*columns, was_told().label("was_told"))
        .join(Event, Event.id == Delivery.event_id)
        .where(*wanted)
        .order_by(Delivery.event_id.desc())
        .limit(limit)
    )
    return [Line(*row[:-1], bool(row[-1])) for row in session.execute(found)]


def note_shown(
    session: Session, account_id: int, event_ids: Sequence[int], *, now: datetime
) -> None:
    """Note that lines were listed: whoever has seen an alert must hear of its correction."""
    if not event_ids:
        return
    new = _of(account_id), Delivery.event_id.in_(event_ids), Delivery.shown_at.is_(None)
    session.execute(update(Delivery).where(*new).values(shown_at=now))


def pass_over(session: Session, account_id: int, event_ids: Sequence[int]) -> None:
    """Note that lines which nobody was told of are old news: they count as unread no longer."""
    if not event_ids:
        return
    old = _of(account_id), Delivery.event_id.in_(event_ids), Delivery.shown_at.is_(None)
    session.execute(update(Delivery).where(*old).values(reason=_SUPERSEDED))


def unread(session: Session, account_id: int) -> int:
    """Count unread lines, up to COUNTED."""
    some = select(Delivery.event_id).where(_of(account_id), Delivery.read_at.is_(None))
    counted = select(func.count()).select_from(some.limit(COUNTED).subquery())
    return session.scalar(counted) or 0


def read_one(session: Session, account_id: int, event_id: int, *, now: datetime) -> None:
    """Note that a line was read; the first time counts. Raises MessageNotFoundError."""
    line = _of(account_id), Delivery.event_id == event_id
    if session.scalar(select(Delivery.event_id).where(*line)) is None:
        raise MessageNotFoundError
    _read(session, *line, now=now)


def read_up_to(session: Session, account_id: int, event_id: int, *, now: datetime) -> None:
    """Note that a line and all older ones were read: not those that came in meanwhile."""
    _read(session, _of(account_id), Delivery.event_id <= event_id, now=now)


def _of(account_id: int) -> ColumnElement[bool]:
    fresh = or_(Delivery.reason.is_(None), Delivery.reason != _SUPERSEDED, was_told())
    return and_(Delivery.account_id == account_id, Delivery.kind.not_in(_NOT_MINE), fresh)


def _read(session: Session, *which: ColumnElement[bool], now: datetime) -> None:
    fresh = update(Delivery).where(*which, Delivery.read_at.is_(None))
    session.execute(fresh.values(read_at=now))
