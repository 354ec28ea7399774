"""Receipts of messages to many: what WeChat says at the end, compared with our rows."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.accounts import Address, Channel
from core.campaigning import marking
from core.campaigning.ledger import MassReceipt, MassSend, SendState
from core.campaigning.marking import mark
from core.db import insert
from core.outbox.deliveries import Delivery, DeliveryState
from core.pace import Pace

_SUCCESS = frozenset({"send success", "sendsuccess"})
_ACCEPTED = DeliveryState.ACCEPTED


def is_due(session: Session, *, now: datetime, pace: Pace) -> bool:
    """Say whether some message waits to be settled."""
    held = select(MassReceipt.msg_id).join(MassSend, MassSend.msg_id == MassReceipt.msg_id)
    told = held.where(MassSend.state == SendState.ACCEPTED, MassReceipt.at <= now)
    late = select(MassSend.id).where(*_is_late(now, pace))
    return any(session.scalar(one.limit(1)) is not None for one in (told, late))


def receive(session: Session, receipt: MassReceipt) -> None:
    """Keep the end of a message to many, for a job to settle its rows: WeChat waits for us.

    The first counts; repeated ones change nothing.
    """
    columns = MassReceipt.__table__.columns.keys()
    row = {name: getattr(receipt, name) for name in columns}
    session.execute(insert(session, MassReceipt).values(row).on_conflict_do_nothing())


def settle(session: Session, *, now: datetime, pace: Pace) -> None:
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
        mark(session, send.key, _ACCEPTED, **failed)
        return
    missing = marking.count(session, send.key, _ACCEPTED) - receipt.sent
    left = _left(receipt.at)
    if missing > 0 and missing != marking.count(session, send.key, _ACCEPTED, left):
        # The word that somebody left may still be on its way.
        if receipt.at < now - pace.receipt_wait:
            _close(session, send, SendState.FINISHED, reason="mass_partly")
            _unknown(session, send, "mass_partly", now=now)
        return
    if missing > 0:
        gone = {"state": DeliveryState.FAILED, "reason": "43004", "settled_at": now}
        mark(session, send.key, _ACCEPTED, left, **gone)
    _close(session, send, SendState.FINISHED, reason=None)
    good = {"state": DeliveryState.DELIVERED, "reason": None, "settled_at": now}
    mark(session, send.key, _ACCEPTED, **good)


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
    mark(session, send.key, _ACCEPTED, **values)
