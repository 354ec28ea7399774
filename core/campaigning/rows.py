"""The rows of a campaign: one for each of its audience, written before anything is sent.

Rows that a mass message brings begin as `sending` and are in nobody's queue; the others fall due
and go the way of every notice. Rows of a message that could not go whole pass over to lists.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select, case, exists, false, func, literal, or_, select, true, update
from sqlalchemy.orm import Session

from core.campaigning import audience, marking
from core.campaigning.ledger import Campaign, MassSend, MassWay, SendState, Whom
from core.db import insert
from core.follows import Follow
from core.outbox.deliveries import Delivery, DeliveryState, EventKind, Way, is_urgent

_NOBODYS = timedelta(days=30)


def write(
    session: Session, campaign: Campaign, send: MassSend, *, now: datetime, chunk: int
) -> tuple[int, int | None]:
    """Write a row for each of the next accounts; return how many there were, and the last."""
    whole = _whole(session, campaign)
    left = [one.key for one in whole if one.state is SendState.CANCELLED]
    people = _people(session, campaign, send, now=now)
    if whole and send.way is MassWay.LISTS:
        people = people.where(~_has_one(campaign, people.selected_columns.account_id, left))
    next_ones = people.limit(chunk).subquery("next_ones").c
    number, last = session.execute(
        select(func.count(), func.max(next_ones.account_id)).select_from(next_ones.account_id.table)
    ).one()
    if number:
        columns = _columns(campaign, send, next_ones, now=now)
        chosen = select(*columns.values()).where(true())
        new = insert(session, Delivery).from_select(list(columns), chosen, include_defaults=False)
        session.execute(new.on_conflict_do_nothing())
    if left:
        upto = last if number == chunk else None
        _pass_over(session, campaign, send, left=left, upto=upto, now=now)
    return number, last


def _whole(session: Session, campaign: Campaign) -> Sequence[MassSend]:
    """Return the messages to all or to a tag; the rows of cancelled ones pass over to lists."""
    mine = MassSend.campaign_id == campaign.id, MassSend.way != MassWay.LISTS
    return session.scalars(select(MassSend).where(*mine)).all()


def _has_one(campaign: Campaign, account_id: Any, left: list[str]) -> sa.ColumnElement[bool]:  # noqa: ANN401
    """Say in SQL that an account has its row, and not one that passes over."""
    row = Delivery.event_id == campaign.event_id, Delivery.account_id == account_id
    stays = or_(Delivery.msgid.is_(None), Delivery.msgid.not_in(left))
    stays = or_(stays, Delivery.state != DeliveryState.SENDING)
    return exists().where(*row, stays).correlate_except(Delivery)


def _people(session: Session, campaign: Campaign, send: MassSend, *, now: datetime) -> Select[Any]:
    """Ask for whom the next rows are, in order, and what decides over each: asked but once."""
    whom, then = Whom.read(campaign.whom), campaign.started_at or now
    one = audience.accounts(whom, then, now).subquery("people").c.account_id
    follows = audience.by_wechat(one, now=now)
    enough = audience.had_enough(session, one, now=now)
    people = select(one, follows.label("follows"), enough.label("enough"))
    people = people.where(one > campaign.reached).order_by(one)
    if send.way is not MassWay.TAG:
        return people
    borne = audience.bears(audience.tag(whom) or "", one)
    return people.where(borne, follows, ~enough)


def _pass_over(
    session: Session,
    campaign: Campaign,
    send: MassSend,
    *,
    left: list[str],
    upto: int | None,
    now: datetime,
) -> None:
    """Let rows of a message that did not go pass over to this one; who wants it no more, does not.

    Lists are as long as the people asked for: so those alone pass over, up to the last of them.
    """
    mine = Delivery.event_id == campaign.event_id, Delivery.msgid.in_(left)
    reach = Delivery.account_id > campaign.reached, Delivery.state == DeliveryState.SENDING
    near = Delivery.account_id <= upto if upto is not None else true()
    rows = update(Delivery).where(*mine, *reach, near)
    people = audience.accounts(Whom.read(campaign.whom), campaign.started_at or now, now)
    wanted = sa.and_(
        people.where(Follow.account_id == Delivery.account_id).exists(),
        audience.by_wechat(Delivery.account_id, now=now),
    )
    for change in (
        rows.where(wanted).values(msgid=send.key, first_try_at=now),
        rows.values(marking.as_any_notice(now)),
    ):
        session.execute(change, execution_options={"synchronize_session": False})


def _columns(
    campaign: Campaign,
    send: MassSend,
    of: Any,  # noqa: ANN401 - columns
    *,
    now: datetime,
) -> dict[str, Any]:
    """Say in SQL what each row is: by mass message, in the inbox alone, or as any notice goes."""
    inbox, mass = sa.and_(of.follows, of.enough), sa.and_(of.follows, sa.not_(of.enough))
    moment = literal(now, Delivery.due_at.type)
    states = (mass, DeliveryState.SENDING.value), (inbox, DeliveryState.SUPPRESSED.value)
    return {
        "event_id": literal(campaign.event_id, Delivery.event_id.type),
        "account_id": of.account_id,
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
        "msgid": case((mass, send.key), else_=None),
        "reason": case((inbox, "month_limit"), else_=None),
        "settled_at": case((inbox, moment), else_=None),
    }
