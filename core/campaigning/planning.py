"""Plan: whom a campaign would reach, which way, in how many calls, how long; nothing loaded."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil

import sqlalchemy as sa
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.calendar import day, in_kunming, start_of
from core.campaigning import audience
from core.campaigning.ledger import LIST_MOST, Campaign, MassSend, MassWay, Whom
from core.preferences.choices import Preferences

CALLS_A_DAY = 100  # of the interface for mass messages, by WeChat's quota for new accounts
CALLS_A_MINUTE = 60
TO_ALL_A_MONTH = 4
FASTEST = CALLS_A_MINUTE * LIST_MOST
_MINUTE = timedelta(minutes=1)
LOOK_AGAIN = timedelta(seconds=1)  # whether everything is settled


@dataclass(frozen=True)
class Reach:
    """How many an audience has, and how each of them is reached."""

    total: int
    by_mass: int
    inbox_only: int  # they have had their four of this month
    elsewhere: int  # not in WeChat: the app, or the inbox


@dataclass(frozen=True)
class Calls:
    """How many calls for mass messages a day has, and how many of today are left."""

    a_day: int = CALLS_A_DAY
    left: int = CALLS_A_DAY

    def on(self, begins: datetime, *, now: datetime) -> int:
        """Return how many are left of the day on which an instant falls."""
        return self.left if day(begins) == day(now) else self.a_day


@dataclass(frozen=True)
class Plan:
    """What a campaign would do if it began at `begins`; `left` is of that day's calls."""

    reach: Reach
    way: MassWay
    calls: int
    left: int
    begins: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        """Return how many minutes it takes, quiet hours and days without quota among them."""
        return ceil((self.ends - self.begins) / _MINUTE)


def plan(session: Session, campaign: Campaign, calls: Calls, *, now: datetime) -> Plan:
    """Say what a campaign would do as the audience is now."""
    whom, begins = Whom.read(campaign.whom), max(campaign.start_at or now, now)
    reached = reach(session, whom, now=begins)
    chosen = way(session, whom, reached, now=begins)
    tagged = audience.tagged(session, whom, now=begins) if chosen is MassWay.TAG else 0
    sizes = _sizes(chosen, reached.by_mass, tagged=tagged)
    days = calls.a_day, calls.on(begins, now=now)
    ends = _end(campaign, sizes, days=days, begins=begins)
    return Plan(reached, chosen, len(sizes), days[1], begins, ends)


def _sizes(way: MassWay, people: int, *, tagged: int) -> list[tuple[MassWay, int]]:
    """Return how each message goes, and to how many."""
    first = people if way is MassWay.ALL else tagged
    at_once = [(way, first)] if first else []
    rest = range(0, people - first, LIST_MOST)
    return at_once + [(MassWay.LISTS, min(LIST_MOST, people - first - one)) for one in rest]


def reach(session: Session, whom: Whom, *, now: datetime) -> Reach:
    """Count an audience by how it would be reached, in one question."""
    found = audience.accounts(whom, now, now).subquery().c
    follows = audience.by_wechat(found.account_id, now=now)
    enough = audience.had_enough(session, found.account_id, now=now)
    counts = (
        func.count(),
        func.count(case((sa.and_(follows, ~enough), 1))),
        func.count(case((sa.and_(follows, enough), 1))),
    )
    total, mass, inbox = session.execute(select(*counts).select_from(found.account_id.table)).one()
    return Reach(total, mass, inbox, total - mass - inbox)


def way(session: Session, whom: Whom, reached: Reach, *, now: datetime) -> MassWay:
    """Choose WeChat's way: whoever is left out by somebody's wish must not get it."""
    if not reached.by_mass or reached.inbox_only:
        return MassWay.LISTS
    if whom != Whom():
        return MassWay.TAG if audience.tagged(session, whom, now=now) else MassWay.LISTS
    everybody = audience.is_everybody(session, whom, now=now)
    return MassWay.ALL if everybody and _may_send_to_all(session, now) else MassWay.LISTS


def _may_send_to_all(session: Session, now: datetime) -> bool:
    this_month, today = start_of(day(now).replace(day=1)), start_of(day(now))
    sent = select(MassSend.first_try_at).where(MassSend.way == MassWay.ALL)
    times = session.scalars(sent.where(MassSend.first_try_at >= this_month)).all()
    return len(times) < TO_ALL_A_MONTH and not any(one and one >= today for one in times)


def step(campaign: Campaign, size: int) -> timedelta:
    """Return how long after a message of this size the next may go."""
    return _MINUTE * size / campaign.rate


def quiet_till(campaign: Campaign, now: datetime) -> datetime | None:
    """Return when the quiet hours of a campaign end that hold at an instant, if they do."""
    hours = Preferences(quiet_from=campaign.quiet_from, quiet_until=campaign.quiet_until)
    return hours.quiet_till(now)


def _end(
    campaign: Campaign,
    sizes: list[tuple[MassWay, int]],
    *,
    days: tuple[int, int],
    begins: datetime,
) -> datetime:
    """Say when the last call is made; `days` are the calls of a day, and of the first one."""
    at, (a_day, left) = begins, days
    for way, size in sizes:
        if left == 0:
            at, left = start_of(day(at) + timedelta(days=1)), max(a_day, 1)
        at = quiet_till(campaign, at) or at
        # To all at once WeChat takes its own time; what is known is the call.
        at += step(campaign, size) if way is MassWay.LISTS else _MINUTE
        left -= 1
    return at


def told(hours: time | None) -> str:
    """Write an hour as forms do."""
    return hours.strftime("%H:%M") if hours else ""


def local(moment: datetime | None) -> str:
    """Write an instant as forms do, in Kunming's time."""
    return in_kunming(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
