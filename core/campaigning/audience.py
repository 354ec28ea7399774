"""Audience: whom a campaign reaches and how, asked of the database and never loaded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from core import interests, wechat_tags
from core.accounts import Address, Channel
from core.calendar import day, start_of
from core.campaigning.ledger import Campaign, Whom
from core.follows import Follow, FollowedList, Topic, at_the_time
from core.installations import Locale
from core.interests import InterestKind
from core.outbox.deliveries import Delivery, DeliveryState, Way
from core.preferences import choices, terms
from core.preferences.choices import Settings
from core.preferences.kinds import NoticeKind, Outlet
from core.wechat_tags import WeChatTag

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


def by_wechat(account_id: Any, *, now: datetime) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Say in SQL that an account follows us in WeChat and lets it bring campaigns, and now.

    Whoever has asked for a digest, a daily limit or quiet hours that hold is told as of any notice.
    """
    mine = Address.account_id == account_id, Address.channel == Channel.WECHAT, Address.active
    return sa.and_(exists().where(*mine), _wants(account_id, now))


def _wants(account_id: Any, now: datetime) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    refused = choices.refused(NoticeKind.CAMPAIGN, Outlet.WECHAT, account_id)
    return sa.and_(~refused, ~terms.hold(account_id, now=now))


def had_enough(session: Session, account_id: Any, *, now: datetime) -> ColumnElement[bool]:  # noqa: ANN401
    """Say in SQL that an account has had its four mass messages of this calendar month."""
    month = start_of(day(now).replace(day=1))
    lately = Campaign.event_id.is_not(None), Campaign.started_at >= month - _LONGEST
    ids = session.scalars(select(Campaign.event_id).where(*lately)).all()
    if len(ids) < A_MONTH:
        return sa.false()
    got = aliased(Delivery)
    mine = got.account_id == account_id, got.event_id.in_(ids), got.way == Way.MASS
    # Of what failed, or was stopped before it began, surely nothing came.
    nothing = DeliveryState.FAILED, DeliveryState.SUPPRESSED
    counted = got.first_try_at >= month, got.state.not_in(nothing)
    number = select(func.count()).select_from(got).where(*mine, *counted)
    return number.correlate_except(got).scalar_subquery() >= A_MONTH


def is_everybody(session: Session, whom: Whom, *, now: datetime) -> bool:
    """Say whether an audience is all who follow us in WeChat, and all of them want WeChat's."""
    inside, wanted = _is_of(whom, Address.account_id, now), _wants(Address.account_id, now)
    following = Address.channel == Channel.WECHAT, Address.active
    other = select(Address.id).where(*following, ~sa.and_(inside, wanted))
    return session.scalar(other.limit(1)) is None


def _is_of(whom: Whom, account_id: Any, now: datetime) -> ColumnElement[bool]:  # noqa: ANN401
    """Say in SQL that an account is of an audience; of a million, PostgreSQL could keep no set."""
    return accounts(whom, now, now).where(Follow.account_id == account_id).exists()


def tag(whom: Whom) -> str | None:
    """Return the tag at WeChat that is for exactly these, as core.wechat_tags names it."""
    said: list[tuple[str, str]] = [(InterestKind.SETTING, one) for one in whom.settings]
    said += [(InterestKind.PLACE, one) for one in whom.places]
    if len(said) != 1 or whom.lists or whom.language:
        return None
    return wechat_tags.key(*said[0])


def bears(name: str, account_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Say in SQL that an account has an openid that bears a tag at WeChat, as far as we know."""
    mine = Address.account_id == account_id, Address.channel == Channel.WECHAT, Address.active
    borne = WeChatTag.openid == Address.value, WeChatTag.tag == name, ~WeChatTag.refused
    return exists().where(*mine, *borne).correlate_except(Address, WeChatTag)


def tagged(session: Session, whom: Whom, *, now: datetime) -> int:
    """Count who gets a campaign by the tag for exactly these; 0 if somebody else would get it, too.

    Whose tag is yet to be taken off does not count: that is done before the message goes.
    """
    if (name := tag(whom)) is None:
        return 0
    borne = wechat_tags.borne(name).subquery().c
    enough = had_enough(session, borne.account_id, now=now)
    inside = _is_of(whom, borne.account_id, now)
    right = sa.and_(inside, by_wechat(borne.account_id, now=now), ~enough)
    counts = func.count(), func.count(sa.distinct(sa.case((right, borne.account_id))))
    all_, good = session.execute(select(*counts).select_from(borne.account_id.table)).one()
    return good if good == all_ else 0
