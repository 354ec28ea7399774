"""Sending messages to many: taken for a while, tried under one key, settled with all their rows."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from core.accounts import Address, Channel
from core.campaigning.ledger import (
    OPEN,
    Campaign,
    CampaignState,
    MassReceipt,
    MassSend,
    MassWay,
    SendState,
)
from core.db import insert
from core.outbox.deliveries import Delivery, DeliveryState, Way
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace

MOST_TRIES = 20
_SUCCESS = frozenset({"send success", "sendsuccess"})


@dataclass(frozen=True)
class Taken:
    """A message that somebody holds: all that sending asks of it."""

    id: int
    campaign_id: int
    key: str
    way: MassWay
    fence: int
    tries: int
    unsure: bool


def is_due(session: Session, *, now: datetime, pace: Pace) -> bool:
    """Say whether a worker would find a message to send or to settle."""
    waits = select(MassSend.id).where(*_due(now))
    held = select(MassReceipt.msg_id).join(MassSend, MassSend.msg_id == MassReceipt.msg_id)
    told = held.where(MassSend.state == SendState.ACCEPTED, MassReceipt.at <= now)
    late = select(MassSend.id).where(*_is_late(now, pace))
    return any(session.scalar(one.limit(1)) is not None for one in (waits, told, late))


def _due(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    # What may be at WeChat already is cleared up even if its campaign rests.
    runs = exists().where(
        Campaign.id == MassSend.campaign_id, Campaign.state == CampaignState.RUNNING
    )
    return OPEN, MassSend.due_at <= now, or_(runs, MassSend.unsure)


def lease(session: Session, *, now: datetime, pace: Pace) -> Taken | None:
    """Take the next message that is due for a while; what is not settled falls due again."""
    wanted = select(MassSend).where(*_due(now)).order_by(MassSend.due_at, MassSend.id).limit(1)
    held = wanted.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    send = session.scalar(held)
    if send is None:
        return None
    was_unsure = send.unsure
    send.state, send.unsure = SendState.SENDING, True
    send.tries, send.fence = send.tries + 1, send.fence + 1
    send.first_try_at = send.first_try_at or now
    send.due_at = now + pace.send_lease
    taken = send.id, send.campaign_id, send.key, send.way, send.fence, send.tries
    session.flush()
    return Taken(*taken, was_unsure)


def openids(session: Session, taken: Taken) -> list[str]:
    """Return to whom a list goes; who leaves after their row was written stays on it."""
    mine = Delivery.msgid == taken.key, Delivery.state == DeliveryState.SENDING
    held = Address.account_id == Delivery.account_id, Address.channel == Channel.WECHAT
    first = func.coalesce(
        func.min(sa.case((Address.active, Address.value))), func.min(Address.value)
    )
    found = select(first).select_from(Delivery).join(Address, sa.and_(*held)).where(*mine)
    return list(session.scalars(found.group_by(Delivery.account_id).order_by(Delivery.account_id)))


def is_forgotten(session: Session, taken: Taken, *, now: datetime, pace: Pace) -> bool:
    """Say whether WeChat may have forgotten the key of a message that may be there already."""
    send = session.get_one(MassSend, taken.id)
    first = send.first_try_at or now
    return taken.unsure and now - first > pace.mass_memory


def settle(session: Session, taken: Taken, outcome: Outcome, *, now: datetime, pace: Pace) -> None:
    """Write what a try came to, if the message is still ours; `again_at` counts no try."""
    wanted = select(MassSend).where(MassSend.id == taken.id, MassSend.fence == taken.fence)
    send = session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if send is None or send.state is not SendState.SENDING:
        return
    campaign = session.get_one(Campaign, send.campaign_id)
    campaign.trouble = outcome.reason if outcome.again_at else None
    if outcome.verdict is Verdict.ACCEPTED:
        _accepted(session, send, outcome.msgid, now=now, pace=pace)
    elif outcome.verdict is Verdict.NEVER or send.tries >= MOST_TRIES:
        _ended(session, send, taken, reason=outcome.reason, now=now)
    else:
        send.state = SendState.DUE
        send.unsure = taken.unsure or outcome.verdict is Verdict.MAYBE_SENT
        send.due_at = outcome.again_at or now + pace.mass_wait
        send.reason = outcome.reason
        if not send.unsure:
            send.first_try_at = None
        # Nothing is wrong with this one when WeChat takes nothing of anybody.
        send.tries -= outcome.again_at is not None


def _accepted(
    session: Session, send: MassSend, msg_id: str | None, *, now: datetime, pace: Pace
) -> None:
    send.state, send.settled_at, send.msg_id = SendState.ACCEPTED, now, msg_id
    send.reason = None
    _rows(session, send, DeliveryState.SENDING, state=DeliveryState.ACCEPTED, settled_at=now)
    session.flush()
    settle_receipts(session, now=now, pace=pace)


def _ended(
    session: Session, send: MassSend, taken: Taken, *, reason: str | None, now: datetime
) -> None:
    """End a message that was never taken, or of which nobody will ever know."""
    send.state = SendState.UNKNOWN if taken.unsure else SendState.FAILED
    state = DeliveryState.UNKNOWN if taken.unsure else DeliveryState.FAILED
    send.settled_at, send.reason = now, reason or "no_answer"
    _rows(session, send, DeliveryState.SENDING, state=state, reason=send.reason, settled_at=now)


def receive(session: Session, receipt: MassReceipt) -> None:
    """Keep the end of a message to many, for a job to settle its rows: WeChat waits for us.

    The first counts; repeated ones change nothing.
    """
    columns = MassReceipt.__table__.columns.keys()
    row = {name: getattr(receipt, name) for name in columns}
    session.execute(insert(session, MassReceipt).values(row).on_conflict_do_nothing())


def settle_receipts(session: Session, *, now: datetime, pace: Pace) -> None:
    """Settle the messages whose end is known, and those of which none came in time."""
    told = (
        select(MassSend, MassReceipt)
        .join(MassReceipt, MassReceipt.msg_id == MassSend.msg_id)
        .where(MassSend.state == SendState.ACCEPTED)
        .order_by(MassSend.id)
        .with_for_update(of=MassSend, skip_locked=True)
    )
    for send, receipt in session.execute(told).all():
        _reconcile(session, send, receipt, now=now, pace=pace)
    for send in session.scalars(select(MassSend).where(*_is_late(now, pace))).all():
        _close(session, send, SendState.UNKNOWN, reason="no_receipt")
        _unknown(session, send, "no_receipt", now=now)


def _is_late(now: datetime, pace: Pace) -> tuple[sa.ColumnElement[bool], ...]:
    known = exists().where(MassReceipt.msg_id == MassSend.msg_id)
    old = MassSend.settled_at < now - pace.receipt_wait
    return MassSend.state == SendState.ACCEPTED, old, ~known


def _reconcile(
    session: Session, send: MassSend, receipt: MassReceipt, *, now: datetime, pace: Pace
) -> None:
    """Compare WeChat's counts with our rows: who got nothing is named, or nobody is called sure."""
    for name in ("total", "filtered", "sent", "errors"):
        setattr(send, name, getattr(receipt, name))
    if receipt.status not in _SUCCESS:
        _close(session, send, SendState.FAILED, reason=receipt.status)
        failed = {"state": DeliveryState.FAILED, "reason": receipt.status, "settled_at": now}
        _rows(session, send, DeliveryState.ACCEPTED, **failed)
        return
    missing = _count(session, send) - receipt.sent
    left = _left(receipt.at)
    if missing > 0 and missing != _count(session, send, left):
        # The word that somebody left may still be on its way.
        if receipt.at < now - pace.receipt_wait:
            _close(session, send, SendState.FINISHED, reason="mass_partly")
            _unknown(session, send, "mass_partly", now=now)
        return
    if missing > 0:
        gone = {"state": DeliveryState.FAILED, "reason": "43004", "settled_at": now}
        _rows(session, send, DeliveryState.ACCEPTED, left, **gone)
    _close(session, send, SendState.FINISHED, reason=None)
    good = {"state": DeliveryState.DELIVERED, "reason": None, "settled_at": now}
    _rows(session, send, DeliveryState.ACCEPTED, **good)


def _count(session: Session, send: MassSend, *which: sa.ColumnElement[bool]) -> int:
    mine = Delivery.msgid == send.key, Delivery.state == DeliveryState.ACCEPTED
    return session.scalar(select(func.count()).select_from(Delivery).where(*mine, *which)) or 0


def _left(by: datetime) -> sa.ColumnElement[bool]:
    """Say in SQL that somebody had left WeChat's account when the message went out."""
    mine = Address.account_id == Delivery.account_id, Address.channel == Channel.WECHAT
    # WeChat tells it in whole seconds.
    gone = exists().where(*mine, ~Address.active, Address.changed_at <= by)
    return sa.and_(gone, ~exists().where(*mine, Address.active))


def _close(session: Session, send: MassSend, state: SendState, *, reason: str | None) -> None:
    send.state, send.reason = state, reason
    session.flush()


def _unknown(session: Session, send: MassSend, reason: str, *, now: datetime) -> None:
    values = {"state": DeliveryState.UNKNOWN, "reason": reason, "settled_at": now}
    _rows(session, send, DeliveryState.ACCEPTED, **values)


def _rows(
    session: Session,
    send: MassSend,
    was: DeliveryState,
    *which: sa.ColumnElement[bool],
    **values: object,
) -> None:
    mine = Delivery.msgid == send.key, Delivery.state == was, Delivery.way == Way.MASS
    session.execute(
        update(Delivery).where(*mine, *which).values(values),
        execution_options={"synchronize_session": False},
    )


def cancel(session: Session, campaign: Campaign, *, now: datetime) -> None:
    """End what has not begun of a campaign that is stopped: nobody else is told."""
    values = {"state": DeliveryState.SUPPRESSED, "reason": "stopped", "settled_at": now}
    open_ = MassSend.state.in_([SendState.FILLING, SendState.DUE]), MassSend.unsure.is_(False)
    wanted = select(MassSend).where(MassSend.campaign_id == campaign.id, *open_).with_for_update()
    for send in session.scalars(wanted).all():
        send.state, send.settled_at, send.reason = SendState.CANCELLED, now, "stopped"
        _rows(session, send, DeliveryState.SENDING, **values, unsure=False)
    due = Delivery.event_id == campaign.event_id, Delivery.state == DeliveryState.DUE
    session.execute(
        update(Delivery).where(*due).values(values),
        execution_options={"synchronize_session": False},
    )
