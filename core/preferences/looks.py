"""Looks: in which language an account reads, and whether in larger type; said in any place of ours.

They last here; whoever answers fast carries a copy, which is made anew from what has changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.accounts import Address, Channel
from core.installations import Locale
from core.preferences import choices
from core.preferences.choices import Settings


class Look(NamedTuple):
    """How one account reads."""

    language: Locale = Locale.ZH
    is_large: bool = False


class Held(NamedTuple):
    """The look of whoever writes from an openid; `place` is where the next page begins."""

    place: int
    openid: str
    look: Look


def of(session: Session, account_id: int) -> Look | None:
    """Return how an account reads, if it has said anything."""
    mine = select(Settings.language, Settings.large_type).where(Settings.account_id == account_id)
    row = session.execute(mine).first()
    return Look(*row) if row else None


def say(
    session: Session,
    account_id: int,
    *,
    language: Locale | None = None,
    is_large: bool | None = None,
    now: datetime,
) -> Look:
    """Keep what an account has just said, and return it whole; None is not said."""
    held = choices.locked(session, account_id)
    wanted = Look(
        held.language if language is None else language,
        held.large_type if is_large is None else is_large,
    )
    if wanted != (held.language, held.large_type):
        said = replace(held, language=wanted.language, large_type=wanted.is_large)
        choices.change(session, account_id, said, now=now)
    return wanted


def changed(
    session: Session, since: datetime | None, *, after: int = 0, limit: int
) -> Sequence[Held]:
    """List the looks of those in WeChat that changed since an instant; None: all but the usual."""
    unusual = or_(Settings.language != Locale.ZH, Settings.large_type)
    which: Any = unusual if since is None else Settings.changed_at > since
    mine = select(Address.id, Address.value, Settings.language, Settings.large_type).join(
        Settings, Settings.account_id == Address.account_id
    )
    page = mine.where(which, Address.channel == Channel.WECHAT, Address.id > after)
    rows = session.execute(page.order_by(Address.id).limit(limit))
    return [Held(row[0], row[1], Look(row[2], row[3])) for row in rows]
