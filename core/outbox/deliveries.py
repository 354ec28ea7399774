"""Deliveries: one row for each person and event, from due to a final state."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, BigId, fixed

MOST_TRIES = 10


class EventKind(StrEnum):
    """What can happen; messages/ owns the wording."""

    ACCOUNT_CHANGED = "account_changed"
    BLACKLISTED = "blacklisted"
    CAMPAIGN = "campaign"
    CASE_DUE = "case_due"
    CASE_MOVED = "case_moved"
    CASE_OPENED = "case_opened"
    CASE_OVERDUE = "case_overdue"
    DIGEST = "digest"
    ENDING = "ending"
    LATE_REPLY = "late_reply"
    LIST_RELEASED = "list_released"
    RECALLED = "recalled"
    RECORD_ADDED = "record_added"
    REPAIRABLE = "repairable"
    REPORT_READY = "report_ready"
    REPORT_RECALLED = "report_recalled"
    VIEWED = "viewed"


# An alert never waits behind a campaign, or behind the many who follow a list.
_NOT_URGENT = frozenset(
    {EventKind.CAMPAIGN, EventKind.LIST_RELEASED, EventKind.DIGEST, EventKind.VIEWED}
    | {EventKind.ENDING, EventKind.REPAIRABLE}
)
# What tells of a record: what becomes of it is told to whoever heard one of these.
ALERTS = frozenset({EventKind.BLACKLISTED, EventKind.RECORD_ADDED})
TERMS = frozenset({EventKind.ENDING, EventKind.REPAIRABLE})
# A customer-service message has no client_msg_id: WeChat cannot drop its repetition.
NEVER_REPEATED = frozenset({EventKind.LATE_REPLY})


def is_urgent(kind: EventKind) -> bool:
    """Say whether the worker that serves only urgent things takes this kind."""
    return kind not in _NOT_URGENT


class Way(StrEnum):
    """How somebody is told outside the inbox: by one of these, never by two.

    SUBSCRIPTION is a subscription message (订阅通知), WECHAT a template message, SERVICE a
    customer-service message (客服消息).
    """

    SUBSCRIPTION = "subscription"
    WECHAT = "wechat"
    SERVICE = "service"
    PUSH = "push"
    MASS = "mass"
    SMS = "sms"


class DeliveryState(StrEnum):
    """Where a delivery is. The last four are final."""

    DUE = "due"
    LEASED = "leased"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SUPPRESSED = "suppressed"


class Delivery(Base):
    """One event for one account; also its line in the inbox.

    `unsure` says that some try may have reached WeChat without our knowing: it holds from the
    moment a send begins until WeChat's answer denies it. From `first_try_at` on WeChat remembers
    the client_msg_id for ten minutes, and only so long may it be tried again.
    `fence` grows with each lease: who settles with an old one settles nothing. `shown_at` is when
    the inbox first listed it, `read_at` when its reader said so. `way` is how the last try went
    out: what may have been told one way is never told another. `refused` are the ways that have
    said never, so that the next is tried.
    """

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_inbox", "account_id", "event_id"),)

    event_id: Mapped[BigId] = mapped_column(ForeignKey("events.id"), primary_key=True)
    account_id: Mapped[BigId] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    kind: Mapped[EventKind]
    urgent: Mapped[bool]
    state: Mapped[DeliveryState]
    tries: Mapped[int]
    fence: Mapped[int]
    unsure: Mapped[bool]
    way: Mapped[Way | None]
    refused: Mapped[str | None]
    due_at: Mapped[datetime]
    first_try_at: Mapped[datetime | None]
    msgid: Mapped[str | None]
    reason: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]

    @property
    def key(self) -> tuple[int, int]:
        """Return the event and the account: the idempotency key."""
        return self.event_id, self.account_id


OPEN = fixed(Delivery.state, DeliveryState.DUE, DeliveryState.LEASED, DeliveryState.SENDING)
Index(
    "ix_deliveries_open",
    Delivery.urgent,
    Delivery.unsure,
    Delivery.due_at,
    Delivery.event_id,
    Delivery.account_id,
    postgresql_where=OPEN,
    sqlite_where=OPEN,
)
# Few at any time, among all that were ever sent: they wait for a receipt.
ACCEPTED = fixed(Delivery.state, DeliveryState.ACCEPTED)
Index(
    "ix_deliveries_accepted",
    Delivery.settled_at,
    postgresql_where=ACCEPTED,
    sqlite_where=ACCEPTED,
)
WAITS_FOR_DIGEST = fixed(Delivery.reason, "digest")
Index(
    "ix_deliveries_digest",
    Delivery.settled_at,
    postgresql_where=WAITS_FOR_DIGEST,
    sqlite_where=WAITS_FOR_DIGEST,
)
_KNOWN = Delivery.msgid.is_not(None)
Index("ix_deliveries_msgid", Delivery.msgid, postgresql_where=_KNOWN, sqlite_where=_KNOWN)


def was_told(of: Any = Delivery) -> sa.ColumnElement[bool]:  # noqa: ANN401 - or an alias of it
    """Say in SQL to whom a delivery may have told something, by a message or in the inbox.

    A leased one counts: its letter may be written already, and go out after we have looked.
    """
    seen = of.shown_at.is_not(None), of.read_at.is_not(None)
    return sa.or_(of.state.in_(_OUT), of.unsure, *seen)


_OUT = (
    DeliveryState.LEASED,
    DeliveryState.SENDING,
    DeliveryState.ACCEPTED,
    DeliveryState.DELIVERED,
    DeliveryState.UNKNOWN,
)
