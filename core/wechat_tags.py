"""Tags (标签) at WeChat: which of our followers bear which, and what is owed to make it so.

A tag is what somebody says of themselves (core.interests): a setting of 六进, or a place. It is for
campaigns, so only who subscribes to them bears it: nobody who has opted out of them or of WeChat's
bringing them, or who has asked for quiet hours, a daily limit or a digest. The rows are what WeChat
was told; the difference to what is said now is owed. Said twice it is the same, so whatever breaks
off begins anew.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, String, and_, delete, exists, select, type_coerce
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.accounts import Address, Channel
from core.db import Base, insert
from core.follows import Follow, Topic
from core.interests import Interest
from core.preferences import choices, terms
from core.preferences.kinds import NoticeKind, Outlet


class WeChatTag(Base):
    """One tag of one follower, as WeChat was told; refused, it is not told again."""

    __tablename__ = "wechat_tags"

    openid: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    refused: Mapped[bool]


class Owed(NamedTuple):
    """A follower, and a tag to put on or to take off."""

    openid: str
    tag: str


_SAID = type_coerce(Interest.kind, String) + ":" + Interest.value


def key(kind: str, value: str) -> str:
    """Return the name by which we know a tag; WeChat's number of it may change."""
    return f"{kind}:{value}"


def to_put(session: Session, *, limit: int) -> Sequence[Owed]:
    """List tags that are said and not told yet."""
    told = and_(WeChatTag.openid == Address.value, WeChatTag.tag == _SAID)
    wanted = _said(Address.value, _SAID).outerjoin(WeChatTag, told)
    rows = session.execute(wanted.where(WeChatTag.openid.is_(None)).limit(limit))
    return [Owed(openid, tag) for openid, tag in rows]


def to_take(session: Session, *, limit: int) -> Sequence[Owed]:
    """List tags that were told and are no longer said, or whose bearer left."""
    still = _said(Address.id).where(Address.value == WeChatTag.openid, WeChatTag.tag == _SAID)
    rows = select(WeChatTag.openid, WeChatTag.tag).where(~still.exists()).limit(limit)
    return [Owed(openid, tag) for openid, tag in session.execute(rows)]


def borne(tag: str) -> Select[Any]:
    """Ask for the openids that bear a tag and are to keep it, with their accounts."""
    told = WeChatTag.openid == Address.value, WeChatTag.tag == tag, ~WeChatTag.refused
    theirs = _said(Address.value.label("openid"), Address.account_id)
    return theirs.where(_SAID.in_([tag]), exists().where(*told))


def any_owed(session: Session) -> bool:
    """Say whether something is owed."""
    return bool(to_put(session, limit=1) or to_take(session, limit=1))


def put(session: Session, tag: str, openids: Iterable[str], *, refused: bool = False) -> None:
    """Note that WeChat put a tag on some, or will not."""
    rows = [{"openid": one, "tag": tag, "refused": refused} for one in openids]
    if rows:
        session.execute(insert(session, WeChatTag).on_conflict_do_nothing(), rows)


def taken(session: Session, tag: str, openids: Iterable[str]) -> None:
    """Note that WeChat took a tag off some."""
    theirs = bulk.among(session, WeChatTag.openid, openids)
    session.execute(delete(WeChatTag).where(WeChatTag.tag == tag, theirs))


def _said(*columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of two tables
    """Select from what reachable followers say of themselves who want campaigns as they come."""
    one, campaigns = Interest.account_id, NoticeKind.CAMPAIGN
    subscribes = Follow.account_id == one, Follow.topic == Topic.CAMPAIGNS, Follow.until.is_(None)
    wanted = exists().where(*subscribes), ~choices.refused(campaigns, Outlet.WECHAT, one)
    reached = Address.channel == Channel.WECHAT, Address.active
    theirs = select(*columns).select_from(Interest).join(Address, Address.account_id == one)
    return theirs.where(*reached, *wanted, ~terms.are_set(one))
