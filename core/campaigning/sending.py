"""Sending messages to many: taken for a while, tried under one key, settled with all their rows."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from core.accounts import Address, Channel
from core.articles.ledger import Article
from core.campaigning import receipts, removing, wishes
from core.campaigning.ledger import (
    OPEN,
    Campaign,
    CampaignState,
    MassSend,
    MassWay,
    SendState,
)
from core.campaigning.marking import mark
from core.outbox.deliveries import Delivery, DeliveryState
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from core.preferences import terms

MOST_TRIES = 20


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
    """Say whether a worker would find a message to send, to settle or to remove."""
    waits = select(MassSend.id).where(*_due(now)).limit(1)
    if session.scalar(waits) is not None or removing.is_due(session, now=now):
        return True
    return receipts.is_due(session, now=now, pace=pace)


def _due(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    # What may be at WeChat already is cleared up even if its campaign rests.
    quiet = terms.is_quiet(Campaign.quiet_from, Campaign.quiet_until, now=now)
    goes = Campaign.state == CampaignState.RUNNING, ~quiet, Article.withdrawn_at.is_(None)
    of_it = Campaign.id == MassSend.campaign_id, Article.id == Campaign.article_id
    runs = exists().where(*of_it, *goes)
    return OPEN, MassSend.due_at <= now, or_(runs, MassSend.unsure)


def lease(session: Session, *, now: datetime, pace: Pace) -> Taken | None:
    """Take the next message that is due for a while; what is not settled falls due again."""
    wanted = select(MassSend).where(*_due(now)).order_by(MassSend.due_at, MassSend.id).limit(1)
    held = wanted.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    send = session.scalar(held)
    if send is None:
        return None
    was_unsure = send.unsure
    # Of who follows or bears a tag we look once more whether all of them want it, before the call.
    send.state, send.unsure = SendState.SENDING, was_unsure or send.way is MassWay.LISTS
    send.tries, send.fence = send.tries + 1, send.fence + 1
    send.first_try_at = send.first_try_at or now
    send.due_at = now + pace.send_lease
    taken = send.id, send.campaign_id, send.key, send.way, send.fence, send.tries
    session.flush()
    if send.way is MassWay.LISTS:
        wishes.let_go(session, send.key, was_unsure=was_unsure, now=now)
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
    send = held(session, taken)
    if send is None:
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
    mark(session, send.key, DeliveryState.SENDING, state=DeliveryState.ACCEPTED, settled_at=now)
    session.flush()
    receipts.settle(session, now=now, pace=pace)


def _ended(
    session: Session, send: MassSend, taken: Taken, *, reason: str | None, now: datetime
) -> None:
    """End a message that was never taken, or of which nobody will ever know."""
    send.state = SendState.UNKNOWN if taken.unsure else SendState.FAILED
    state = DeliveryState.UNKNOWN if taken.unsure else DeliveryState.FAILED
    send.settled_at, send.reason = now, reason or "no_answer"
    mark(session, send.key, DeliveryState.SENDING, state=state, reason=send.reason, settled_at=now)


def held(session: Session, taken: Taken) -> MassSend | None:
    """Return a message if it is still ours, and keep others from changing it."""
    wanted = select(MassSend).where(MassSend.id == taken.id, MassSend.fence == taken.fence)
    send = session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    return send if send and send.state is SendState.SENDING else None


def cancel(session: Session, campaign: Campaign, *, now: datetime) -> None:
    """End what has not begun of a campaign that is stopped: nobody else is told."""
    values = {"state": DeliveryState.SUPPRESSED, "reason": "stopped", "settled_at": now}
    open_ = MassSend.state.in_([SendState.FILLING, SendState.DUE]), MassSend.unsure.is_(False)
    wanted = select(MassSend).where(MassSend.campaign_id == campaign.id, *open_).with_for_update()
    for send in session.scalars(wanted).all():
        send.state, send.settled_at, send.reason = SendState.CANCELLED, now, "stopped"
    session.flush()
    gone = MassSend.campaign_id == campaign.id, MassSend.state == SendState.CANCELLED
    for key in session.scalars(select(MassSend.key).where(*gone)).all():
        mark(session, key, DeliveryState.SENDING, **values, unsure=False)
    due = Delivery.event_id == campaign.event_id, Delivery.state == DeliveryState.DUE
    session.execute(
        update(Delivery).where(*due).values(values),
        execution_options={"synchronize_session": False},
    )
