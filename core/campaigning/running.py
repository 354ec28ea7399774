"""Running campaigns: begin what is due, and write the rows of the next message before it goes.

A recipient's row, and with it the line in the inbox, is there before the first byte is sent. Rows
that a mass message brings begin as `sending` and are in nobody's queue; the others fall due and go
the way of every notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import case, false, func, literal, or_, select, true, update
from sqlalchemy.orm import Session

from core.articles.ledger import Article, ArticleState
from core.calendar import day
from core.campaigning import audience, planning
from core.campaigning.ledger import (
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
from core.outbox.deliveries import Delivery, DeliveryState, EventKind, Way, is_urgent
from core.outbox.events import Audience, Event

LEAST = 2  # openids in one list, by WeChat's limit
_NOBODYS = timedelta(days=30)
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
    if campaign.is_filled:
        return False
    state = session.get_one(Article, campaign.article_id).state(now)
    if state is not ArticleState.PUBLISHED:
        gone = state is ArticleState.WITHDRAWN
        campaign.trouble = _WITHDRAWN if gone else _NOT_READY
        if gone:  # what was wrong is told to nobody else
            campaign.state = CampaignState.STOPPED
            campaign.changed_at = campaign.finished_at = now
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
    rows, last = _write(session, campaign, send.key, now=now, chunk=chunk)
    campaign.reached = last or campaign.reached
    campaign.is_filled = rows < chunk
    # A statement of its own: what was written is counted, not what was meant to be.
    mine = Delivery.msgid == send.key, Delivery.event_id == campaign.event_id
    send.size = session.scalar(select(func.count()).select_from(Delivery).where(*mine)) or 0
    _close(session, campaign, send)
    paced = send.size if campaign.way is MassWay.LISTS else 0
    campaign.next_at = now + planning.step(campaign, paced)
    return Filled(rows, campaign.is_filled)


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


def _close(session: Session, campaign: Campaign, send: MassSend) -> None:
    """Let a message go once it is whole; a list of one is no list."""
    if send.way is not MassWay.LISTS and not campaign.is_filled:
        return
    if send.way is MassWay.LISTS and send.size < LEAST:
        alone = update(Delivery).where(Delivery.msgid == send.key)
        one = {"state": DeliveryState.DUE, "way": None, "msgid": None, "unsure": False}
        session.execute(
            alone.values(**one, first_try_at=None),
            execution_options={"synchronize_session": False},
        )
        session.delete(send)
        send.size = 0
        return
    if not send.size:
        session.delete(send)
        return
    send.state = SendState.DUE


def _write(
    session: Session, campaign: Campaign, key: str, *, now: datetime, chunk: int
) -> tuple[int, int | None]:
    """Write a row for each of the next accounts; return how many there were, and the last."""
    then = campaign.started_at or now
    people = audience.accounts(Whom.read(campaign.whom), then, now).subquery("people").c
    next_ones = (
        select(people.account_id)
        .where(people.account_id > campaign.reached)
        .order_by(people.account_id)
        .limit(chunk)
        .subquery("next_ones")
    )
    rows, last = session.execute(
        select(func.count(), func.max(next_ones.c.account_id)).select_from(next_ones)
    ).one()
    if rows:
        whom = next_ones.c.account_id
        enough = audience.had_enough(session, whom, now=now)
        columns = _columns(campaign, key, whom, enough=enough, now=now)
        chosen = select(*columns.values()).select_from(next_ones).where(true())
        new = insert(session, Delivery).from_select(list(columns), chosen, include_defaults=False)
        session.execute(new.on_conflict_do_nothing())
    return rows, last


def _columns(
    campaign: Campaign,
    key: str,
    account_id: Any,  # noqa: ANN401 - a column
    *,
    enough: sa.ColumnElement[bool],
    now: datetime,
) -> dict[str, Any]:
    """Say in SQL what each row is: by mass message, in the inbox alone, or as any notice goes."""
    follows = audience.by_wechat(account_id)
    inbox, mass = sa.and_(follows, enough), sa.and_(follows, sa.not_(enough))
    moment = literal(now, Delivery.due_at.type)
    states = (mass, DeliveryState.SENDING.value), (inbox, DeliveryState.SUPPRESSED.value)
    return {
        "event_id": literal(campaign.event_id, Delivery.event_id.type),
        "account_id": account_id,
        "kind": literal(EventKind.CAMPAIGN.value),
        "urgent": literal(is_urgent(EventKind.CAMPAIGN)),
        "state": case(*states, else_=DeliveryState.DUE.value),
        "tries": literal(0),
        "fence": literal(0),
        "unsure": case((mass, true()), else_=false()),
        "way": case((mass, Way.MASS.value), else_=None),
        # Of whom a message reaches nobody's queue has anything to do.
        "due_at": case((mass, literal(now + _NOBODYS, Delivery.due_at.type)), else_=moment),
        "first_try_at": case((mass, moment), else_=None),
        "msgid": case((mass, key), else_=None),
        "reason": case((inbox, "month_limit"), else_=None),
        "settled_at": case((inbox, moment), else_=None),
    }


def _finish(session: Session, campaign: Campaign, *, now: datetime) -> None:
    """End a campaign of which everything is settled."""
    open_ = SendState.DUE, SendState.SENDING, SendState.ACCEPTED, SendState.FILLING
    mine = MassSend.campaign_id == campaign.id, MassSend.state.in_(open_)
    if session.scalar(select(MassSend.id).where(*mine).limit(1)) is None:
        campaign.state = CampaignState.FINISHED
        campaign.finished_at = campaign.changed_at = now
        return
    campaign.next_at = now + planning.LOOK_AGAIN
