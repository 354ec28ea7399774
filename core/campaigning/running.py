"""Running campaigns: begin what is due, and write the rows of the next message before it goes.

A recipient's row, and with it the line in the inbox, is there before the first byte is sent. Rows
that a mass message brings begin as `sending` and are in nobody's queue; the others fall due and go
the way of every notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.articles.ledger import Article, ArticleState
from core.calendar import day
from core.campaigning import marking, planning, rows, sending
from core.campaigning.ledger import (
    LIST_LEAST,
    LIST_MOST,
    LIVE,
    Campaign,
    CampaignState,
    MassSend,
    MassWay,
    SendState,
    Whom,
)
from core.db import insert
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from core.outbox.events import Audience, Event

_WITHDRAWN, _NOT_READY = "article_withdrawn", "article_not_published"


@dataclass(frozen=True)
class Filled:
    """What one step has written: how many rows, and whether the audience is through."""

    rows: int
    is_last: bool


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether some campaign has something to begin, to write or to end."""
    return session.scalar(select(Campaign.id).where(*_due(now)).limit(1)) is not None


def _due(now: datetime) -> Sequence[sa.ColumnElement[bool]]:
    begins = sa.and_(Campaign.state == CampaignState.SCHEDULED, Campaign.start_at <= now)
    may_go = or_(Campaign.next_at.is_(None), Campaign.next_at <= now)
    return LIVE, or_(begins, sa.and_(Campaign.state == CampaignState.RUNNING, may_go))


def due(session: Session, *, now: datetime) -> list[int]:
    """Return the campaigns that have something to do, the oldest first."""
    return list(session.scalars(select(Campaign.id).where(*_due(now)).order_by(Campaign.id)))


def step(session: Session, number: int, *, now: datetime, chunk: int = LIST_MOST) -> Filled | None:
    """Do the next thing of a campaign; None where there is nothing to write now.

    The row lock is the lease: a worker that dies gives its step back with its transaction.
    """
    wanted = select(Campaign).where(Campaign.id == number, *_due(now))
    found = wanted.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    campaign = session.scalar(found)
    if campaign is None or _waits(session, campaign, now=now):
        return None
    if campaign.state is CampaignState.SCHEDULED:
        _begin(session, campaign, now=now)
    if campaign.is_filled:
        _finish(session, campaign, now=now)
        return None
    return _fill(session, campaign, now=now, chunk=chunk)


def _waits(session: Session, campaign: Campaign, *, now: datetime) -> bool:
    state = session.get_one(Article, campaign.article_id).state(now)
    if state is ArticleState.WITHDRAWN:  # what was wrong is told to nobody else
        campaign.trouble, campaign.state = _WITHDRAWN, CampaignState.STOPPED
        campaign.changed_at = campaign.finished_at = now
        session.flush()
        sending.cancel(session, campaign, now=now)
        return True
    if campaign.is_filled:
        return False
    if state is not ArticleState.PUBLISHED:
        campaign.trouble = _NOT_READY
        return True
    if until := planning.quiet_till(campaign, now):
        name = "next_at" if campaign.state is CampaignState.RUNNING else "start_at"
        setattr(campaign, name, until)
        return True
    return False


def _begin(session: Session, campaign: Campaign, *, now: datetime) -> None:
    whom = Whom.read(campaign.whom)
    reached = planning.reach(session, whom, now=now)
    campaign.way = planning.way(session, whom, reached, now=now)
    row = {"kind": EventKind.CAMPAIGN, "key": f"campaign:no:{campaign.id}", "audience_id": 0}
    row |= {"audience": Audience.CAMPAIGN_SUBSCRIBERS, "event_date": day(now), "owed_at": now}
    # Whoever expands events leaves this one to us.
    row |= {"reached": 0, "expanded_at": now}
    row |= {"facts": {"article_id": campaign.article_id, "campaign_id": campaign.id}}
    campaign.event_id = session.scalar(insert(session, Event).values(row).returning(Event.id))
    campaign.state = CampaignState.RUNNING
    campaign.started_at = campaign.changed_at = now
    campaign.trouble = None


def _fill(session: Session, campaign: Campaign, *, now: datetime, chunk: int) -> Filled:
    send = _message(session, campaign, now=now)
    number, last = rows.write(session, campaign, send, now=now, chunk=chunk)
    campaign.reached = last or campaign.reached
    is_through = number < chunk
    # Whoever bears no tag is told by lists, once those who do have their rows.
    campaign.is_filled = is_through and send.way is not MassWay.TAG
    # A statement of its own: what was written is counted, not what was meant to be.
    mine = Delivery.msgid == send.key, Delivery.event_id == campaign.event_id
    send.size = session.scalar(select(func.count()).select_from(Delivery).where(*mine)) or 0
    paced = send.size if send.way is MassWay.LISTS else 0
    _close(session, send, is_through=is_through)
    if is_through and campaign.way is MassWay.TAG:
        campaign.way, campaign.reached = MassWay.LISTS, 0
    campaign.next_at = now + planning.step(campaign, paced)
    return Filled(number, campaign.is_filled)


def _message(session: Session, campaign: Campaign, *, now: datetime) -> MassSend:
    """Return the message that is being filled, or a new one."""
    mine = MassSend.campaign_id == campaign.id
    filling = select(MassSend).where(mine, MassSend.state == SendState.FILLING)
    if (send := session.scalar(filling)) is not None:
        return send
    number = (session.scalar(select(func.max(MassSend.number)).where(mine)) or 0) + 1
    send = MassSend(
        campaign_id=campaign.id,
        number=number,
        # WeChat is said to take no more than 32 bytes everywhere.
        key=f"km{campaign.id}-{number}",
        way=campaign.way or MassWay.LISTS,
        state=SendState.FILLING,
        size=0,
        tries=0,
        fence=0,
        unsure=False,
        due_at=now,
    )
    session.add(send)
    session.flush()
    return send


def _close(session: Session, send: MassSend, *, is_through: bool) -> None:
    """Let a message go once it is whole; a list of one is no list."""
    if send.way is not MassWay.LISTS and not is_through:
        return
    if send.way is MassWay.LISTS and send.size < LIST_LEAST:
        alone = marking.as_any_notice(send.due_at)
        marking.mark(session, send.key, DeliveryState.SENDING, **alone)
        session.delete(send)
        send.size = 0
        return
    if not send.size:
        session.delete(send)
        return
    send.state = SendState.DUE


def _finish(session: Session, campaign: Campaign, *, now: datetime) -> None:
    """End a campaign of which everything is settled."""
    open_ = SendState.DUE, SendState.SENDING, SendState.ACCEPTED, SendState.FILLING
    mine = MassSend.campaign_id == campaign.id, MassSend.state.in_(open_)
    if session.scalar(select(MassSend.id).where(*mine).limit(1)) is None:
        campaign.state = CampaignState.FINISHED
        campaign.finished_at = campaign.changed_at = now
        return
    campaign.next_at = now + planning.LOOK_AGAIN
