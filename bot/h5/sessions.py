"""Sessions of citizens in WeChat, in Redis: by the hash of a random id, over after a while.

A session stands for a sign-in of core's, so that whoever ends all sign-ins ends it, too. Redis
holds no id that could be used, and nobody's name, number or openid.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
ARRIVAL = timedelta(minutes=10)
_TOUCH = timedelta(minutes=1)  # a session is written to again no sooner than this
_SESSION, _STATE, _WAITING = "h5:session:{}", "h5:state:{}", "h5:waiting:{}"


@dataclass(frozen=True)
class Kept:
    """What is kept of one session; `handle` names it and opens nothing."""

    handle: str
    sign_in_id: int
    began: datetime
    seen: datetime


def open_(redis: Redis, sign_in_id: int, *, now: datetime) -> str:
    """Open a session for a sign-in; return its id, which is told once."""
    token = secrets.token_urlsafe(32)
    _write(redis, Kept(handle_of(token), sign_in_id, now, now), left=IDLE)
    return token


def find(redis: Redis, token: str, *, now: datetime) -> Kept | None:
    """Return the session of an id, if it is still good; being asked for keeps it awake."""
    handle = handle_of(token)
    stored = cast("bytes | None", redis.get(_SESSION.format(handle)))
    if stored is None:
        return None
    held = json.loads(stored)
    began, seen = (datetime.fromisoformat(held[name]) for name in ("began", "seen"))
    if now >= seen + IDLE or now >= began + LONGEST:
        return None
    if now - seen < _TOUCH:
        return Kept(handle, held["sign_in_id"], began, seen)
    kept = Kept(handle, held["sign_in_id"], began, now)
    _write(redis, kept, left=min(IDLE, began + LONGEST - now), again=True)
    return kept


def end(redis: Redis, handle: str) -> None:
    """End a session."""
    redis.delete(_SESSION.format(handle))


def begin_arrival(redis: Redis, browser: str, place: str) -> str:
    """Note that a browser goes to WeChat and where it wants to be; return the state to send."""
    state = secrets.token_urlsafe(32)
    held = json.dumps([handle_of(browser), place])
    redis.set(_STATE.format(handle_of(state)), held, ex=ARRIVAL)
    return state


def take_arrival(redis: Redis, browser: str | None, state: str) -> str | None:
    """Return where a browser wanted to be, once, if it is the one that went."""
    stored = cast("bytes | None", redis.getdel(_STATE.format(handle_of(state))))
    if stored is None or browser is None:
        return None
    whose, place = json.loads(stored)
    return str(place) if secrets.compare_digest(whose, handle_of(browser)) else None


def wait(redis: Redis, browser: str, account_id: int, *, place: str) -> None:
    """Let somebody whom WeChat has named wait at the door until they agree to the policies."""
    held = json.dumps([account_id, place])
    redis.set(_WAITING.format(handle_of(browser)), held, ex=ARRIVAL)


def waiting(redis: Redis, browser: str | None) -> tuple[int, str] | None:
    """Return which account waits at this browser, and where it wants to be."""
    if browser is None:
        return None
    stored = cast("bytes | None", redis.get(_WAITING.format(handle_of(browser))))
    return cast("tuple[int, str]", tuple(json.loads(stored))) if stored else None


def wait_no_more(redis: Redis, browser: str) -> None:
    """Nobody waits at this browser any more."""
    redis.delete(_WAITING.format(handle_of(browser)))


def handle_of(token: str) -> str:
    """Return under which name something random is kept."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _write(redis: Redis, kept: Kept, *, left: timedelta, again: bool = False) -> None:
    times = {"began": kept.began.isoformat(), "seen": kept.seen.isoformat()}
    held = json.dumps({"sign_in_id": kept.sign_in_id} | times)
    # Only if it is still there: what was ended in the meantime stays ended.
    redis.set(_SESSION.format(kept.handle), held, px=left, xx=again)
