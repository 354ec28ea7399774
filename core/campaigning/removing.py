"""Removing what was sent to many: WeChat takes the article away from whoever has got it.

One call for one message; said again it is the same, so a call whose answer is lost is made again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from core.campaigning.ledger import REMOVAL, MassSend, Removal, SendState
from core.pace import Pace

# Of the others WeChat has nothing, or has not finished.
_THERE = SendState.FINISHED, SendState.UNKNOWN
_MAY_BE = {*_THERE, SendState.ACCEPTED}


@dataclass(frozen=True)
class Unwanted:
    """A message that is to be removed, by WeChat's number of it."""

    id: int
    msg_id: str


def is_possible(sends: Iterable[MassSend]) -> bool:
    """Say whether WeChat has any of these that nobody has asked to remove."""
    return any(
        one.msg_id is not None and one.state in _MAY_BE and one.removal in {None, Removal.REFUSED}
        for one in sends
    )


def ask(session: Session, campaign_id: int, *, now: datetime) -> int:
    """Have all messages of a campaign removed that WeChat has; return how many there are."""
    mine = MassSend.campaign_id == campaign_id, MassSend.msg_id.is_not(None)
    open_ = MassSend.state.in_(_MAY_BE)
    not_yet = MassSend.removal.is_(None) | (MassSend.removal == Removal.REFUSED)
    asked = {"removal": Removal.ASKED, "removal_reason": None, "due_at": now}
    wanted = update(MassSend).where(*mine, open_, not_yet).values(asked).returning(MassSend.id)
    return len(session.scalars(wanted, execution_options={"synchronize_session": False}).all())


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether a message is to be removed now."""
    return session.scalar(select(MassSend.id).where(*_due(now)).limit(1)) is not None


def lease(session: Session, *, now: datetime, pace: Pace) -> Unwanted | None:
    """Take the next message that is to be removed for a while."""
    wanted = select(MassSend).where(*_due(now)).order_by(MassSend.due_at, MassSend.id).limit(1)
    send = session.scalar(wanted.with_for_update(skip_locked=True))
    if send is None:
        return None
    send.due_at = now + pace.send_lease
    return Unwanted(send.id, send.msg_id or "")


def settle(session: Session, one: Unwanted, reason: str | None) -> None:
    """Write that a message was removed, or why WeChat did not."""
    send = session.get_one(MassSend, one.id)
    send.removal = Removal.REFUSED if reason else Removal.DONE
    send.removal_reason = reason


def later(session: Session, reason: str, at: datetime) -> None:
    """Leave all of them for later: WeChat removes nothing just now."""
    values = {"due_at": at, "removal_reason": reason}
    session.execute(
        update(MassSend).where(REMOVAL).values(values),
        execution_options={"synchronize_session": False},
    )


def _due(now: datetime) -> Sequence[ColumnElement[bool]]:
    return REMOVAL, MassSend.due_at <= now, MassSend.state.in_(_THERE)
