"""Messages to all who follow or bear a tag: WeChat picks who gets them, so all must want it.

Just before the call the rows under the message are compared with whom WeChat would reach. If they
differ, lists take its place, and the rows go over to them.
"""

from datetime import datetime
from enum import Enum, auto

import sqlalchemy as sa
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from core.accounts import Address, Channel
from core.campaigning import audience, marking, sending
from core.campaigning.ledger import Campaign, CampaignState, MassWay, SendState, Whom
from core.campaigning.marking import mark
from core.campaigning.sending import Taken
from core.outbox.deliveries import Delivery, DeliveryState
from core.preferences import choices
from core.preferences.kinds import NoticeKind, Outlet
from core.wechat_tags import WeChatTag

_SENDING = DeliveryState.SENDING


class Standing(Enum):
    """What is to become of a message to all or to a tag that is about to go."""

    GO = auto()
    LISTS = auto()  # somebody else would get it, too: lists take its place
    LATER = auto()
    NEVER = auto()  # it may be there already, and a repetition would reach who has refused


def tag_of(session: Session, taken: Taken) -> str:
    """Return the tag that a message goes to, as core.wechat_tags names it."""
    return audience.tag(_whom(session, taken)) or ""


def stands(session: Session, taken: Taken, *, borne: int | None, now: datetime) -> Standing:
    """Compare whom a message would reach with its rows; if it may go, the call comes next.

    `borne` is how many WeChat says that bear the tag: who was tagged by hand is known to it alone.
    """
    send = sending.held(session, taken)
    campaign = session.get_one(Campaign, taken.campaign_id)
    if send is None:
        return Standing.LATER
    if taken.unsure:
        return _again(session, taken)
    if campaign.state is not CampaignState.RUNNING:
        return Standing.LISTS if campaign.state is CampaignState.STOPPED else Standing.LATER
    _let_go(session, taken, now)
    rows = marking.count(session, taken.key, _SENDING)
    if borne not in (None, rows) or not _is_whole(session, taken, rows):
        return Standing.LISTS
    send.unsure = True
    return Standing.GO


def to_lists(session: Session, taken: Taken, *, now: datetime) -> None:
    """Let lists take the place of a message that did not go."""
    send = sending.held(session, taken)
    if send is None:
        return
    send.state, send.reason = SendState.CANCELLED, "not_whole"
    send.unsure, send.settled_at = False, now
    campaign = session.get_one(Campaign, taken.campaign_id, with_for_update=True)
    campaign.way, campaign.reached, campaign.is_filled = MassWay.LISTS, 0, False
    campaign.next_at = campaign.trouble = None
    session.flush()
    if campaign.state is CampaignState.STOPPED:
        sending.cancel(session, campaign, now=now)


def _again(session: Session, taken: Taken) -> Standing:
    refused = choices.refused(NoticeKind.CAMPAIGN, Outlet.WECHAT, Address.account_id)
    if session.scalar(select(Address.id).where(_is_reached(session, taken), refused).limit(1)):
        return Standing.LATER if taken.way is MassWay.TAG else Standing.NEVER
    return Standing.GO


def _let_go(session: Session, taken: Taken, now: datetime) -> None:
    """Take out who is not reached or does not want it any more: they are told as of any notice."""
    mine = Address.account_id == Delivery.account_id
    reached = exists().where(mine, _is_reached(session, taken))
    wanted = sa.and_(reached, audience.by_wechat(Delivery.account_id, now=now))
    mark(session, taken.key, _SENDING, ~wanted, **marking.as_any_notice(now))


def _is_whole(session: Session, taken: Taken, rows: int) -> bool:
    """Say whether everybody whom WeChat would reach has a row under the message, and one openid."""
    row = Delivery.account_id == Address.account_id, Delivery.msgid == taken.key
    has = exists().where(*row, Delivery.state == _SENDING)
    counts = select(func.count(), func.count(sa.case((has, 1)))).where(_is_reached(session, taken))
    reached, known = session.execute(counts).one()
    return 0 < rows == reached == known and not _strangers(session, taken)


def _is_reached(session: Session, taken: Taken) -> sa.ColumnElement[bool]:
    """Say in SQL that WeChat would bring the message to an address."""
    follows = Address.channel == Channel.WECHAT, Address.active
    if taken.way is MassWay.ALL:
        return sa.and_(*follows)
    borne = WeChatTag.openid == Address.value, WeChatTag.tag == tag_of(session, taken)
    return sa.and_(*follows, exists().where(*borne, ~WeChatTag.refused))


def _strangers(session: Session, taken: Taken) -> int:
    """Count the openids that bear the tag at WeChat and follow us no more, as far as we know."""
    if taken.way is MassWay.ALL:
        return 0
    follows = Address.channel == Channel.WECHAT, Address.active, Address.value == WeChatTag.openid
    borne = WeChatTag.tag == tag_of(session, taken), ~WeChatTag.refused
    strange = select(func.count()).select_from(WeChatTag).where(*borne, ~exists().where(*follows))
    return session.scalar(strange) or 0


def _whom(session: Session, taken: Taken) -> Whom:
    return Whom.read(session.get_one(Campaign, taken.campaign_id).whom)
