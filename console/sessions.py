"""Sessions of the staff, in Redis: by the hash of a random id, over after a while, ended at will.

Redis holds no id that could be used: only its SHA-256. Every time is checked by our own clock, too.
"""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_TOUCH = timedelta(minutes=1)  # a session is written to again no sooner than this
_SESSION, _OF = "console:session:{}", "console:sessions:{}"


@dataclass(frozen=True)
class Kept:
    """What is kept of one session; `handle` names it and opens nothing."""

    handle: str
    staff_id: int
    epoch: int
    began: datetime
    seen: datetime
    browser: str
    address: str


def open_(
    redis: Redis, who: tuple[int, int], *, browser: str, address: str, now: datetime
) -> tuple[str, Kept]:
    """Open a session for a member in its epoch; return the id, which is told once, and the rest."""
    token = secrets.token_urlsafe(32)
    kept = Kept(handle_of(token), *who, now, now, browser, address)
    with redis.pipeline() as pipe:
        pipe.set(_SESSION.format(kept.handle), _written(kept), ex=IDLE)
        pipe.sadd(_OF.format(kept.staff_id), kept.handle)
        pipe.expire(_OF.format(kept.staff_id), LONGEST)
        pipe.execute()
    return token, kept


def find(redis: Redis, token: str, *, now: datetime, touch: bool = True) -> Kept | None:
    """Return the session of an id, if it is still good; being asked for keeps it awake."""
    kept = _read(redis, handle_of(token))
    if kept is None or _is_over(kept, now):
        return None
    if touch and now - kept.seen >= _TOUCH:
        kept = replace(kept, seen=now)
        left = min(IDLE, kept.began + LONGEST - now)
        # Only if it is still there: what was ended in the meantime stays ended.
        redis.set(_SESSION.format(kept.handle), _written(kept), px=left, xx=True)
    return kept


def end(redis: Redis, kept: Kept) -> None:
    """End one session."""
    _drop(redis, kept.staff_id, [kept.handle])


def end_named(redis: Redis, staff_id: int, handle: str) -> None:
    """End one session of a member, and of nobody else."""
    if handle in _handles(redis, staff_id):
        _drop(redis, staff_id, [handle])


def end_all(redis: Redis, staff_id: int, *, but: str | None = None) -> None:
    """End every session of a member, but perhaps one."""
    _drop(redis, staff_id, [handle for handle in _handles(redis, staff_id) if handle != but])


def of(redis: Redis, staff_id: int, *, now: datetime) -> list[Kept]:
    """List the open sessions of a member, the last seen first."""
    found = [_read(redis, handle) for handle in _handles(redis, staff_id)]
    kept = [one for one in found if one and not _is_over(one, now)]
    return sorted(kept, key=lambda one: one.seen, reverse=True)


def handle_of(token: str) -> str:
    """Return under which name the session of an id is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def _is_over(kept: Kept, now: datetime) -> bool:
    return now >= kept.seen + IDLE or now >= kept.began + LONGEST


def _handles(redis: Redis, staff_id: int) -> list[str]:
    members = cast("set[bytes]", redis.smembers(_OF.format(staff_id)))
    return sorted(member.decode() for member in members)


def _drop(redis: Redis, staff_id: int, handles: list[str]) -> None:
    if handles:
        with redis.pipeline() as pipe:
            pipe.delete(*map(_SESSION.format, handles))
            pipe.srem(_OF.format(staff_id), *handles)
            pipe.execute()


def _written(kept: Kept) -> str:
    times = {"began": kept.began.isoformat(), "seen": kept.seen.isoformat()}
    return json.dumps(asdict(kept) | times, ensure_ascii=False)


def _read(redis: Redis, handle: str) -> Kept | None:
    stored = cast("bytes | None", redis.get(_SESSION.format(handle)))
    if stored is None:
        return None
    held = json.loads(stored)
    times = {name: datetime.fromisoformat(held[name]) for name in ("began", "seen")}
    return Kept(**held | times)
