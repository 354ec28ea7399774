"""Choices: what an account has said about its notices; nothing said, the rows are not there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import bulk
from core.account_errors import SmsNotOfferedError
from core.accounts import Account
from core.calendar import in_kunming
from core.db import Base, BigId, insert
from core.installations import Locale
from core.preferences.kinds import BY_SMS, NoticeKind, Outlet, by_default


class Settings(Base):
    """What an account has said in general; `version` grows with each change.

    `large_type`: our pages are set in larger type for them.
    """

    __tablename__ = "notice_settings"

    account_id: Mapped[BigId] = mapped_column(
        ForeignKey(Account.id), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    language: Mapped[Locale]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    daily_most: Mapped[int | None]
    digest: Mapped[bool]
    large_type: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(index=True)


class Choice(Base):
    """Whether an outlet brings a kind, where that is said otherwise than it is by default."""

    __tablename__ = "notice_choices"

    account_id: Mapped[BigId] = mapped_column(
        ForeignKey(Account.id), primary_key=True, autoincrement=False
    )
    kind: Mapped[NoticeKind] = mapped_column(primary_key=True)
    outlet: Mapped[Outlet] = mapped_column(primary_key=True)
    wanted: Mapped[bool]


@dataclass(frozen=True)
class Preferences:
    """How one account wants to be told. Times are Kunming's; `choices` are what differs."""

    language: Locale = Locale.ZH
    quiet_from: time | None = None
    quiet_until: time | None = None
    daily_most: int | None = None
    digest: bool = False
    large_type: bool = False
    choices: Mapping[tuple[NoticeKind, Outlet], bool] = field(default_factory=dict)
    version: int = 0

    def wants(self, kind: NoticeKind, outlet: Outlet) -> bool:
        """Say whether an outlet may bring a kind."""
        if outlet is Outlet.SMS and kind not in BY_SMS:
            return False
        return self.choices.get((kind, outlet), by_default(outlet))

    def quiet_till(self, now: datetime) -> datetime | None:
        """Return when the quiet hours end that hold at an instant, if they do."""
        first, last = self.quiet_from, self.quiet_until
        if first is None or last is None or first == last:
            return None
        here = in_kunming(now)
        clock = here.time()
        is_quiet = first <= clock < last if first < last else clock >= first or clock < last
        if not is_quiet:
            return None
        end = here.replace(hour=last.hour, minute=last.minute, second=0, microsecond=0)
        return end if clock < last else end + timedelta(days=1)


_COLUMNS = ("language", "quiet_from", "quiet_until", "daily_most", "digest", "large_type")


def of_account(session: Session, account_id: int) -> Preferences:
    """Return how an account wants to be told."""
    return of_accounts(session, [account_id]).get(account_id, Preferences())


def of_accounts(session: Session, account_ids: Collection[int]) -> dict[int, Preferences]:
    """Return how those of some accounts want to be told that have said anything."""
    mine = bulk.among(session, Settings.account_id, sorted(account_ids))
    held = session.scalars(select(Settings).where(mine)).all()
    if not held:
        return {}
    theirs = bulk.among(session, Choice.account_id, [one.account_id for one in held])
    chosen: dict[int, dict[tuple[NoticeKind, Outlet], bool]] = {}
    for one in session.scalars(select(Choice).where(theirs)):
        chosen.setdefault(one.account_id, {})[one.kind, one.outlet] = one.wanted
    return {one.account_id: _read(one, chosen.get(one.account_id, {})) for one in held}


def _read(held: Settings, chosen: Mapping[tuple[NoticeKind, Outlet], bool]) -> Preferences:
    said: dict[str, Any] = {name: getattr(held, name) for name in _COLUMNS}
    return Preferences(**said, choices=chosen, version=held.version)


def locked(session: Session, account_id: int) -> Preferences:
    """Return how an account wants to be told, and keep others from changing it meanwhile."""
    session.scalar(select(Account.id).where(Account.id == account_id).with_for_update())
    return of_account(session, account_id)


def change(session: Session, account_id: int, wanted: Preferences, *, now: datetime) -> None:
    """Replace all that an account has said; the next version. Raises SmsNotOfferedError."""
    texts = {kind for (kind, outlet), on in wanted.choices.items() if on and outlet is Outlet.SMS}
    if texts - BY_SMS:
        raise SmsNotOfferedError
    said = {name: getattr(wanted, name) for name in _COLUMNS} | {"changed_at": now}
    new = insert(session, Settings).values(said | {"account_id": account_id, "version": 1})
    again = said | {"version": Settings.version + 1}
    session.execute(new.on_conflict_do_update(index_elements=["account_id"], set_=again))
    session.execute(delete(Choice).where(Choice.account_id == account_id))
    _choose(session, account_id, wanted.choices)
    session.expire_all()


def silence(session: Session, account_id: int, kind: NoticeKind, *, now: datetime) -> bool:
    """Let nothing outside bring a kind any more; return whether that is new."""
    return _say(session, account_id, dict.fromkeys(((kind, one) for one in Outlet), False), now=now)


def restore(session: Session, account_id: int, kind: NoticeKind, *, now: datetime) -> bool:
    """Let a kind be brought as it is by default."""
    default = {(kind, one): by_default(one) for one in Outlet}
    return _say(session, account_id, default, now=now)


def _say(
    session: Session,
    account_id: int,
    said: Mapping[tuple[NoticeKind, Outlet], bool],
    *,
    now: datetime,
) -> bool:
    held = locked(session, account_id)
    if all(held.choices.get(key, by_default(key[1])) is on for key, on in said.items()):
        return False
    values = {name: getattr(held, name) for name in _COLUMNS}
    choices = {**held.choices, **said}
    change(session, account_id, Preferences(**values, choices=choices), now=now)
    return True


def _choose(
    session: Session, account_id: int, choices: Mapping[tuple[NoticeKind, Outlet], bool]
) -> None:
    rows = [
        {"account_id": account_id, "kind": kind, "outlet": outlet, "wanted": wanted}
        for (kind, outlet), wanted in choices.items()
        if wanted is not by_default(outlet)
    ]
    if rows:
        session.execute(insert(session, Choice), rows)


def refused(kind: NoticeKind, outlet: Outlet, account_id: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401
    """Say in SQL that an account, a column, lets an outlet bring no notices of a kind."""
    said = Choice.account_id == account_id, Choice.kind == kind, Choice.outlet == outlet
    return sa.exists().where(*said, Choice.wanted.is_(False))


def join(session: Session, source: int, into: int, *, now: datetime) -> None:
    """Move what one account has said to another: what either did not want, both do not."""
    theirs, mine = (of_accounts(session, [one]).get(one) for one in (source, into))
    forget(session, source)
    if theirs is None:
        return
    wanted = _both(theirs, mine) if mine else theirs
    change(session, into, wanted, now=now)


def _both(theirs: Preferences, mine: Preferences) -> Preferences:
    keys = {*theirs.choices, *mine.choices}
    # Text messages were asked for by one, and stay; whatever one of them switched off is off.
    said = {
        key: all(one.choices[key] for one in (theirs, mine) if key in one.choices) for key in keys
    }
    limits = [one.daily_most for one in (theirs, mine) if one.daily_most is not None]
    quiet = mine if mine.quiet_from is not None else theirs
    return Preferences(
        mine.language,
        quiet.quiet_from,
        quiet.quiet_until,
        min(limits, default=None),
        digest=theirs.digest or mine.digest,
        large_type=theirs.large_type or mine.large_type,
        choices=said,
    )


def forget(session: Session, account_id: int) -> None:
    """Forget what an account has said."""
    session.execute(delete(Choice).where(Choice.account_id == account_id))
    session.execute(delete(Settings).where(Settings.account_id == account_id))
    session.expire_all()


def exported(session: Session, account_id: int) -> dict[str, Any] | None:
    """Return what an account has said, for its owner, as plain values."""
    held = of_accounts(session, [account_id]).get(account_id)
    if held is None:
        return None
    hours = [one.strftime("%H:%M") if one else None for one in (held.quiet_from, held.quiet_until)]
    return {
        "language": held.language.value,
        "quiet_from": hours[0],
        "quiet_until": hours[1],
        "daily_most": held.daily_most,
        "digest": held.digest,
        "large_type": held.large_type,
        "choices": [
            {"kind": kind.value, "outlet": outlet.value, "wanted": wanted}
            for (kind, outlet), wanted in sorted(held.choices.items())
        ],
    }
