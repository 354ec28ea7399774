"""Audience: whom a campaign reaches and how, asked of the database and never loaded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from core import interests
from core.accounts import Address, Channel
from core.calendar import day, start_of
from core.campaigning.ledger import Campaign, Whom
from core.follows import Follow, FollowedList, Topic, at_the_time
from core.installations import Locale
from core.interests import InterestKind
from core.outbox.deliveries import Delivery, DeliveryState, Way
from core.preferences import choices
from core.preferences.choices import Settings
from core.preferences.kinds import NoticeKind, Outlet

# A campaign that began in one month may still send in the next.
_LONGEST = timedelta(days=31)
A_MONTH = 4  # mass messages that a follower gets in a calendar month, by WeChat's limit


def accounts(whom: Whom, then: datetime, now: datetime) -> Select[int]:
    """Ask for the accounts of an audience: who subscribed then and has not left since."""
    still = or_(Follow.until.is_(None), Follow.until > now)
    found = select(Follow.account_id).where(at_the_time(Topic.CAMPAIGNS, 0, then), still)
    return found.where(*_demands(whom, Follow.account_id))


def _demands(whom: Whom, account_id: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401 - a column
    demands: list[ColumnElement[bool]] = []
    if whom.settings:
        demands.append(interests.among(InterestKind.SETTING, whom.settings, account_id))
    if whom.places:
        demands.append(interests.among(InterestKind.PLACE, whom.places, account_id))
    if whom.lists:
        demands.append(_follow_a_list(whom.lists, account_id))
    if whom.language:
        demands.append(_read(whom.language, account_id))
    return demands


def _follow_a_list(codes: Sequence[str], account_id: Any) -> ColumnElement[bool]:  # noqa: ANN401
    watched = aliased(Follow)
    named = select(FollowedList.id).where(FollowedList.code.in_(codes))
    mine = watched.account_id == account_id, watched.topic == Topic.LIST, watched.until.is_(None)
    return exists().where(*mine, watched.subject_id.in_(named))


def _read(language: Locale, account_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    said = exists().where(Settings.account_id == account_id, Settings.language == language)
    if language is not Locale.ZH:
        return said
    other = exists().where(Settings.account_id == account_id, Settings.language != language)
    return ~other  # who has said nothing reads Chinese


def openid(account_id: Any) -> sa.ScalarSelect[str | None]:  # noqa: ANN401 - a column
    """Ask for the openid by which WeChat reaches an account: the same whenever one asks."""
    mine = Address.account_id == account_id, Address.channel == Channel.WECHAT, Address.active
    return select(func.min(Address.value)).where(*mine).correlate_except(Address).scalar_subquery()


def by_wechat(account_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Say in SQL that an account follows us in WeChat and lets it bring campaigns."""
    mine = Address.account_id == account_id, Address.channel == Channel.WECHAT, Address.active
    refused = choices.refused(NoticeKind.CAMPAIGN, Outlet.WECHAT, account_id)
    return sa.and_(exists().where(*mine), ~refused)


def had_enough(session: Session, account_id: Any, *, now: datetime) -> ColumnElement[bool]:  # noqa: ANN401
    """Say in SQL that an account has had its four mass messages of this calendar month."""
    month = start_of(day(now).replace(day=1))
    lately = Campaign.event_id.is_not(None), Campaign.started_at >= month - _LONGEST
    ids = session.scalars(select(Campaign.event_id).where(*lately)).all()
    if len(ids) < A_MONTH:
        return sa.false()
    got = aliased(Delivery)
    mine = got.account_id == account_id, got.event_id.in_(ids), got.way == Way.MASS
    # Of what failed surely nothing came.
    counted = got.first_try_at >= month, got.state != DeliveryState.FAILED
    number = select(func.count()).select_from(got).where(*mine, *counted)
    return number.correlate_except(got).scalar_subquery() >= A_MONTH


def outside(session: Session, whom: Whom, *, now: datetime) -> int:
    """Count who follows us in WeChat and is not of the audience, or does not want WeChat's."""
    audience = accounts(whom, now, now).subquery()
    inside = Address.account_id.in_(select(audience.c.account_id))
    wanted = ~choices.refused(NoticeKind.CAMPAIGN, Outlet.WECHAT, Address.account_id)
    following = Address.channel == Channel.WECHAT, Address.active
    left = select(func.count()).select_from(Address).where(*following, ~sa.and_(inside, wanted))
    return session.scalar(left) or 0
