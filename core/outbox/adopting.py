"""Adopting (认领回执): a receipt whose number we never got settles the one try that it can be of.

When WeChat's answer is lost, we know to whom we wrote, and not the number; the receipt names both.
Where it might be of two, it says nothing of either.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.accounts import Address, Channel
from core.outbox.deliveries import Delivery, DeliveryState, Way

# Receipts come within minutes; what has been unknown for longer is of no other message.
_FRESH = timedelta(hours=2)
_UNSETTLED = (
    *(DeliveryState.DUE, DeliveryState.LEASED, DeliveryState.SENDING),
    DeliveryState.UNKNOWN,
)


class Reader(NamedTuple):
    """Of whose phone a receipt tells, and by which way the message came."""

    openid: str
    way: Way


def adopt(session: Session, msgid: str, reader: Reader, *, now: datetime) -> None:
    """Give a number that no delivery has to the only try that may have got it."""
    if session.scalar(select(Delivery.event_id).where(Delivery.msgid == msgid).limit(1)):
        return
    whose = select(Address.account_id).where(
        Address.channel == Channel.WECHAT, Address.value == reader.openid
    )
    # Whatever was tried for this reader and has no number: by another way, too, it makes doubt.
    open_ones = (
        Delivery.account_id.in_(whose),
        Delivery.state.in_(_UNSETTLED),
        Delivery.unsure,
        Delivery.msgid.is_(None),
        Delivery.first_try_at > now - _FRESH,
    )
    found = session.execute(
        select(Delivery.event_id, Delivery.account_id, Delivery.way).where(*open_ones).limit(2)
    ).all()
    if len(found) != 1 or found[0].way is not reader.way:
        return
    one = found[0]
    key = Delivery.event_id == one.event_id, Delivery.account_id == one.account_id
    given = {"state": DeliveryState.ACCEPTED, "msgid": msgid, "reason": None, "settled_at": now}
    session.execute(
        update(Delivery).where(*key, *open_ones[1:]).values(given),
        execution_options={"synchronize_session": False},
    )
