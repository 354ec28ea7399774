"""Settling: what became of a delivery, by WeChat's answer, by its receipt, or by the clock."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Index, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.db import Base, insert
from core.outbox import adopting, tries
from core.outbox.adopting import Reader
from core.outbox.deliveries import ACCEPTED, MOST_TRIES, OPEN, Delivery, DeliveryState, Way
from core.outbox.leasing import Leased, are_held
from core.pace import Pace


class Verdict(StrEnum):
    """What one try came to."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    NOT_SENT = "not_sent"
    MAYBE_SENT = "maybe_sent"
    NEVER = "never"
    SUPPRESSED = "suppressed"
    HELD = "held"


@dataclass(frozen=True)
class Outcome:
    """One try's verdict, WeChat's message id or the reason, and when to try again.

    `refuses` is a way that will never bring this: another may. What is HELD was not tried at all.
    """

    verdict: Verdict
    msgid: str | None = None
    reason: str | None = None
    again_at: datetime | None = None
    refuses: tuple[Way, ...] = ()


class Receipt(Base):
    """What WeChat says became of a message, kept because it may overtake our own note."""

    __tablename__ = "receipts"
    __table_args__ = (Index("ix_receipts_at", "at"),)

    msgid: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    at: Mapped[datetime]


_FINAL = {
    Verdict.ACCEPTED: DeliveryState.ACCEPTED,
    Verdict.DELIVERED: DeliveryState.DELIVERED,
    Verdict.NEVER: DeliveryState.FAILED,
    Verdict.SUPPRESSED: DeliveryState.SUPPRESSED,
}


def settle(
    session: Session, results: Sequence[tuple[Leased, Outcome]], *, now: datetime, pace: Pace
) -> None:
    """Write what a batch of tries came to, each only if the row is still ours."""
    unsent = [(one, out) for one, out in results if out.verdict in _UNTRIED]
    tried = [(one, out) for one, out in results if out.verdict not in _UNTRIED]
    tries.note(session, [_try(*one) for one in tried if _was_tried(one[1])], now=now)
    for some, was in ((unsent, DeliveryState.LEASED), (tried, DeliveryState.SENDING)):
        rows = [_row(*result, now=now, pace=pace) for result in some]
        if rows:
            _write(session, rows, was)


_UNTRIED = frozenset({Verdict.SUPPRESSED, Verdict.HELD})


def _was_tried(outcome: Outcome) -> bool:
    """Say whether a call was made that did not end the delivery: of a rest nothing is kept."""
    return outcome.verdict not in _FINAL and outcome.reason not in (None, "quota")


def _try(delivery: Leased, outcome: Outcome) -> tuple[Leased, str, bool]:
    return delivery, outcome.reason or "", outcome.verdict is Verdict.MAYBE_SENT


# What a try changes; of what is None here, what stands in the row stays.
_COLUMNS = (
    *(Delivery.event_id, Delivery.account_id, Delivery.fence, Delivery.state, Delivery.msgid),
    *(Delivery.reason, Delivery.settled_at, Delivery.due_at, Delivery.tries, Delivery.unsure),
    Delivery.refused,
)
_KEYS = 3


def _write(session: Session, rows: Sequence[Sequence[Any]], was: DeliveryState) -> None:
    # What is the same in all rows, as most is, is said once: arrays of it are most of the cost.
    same = _same(rows)
    varying = [place for place, column in enumerate(_COLUMNS) if column.key not in same]
    some = [[row[place] for place in varying] for row in rows]
    new = bulk.given(session, [_COLUMNS[place] for place in varying], some).c
    value = {
        column.key: sa.literal(same[column.key], column.type)
        if column.key in same
        else new[column.key]
        for column in _COLUMNS
    }
    changed = {name: value[name] for name in ("state", "msgid", "reason", "settled_at")}
    kept = {"due_at": Delivery.due_at, "tries": Delivery.tries, "unsure": Delivery.unsure}
    kept["refused"] = Delivery.refused
    changed |= {name: sa.func.coalesce(value[name], held) for name, held in kept.items()}
    # If WeChat surely has nothing of it, its memory has not begun to run.
    changed["first_try_at"] = sa.case((sa.not_(value["unsure"]), None), else_=Delivery.first_try_at)
    settled = update(Delivery).where(*are_held(new, was)).values(changed)
    session.execute(settled, execution_options={"synchronize_session": False})


def _same(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return what all rows have in common beside the keys, by the names of the columns."""
    values = zip(_COLUMNS, zip(*rows, strict=True), strict=True)
    behind = itertools.islice(values, _KEYS, None)
    return {column.key: held[0] for column, held in behind if len(set(held)) == 1}


def _row(delivery: Leased, outcome: Outcome, *, now: datetime, pace: Pace) -> tuple[Any, ...]:
    if state := _FINAL.get(outcome.verdict):
        end = (state, outcome.msgid, outcome.reason, now, None, None, None, None)
        return (*delivery.key, delivery.fence, *end)
    unsure = delivery.unsure or outcome.verdict is Verdict.MAYBE_SENT
    wait = pace.retry_waits[min(delivery.tries, len(pace.retry_waits)) - 1]
    # When WeChat rests for everybody, that says nothing against this one.
    tries = delivery.tries if outcome.again_at is None else delivery.tries - 1
    again_at, refused = outcome.again_at or now + wait, _refused(delivery, outcome)
    again = (None, outcome.reason, None, again_at, tries, unsure, refused)
    return (*delivery.key, delivery.fence, DeliveryState.DUE, *again)


def _refused(delivery: Leased, outcome: Outcome) -> str | None:
    """Add to the ways that said never; None where nothing changes."""
    if not outcome.refuses:
        return None
    return " ".join(filter(None, (delivery.refused, *outcome.refuses)))


def receipt(
    session: Session, msgid: str, status: str, *, reader: Reader | None = None, now: datetime
) -> None:
    """Keep WeChat's receipt; the first one counts, repeated and reordered ones change nothing.

    With its reader it settles a message, too, whose number was lost with WeChat's answer.
    """
    row = {"msgid": msgid, "status": status, "at": now}
    session.execute(insert(session, Receipt).values(row).on_conflict_do_nothing())
    if reader is not None:
        adopting.adopt(session, msgid, reader, now=now)
    _apply(session, Delivery.msgid == msgid, now=now)


def sweep(session: Session, *, now: datetime, pace: Pace) -> None:
    """Settle by the clock: receipts that came first, and outcomes nobody will ever know."""
    _apply(session, sa.true(), now=now)
    too_late = now - pace.receipt_wait
    # What a mass message brings is settled with the message.
    alone = sa.or_(Delivery.way.is_(None), Delivery.way != Way.MASS)
    quiet = sa.and_(ACCEPTED, Delivery.settled_at < too_late, alone)
    _unknown(session, quiet, "no_receipt", now=now)
    forgotten = Delivery.first_try_at < too_late - pace.wechat_memory
    # Without a key nothing is repeated, and without a number no receipt can be told to be its own.
    keyless = Delivery.way.in_([way for way in Way if way not in (Way.WECHAT, Way.MASS)])
    deaf = sa.and_(keyless, Delivery.first_try_at < now - pace.wechat_memory)
    lost = sa.or_(sa.and_(forgotten, alone), deaf)
    _unknown(session, sa.and_(OPEN, Delivery.unsure, lost), "no_answer", now=now)
    worn_out = sa.and_(
        OPEN, sa.not_(Delivery.unsure), Delivery.tries >= MOST_TRIES, Delivery.due_at <= now
    )
    values = {"state": DeliveryState.FAILED, "reason": "too_many_tries", "settled_at": now}
    session.execute(update(Delivery).where(worn_out).values(values))


def _unknown(
    session: Session, which: sa.ColumnElement[bool], reason: str, *, now: datetime
) -> None:
    values = {"state": DeliveryState.UNKNOWN, "reason": reason, "settled_at": now}
    session.execute(update(Delivery).where(which).values(values))


def _apply(session: Session, which: sa.ColumnElement[bool], *, now: datetime) -> None:
    status = select(Receipt.status).where(Receipt.msgid == Delivery.msgid).scalar_subquery()
    values = {
        "state": sa.case(
            (status == "success", DeliveryState.DELIVERED.value), else_=DeliveryState.FAILED.value
        ),
        "reason": sa.case((status == "success", None), else_=status),
        "settled_at": now,
    }
    told = ACCEPTED, sa.exists().where(Receipt.msgid == Delivery.msgid)
    session.execute(
        update(Delivery).where(*told, which).values(values),
        execution_options={"synchronize_session": False},
    )
