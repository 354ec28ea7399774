"""Wishes as Redis carries them beside the talks, made anew from what the database keeps.

So whatever wipes Redis takes no wish away, and one said in the app or on a page is known here,
too, while a push itself asks the database nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

from bot.wish import Wish
from core.db import Reading
from core.preferences import looks
from core.preferences.looks import Held

_SINCE, _WISH = "bot:wishes-since", "bot:wish:{}"
# What was written by a transaction that ended later than it began is seen the next time.
_AGAIN = timedelta(minutes=2)
_PAGE = 500


def carry(redis: Redis, *, now: datetime) -> None:
    """Carry what has changed since the last time; all there is if Redis knows of no last time."""
    mark = cast("bytes | None", redis.get(_SINCE))
    since = datetime.fromisoformat(mark.decode()) - _AGAIN if mark else None
    place = 0
    while True:
        with Reading() as session:
            found = looks.changed(session, since, after=place, limit=_PAGE)
        _carry(redis, found)
        if len(found) < _PAGE:
            break
        place = found[-1].place
    redis.set(_SINCE, now.isoformat())


def _carry(redis: Redis, found: Sequence[Held]) -> None:
    pipe = redis.pipeline(transaction=False)
    for held in found:
        wish = Wish(held.look.language.value, held.look.is_large)
        pipe.set(_WISH.format(held.openid), wish.written())
    pipe.execute()
