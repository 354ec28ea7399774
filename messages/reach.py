"""Reach: what is true of the people of one batch, read at once: addresses, wishes, consents."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core import accounts, alarms, installations, phones, subscriptions
from core.calendar import day, start_of
from core.db import Reading
from core.installations import Device
from core.outbox import told
from core.outbox.deliveries import Way
from core.outbox.leasing import Leased
from core.preferences import choices
from core.preferences.choices import Preferences
from messages.desk import Desk

_DEFAULT = Preferences()


@dataclass(frozen=True)
class Reach:
    """Whom what can reach. `allowed` and `told` are counted on while a batch is planned."""

    openids: Mapping[int, str]
    wishes: Mapping[int, Preferences]
    stopped: frozenset[str]
    closed: Mapping[Way, datetime]
    allowed: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[int] = field(default_factory=Counter)

    def wishes_of(self, account_id: int) -> Preferences:
        """Return how somebody wants to be told."""
        return self.wishes.get(account_id, _DEFAULT)


def read(
    desk: Desk, leased: Sequence[Leased], *, closed: Mapping[Way, datetime], now: datetime
) -> Reach:
    """Read what holds for the people of a batch."""
    people = {one.account_id for one in leased}
    templates = desk.stationery.subscriptions.values()
    with Reading() as session:
        openids = accounts.openids(session, people)
        wishes = choices.of_accounts(session, people)
        limited = [one for one, wish in wishes.items() if wish.daily_most is not None]
        allowed = subscriptions.allowed(session, openids.values(), templates)
        went = told.outside(session, limited, start_of(day(now)))
        stopped = alarms.stopped(session)
    for key in allowed:
        if key[1] in desk.stationery.lasting:
            allowed[key] = subscriptions.MOST * len(leased)
    return Reach(openids, wishes, stopped, closed, Counter(allowed), Counter(went))


def devices(
    desk: Desk, account_ids: Collection[int], *, now: datetime
) -> Mapping[int, Sequence[Device]]:
    """Return the devices of some accounts, of those that have any."""
    if desk.push is None or not account_ids:
        return {}
    with Reading() as session:
        return installations.devices_of(session, desk.push.vault, account_ids, now=now)


def numbers(desk: Desk, account_ids: Collection[int]) -> Mapping[int, str]:
    """Return the telephone numbers of some accounts, of those that have one."""
    if desk.noting is None or not account_ids:
        return {}
    with Reading() as session:
        return phones.of_accounts(session, desk.noting.vault, account_ids)
