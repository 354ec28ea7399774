"""What processes remember together, in Redis: pushes already seen, and where each talk stands."""

import itertools
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from redis import Redis

from bot import wish
from bot.line import Command, Line
from bot.wish import Wish
from core.pace import Pace
from messages import windows

# A push that is being answered; WeChat's three tries are over within fifteen seconds.
_CLAIM_SECONDS = 20
_DONE_SECONDS = 300
_TALK_SECONDS = 900
_MINUTE = 60
# No reply begins with it: XML begins with "<", and "success" with a letter.
_CLAIMED = b"\0"
_INHERIT = (
    "if redis.call('get', KEYS[1]) == ARGV[1] then "
    "redis.call('set', KEYS[1], ARGV[2], 'EX', ARGV[3]) return 1 end return 0"
)


@dataclass(frozen=True)
class Talk:
    """Where a citizen's dialogue stands.

    `hits` are the subjects last numbered and `doing` what a number chooses them for; `phrases` the
    words last numbered, which a number says; `search` and `after`, the place of the last hit, find
    the next page; `last` is the subject last shown and `code` its code;
    `rest` the text still unread. `ask` is the dialogue that runs and `given` what was answered in
    it so far; `listing` the list of a district that is read; `misses` how often in a row we did
    not understand; `linking` the key of the link code that we asked about.
    """

    hits: list[int] = field(default_factory=list)
    doing: str = "show"
    search: str = ""
    after: list[int] = field(default_factory=list)
    last: int = 0
    code: str = ""
    rest: list[str] = field(default_factory=list)
    ask: str = ""
    given: list[str] = field(default_factory=list)
    listing: str = ""
    misses: int = 0
    linking: str = ""
    phrases: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Recalled:
    """What one look at the memory says: a reply given before, one in the making, or a new push.

    `count` says how many pushes came from this citizen within a minute, this one included.
    """

    talk: Talk
    is_new: bool
    reply: str | None
    count: int = 1
    wish: Wish = wish.PLAIN


class Memory:
    """One look before the work, one note after it."""

    def __init__(self, redis: Redis) -> None:
        self._line = Line(redis.connection_pool)
        self._me = secrets.token_hex(4)
        self._turns = itertools.count()

    def claim(self, digest: str, openid: str) -> Callable[[], Recalled]:
        """Take a push for ourselves unless somebody has it; fetch the talk in the same round trip.

        What is returned waits for the answer. It raises redis' RedisError: without memory nothing
        may be executed.
        """
        turn = f":{self._me}{next(self._turns)}".encode()

        def saying(name: bytes) -> list[Command]:
            # Signed with the connection: when it is gone, so is whoever made the claim.
            claim = ("SET", _push(digest), _CLAIMED + name + turn)
            rate = _rate(openid)
            return [
                (*claim, "NX", "GET", "EX", _CLAIM_SECONDS),
                ("MGET", _talk(openid), _wish(openid)),
                ("SET", rate, 0, "NX", "EX", _MINUTE),
                ("INCR", rate),
            ]

        answers = self._line.ask(saying)
        return lambda: self._recalled(digest, turn, answers())

    def _recalled(self, digest: str, turn: bytes, answers: list[Any]) -> Recalled:
        held, (talk, wished), _, count = answers
        about = _read(talk)
        if held is None or held.endswith(turn):
            return Recalled(about, is_new=True, reply=None, count=count, wish=wish.read(wished))
        if not held.startswith(_CLAIMED):
            return Recalled(about, is_new=False, reply=held.decode())
        inherited = not self._is_alive(held) and self._inherit(digest, turn, held)
        return Recalled(about, inherited, None, count=count, wish=wish.read(wished))

    def _is_alive(self, claim: bytes) -> bool:
        name = claim.removeprefix(_CLAIMED).partition(b":")[0]
        (clients,) = self._line.ask(lambda _name: [("CLIENT", "LIST", "ID", name)])()
        return bool(clients)

    def _inherit(self, digest: str, turn: bytes, claim: bytes) -> bool:
        """Take over a claim whose maker is dead; of several who try, one does."""
        key = _push(digest)
        (taken,) = self._line.ask(
            lambda name: [("EVAL", _INHERIT, 1, key, claim, _CLAIMED + name + turn, _CLAIM_SECONDS)]
        )()
        return bool(taken)

    def done(
        self, push: tuple[str, str], reply: str, talk: Talk | None, *, wrote: bool = False
    ) -> None:
        """Keep a reply to a push (digest, openid) for WeChat's retries; the talk if it moved on.

        Who `wrote` to us may be written to freely for a while.
        """
        digest, openid = push
        notes: list[Command] = [("SET", _push(digest), reply, "EX", _DONE_SECONDS)]
        if talk is not None:
            notes.append(("SET", _talk(openid), _write(talk), "EX", _TALK_SECONDS))
        if wrote:
            name, number, seconds = windows.opening(openid, Pace())
            notes.append(("SET", name, str(number), "EX", seconds))
        self._line.note(lambda _name: notes)

    def wishes(self, openid: str, wished: Wish) -> None:
        """Carry a wish beside the talk; the database keeps it. Raises redis' RedisError."""
        self._line.ask(lambda _name: [("SET", _wish(openid), wished.written())])()

    def forget(self, openid: str) -> None:
        """Forget where a citizen's talk stands, and what was wished for."""
        self._line.ask(lambda _name: [("DEL", _talk(openid), _wish(openid))])()

    def failed(self, digest: str) -> int:
        """Count that a push could not be answered; return how often. Raises redis' RedisError."""
        key = f"bot:failed:{digest}"
        number, _ = self._line.ask(lambda _name: [("INCR", key), ("EXPIRE", key, _MINUTE)])()
        return int(number)

    def release(self, digest: str) -> None:
        """Give a push back that could not be answered, so that WeChat's retry is taken in."""
        self._line.ask(lambda _name: [("DEL", _push(digest))])()


def _push(digest: str) -> str:
    return f"bot:push:{digest}"


def _talk(openid: str) -> str:
    return f"bot:talk:{openid}"


def _wish(openid: str) -> str:
    return f"bot:wish:{openid}"


def _rate(openid: str) -> str:
    return f"bot:rate:{openid}"


def _write(talk: Talk) -> str:
    return json.dumps(vars(talk), ensure_ascii=False)


def _read(held: Any) -> Talk:  # noqa: ANN401 - bytes or None, as Redis gives it
    """Read a talk; what another version of ours kept and this one does not know is passed over."""
    kept = json.loads(held) if held else {}
    return Talk(**{name: kept[name] for name in _KEPT & kept.keys()})


_KEPT = {one.name for one in fields(Talk)}
