"""In SQL: who takes a message to many as it comes, and who has asked when and how often."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.calendar import in_kunming
from core.preferences.choices import Settings


def are_set(account_id: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 - a column
    """Say in SQL that an account has asked for quiet hours, a daily limit or a digest."""
    asked = sa.or_(_seldom(), Settings.quiet_from.is_not(None))
    return sa.exists().where(Settings.account_id == account_id, asked)


def hold(account_id: Any, *, now: datetime) -> sa.ColumnElement[bool]:  # noqa: ANN401 - a column
    """Say in SQL that what an account has asked for holds a message to many back now."""
    quiet = is_quiet(Settings.quiet_from, Settings.quiet_until, now=now)
    return sa.exists().where(Settings.account_id == account_id, sa.or_(_seldom(), quiet))


def is_quiet(first: Any, last: Any, *, now: datetime) -> sa.ColumnElement[bool]:  # noqa: ANN401
    """Say in SQL that an instant lies in the quiet hours between two columns, Kunming's time.

    The same as Preferences.quiet_till, for many rows at once.
    """
    clock = sa.literal(in_kunming(now).time(), first.type)
    by_day = sa.and_(first <= clock, clock < last)
    over_night = sa.or_(first <= clock, clock < last)
    are_there = first.is_not(None), last.is_not(None), first != last
    return sa.and_(*are_there, sa.case((first < last, by_day), else_=over_night))


def _seldom() -> sa.ColumnElement[bool]:
    return sa.or_(Settings.digest, Settings.daily_most.is_not(None))
