"""Followers whom no event told us of: walked page by page, as far as the day's calls go.

What was walked is kept, so that tomorrow, or another process, goes on where this one stopped.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.orm import Mapped, Session

from core import bulk
from core.accounts import Account, Address, Channel
from core.calendar import day
from core.db import Base, PrimaryKey, add_new

# WeChat allows 500 calls a day; whoever looks at the console of WeChat needs some, too.
CALLS_A_DAY = 450


class Walk(Base):
    """One walk over all followers. `place` is the last openid seen; `today` counts its calls."""

    __tablename__ = "follower_walks"

    id: Mapped[PrimaryKey]
    place: Mapped[str]
    seen: Mapped[int]
    added: Mapped[int]
    called_on: Mapped[date]
    calls: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def going_on(session: Session, *, now: datetime) -> Walk:
    """Return the walk that has not ended, locked; begin one if there is none."""
    open_one = select(Walk).where(Walk.ended_at.is_(None)).order_by(Walk.id).with_for_update()
    walk = session.scalars(open_one.limit(1)).first()
    if walk is None:
        walk = Walk(
            place="", seen=0, added=0, called_on=day(now), calls=0, started_at=now, ended_at=None
        )
        session.add(walk)
        session.flush()
    return walk


def may_call(session: Session, walk: Walk, *, now: datetime, most: int = CALLS_A_DAY) -> bool:
    """Count a call, of this walk and of those that ended today; False if the day has had enough."""
    today = day(now)
    if walk.called_on != today:
        walk.called_on, walk.calls = today, 0
    others = select(Walk.calls).where(Walk.called_on == today, Walk.id != walk.id)
    if walk.calls + sum(session.scalars(others)) >= most:
        return False
    walk.calls += 1
    return True


def take_in(session: Session, walk: Walk, openids: Sequence[str], *, now: datetime) -> None:
    """Take in one page of followers: open accounts for strangers, and note who can be reached.

    `now` is when the page was asked for: who has left since then has left.
    """
    known = _known(session, openids)
    _reachable(session, known, now)
    strangers = [openid for openid in dict.fromkeys(openids) if openid not in known]
    if strangers:
        _open(session, strangers, now)
    walk.place = openids[-1]
    walk.seen += len(openids)
    walk.added += len(strangers)


def end(walk: Walk, *, now: datetime) -> None:
    """Note that all followers were seen."""
    walk.ended_at = now


def _known(session: Session, openids: Sequence[str]) -> set[str]:
    ours = Address.channel == Channel.WECHAT
    held = select(Address.value).where(ours, bulk.among(session, Address.value, openids))
    return set(session.scalars(held))


def _reachable(session: Session, openids: set[str], now: datetime) -> None:
    left = Address.active.is_(False), Address.changed_at <= now
    ours = Address.channel == Channel.WECHAT, bulk.among(session, Address.value, sorted(openids))
    session.execute(update(Address).where(*ours, *left).values(active=True, changed_at=now))


def _open(session: Session, openids: Sequence[str], now: datetime) -> None:
    new = plain_insert(Account).returning(Account.id)
    ids = session.scalars(new, [{"created_at": now} for _ in openids]).all()
    common = {"channel": Channel.WECHAT, "active": True, "changed_at": now}
    rows = [
        {"account_id": account, "value": openid, **common}
        for account, openid in zip(ids, openids, strict=True)
    ]
    add_new(session, Address, rows)
    # Somebody came by a push in the same moment: that account is theirs, ours is nobody's.
    held = session.scalars(
        select(Address.account_id).where(bulk.among(session, Address.account_id, ids))
    )
    if nobodys := set(ids).difference(held):
        session.execute(delete(Account).where(bulk.among(session, Account.id, nobodys)))
