"""The ledger (额度账): calls are counted before they are made, so that no quota is overrun.

Redis counts for all processes. Emptied, it begins anew with what the database has counted; what
WeChat itself says (45009) is final for the day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from redis import Redis
from redis.exceptions import RedisError

from core import quotas
from core.db import Reading
from core.outbox.deliveries import Way
from core.pace import Pace
from messages.wechat.endpoints import CUSTOM, SUBSCRIBE, TEMPLATE
from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError

# What each way calls. A push has no quota that we know of.
INTERFACES = {
    Way.SUBSCRIPTION: SUBSCRIBE,
    Way.WECHAT: TEMPLATE,
    Way.SERVICE: CUSTOM,
    Way.SMS: "sms",
}
_KEPT_SECONDS = 2 * 86_400
_UNKNOWN = -1
# Takes as many of the calls wanted as the day still has; -1 where nobody has counted yet.
_TAKE = """
local used = redis.call('HGET', KEYS[1], ARGV[1])
if not used then return -1 end
local given = math.min(tonumber(ARGV[2]), math.max(0, tonumber(ARGV[3]) - tonumber(used)))
redis.call('HINCRBY', KEYS[1], ARGV[1], given)
redis.call('EXPIRE', KEYS[1], ARGV[4])
return given
"""


@dataclass(frozen=True)
class Ledger:
    """The quotas of one official account: how many calls a day each interface may be called."""

    redis: Redis
    limits: Mapping[str, int]
    pace: Pace
    clock: Callable[[], datetime]

    def take(self, interface: str, wanted: int) -> int:
        """Reserve calls of today; return how many there are. Raises WeChatError without Redis."""
        if interface not in self.limits:
            return wanted
        try:
            given = self._take(interface, wanted)
            if given == _UNKNOWN:
                self._learn(interface)
                given = self._take(interface, wanted)
        except RedisError as error:
            raise WeChatError(Action.PAUSE, f"ledger: {type(error).__name__}") from None
        return max(given, 0)

    def give_back(self, interface: str, unused: int) -> None:
        """Return calls that were reserved and not made."""
        if interface in self.limits and unused:
            self.redis.hincrby(self._key(), interface, -unused)

    def left(self, interface: str) -> int | None:
        """Return how many calls of today there are; None without a limit. Raises RedisError."""
        if interface not in self.limits:
            return None
        self._learn(interface)
        used = int(self.redis.hget(self._key(), interface) or 0)
        is_closed = bool(self.redis.exists(self._closed(interface)))
        return 0 if is_closed else max(0, self.limits[interface] - used)

    def used_up(self, interface: str) -> None:
        """Note that WeChat says so, whatever we have counted."""
        self.redis.hset(self._key(), interface, max(self.limits.get(interface, 0), 1))
        self.close(interface, self.pace.quota_turns(self.clock()))

    def close(self, interface: str, until: datetime) -> None:
        """Let nobody call an interface for a while."""
        wait = max(1, int((until - self.clock()).total_seconds() * 1000))
        self.redis.set(self._closed(interface), str(until.timestamp()), px=wait)

    def open(self, interface: str) -> None:
        """Let everybody call it again: it has been put right."""
        self.redis.delete(self._closed(interface))

    def closed(self) -> dict[Way, datetime]:
        """Return the ways that nobody may go now, and until when."""
        now = self.clock()
        ways = list(INTERFACES.items())
        with self.redis.pipeline(transaction=False) as asked:
            for _, interface in ways:
                asked.get(self._closed(interface))
                asked.hget(self._key(), interface)
            try:
                said = asked.execute()
            except RedisError as error:
                raise WeChatError(Action.PAUSE, f"ledger: {type(error).__name__}") from None
        found = {}
        for (way, interface), until, used in zip(ways, said[::2], said[1::2], strict=True):
            is_over = interface in self.limits and int(used or 0) >= self.limits[interface]
            if until is not None and float(until) > now.timestamp():
                found[way] = datetime.fromtimestamp(float(until), now.tzinfo)
            elif is_over:
                found[way] = self.pace.quota_turns(now)
        return found

    def counted(self) -> dict[str, int]:
        """Return how many calls of each interface are counted today."""
        for interface in self.limits:
            self._learn(interface)
        return {
            interface: int(self.redis.hget(self._key(), interface) or 0)
            for interface in self.limits
        }

    def _take(self, interface: str, wanted: int) -> int:
        most = self.limits[interface]
        given = self.redis.eval(
            *(_TAKE, 1, self._key()), interface, str(wanted), str(most), str(_KEPT_SECONDS)
        )
        return int(given)

    def _learn(self, interface: str) -> None:
        with Reading() as session:
            made = quotas.made_on_day(session, now=self.clock(), pace=self.pace)
        self.redis.hsetnx(self._key(), interface, made.get(interface, 0))
        self.redis.expire(self._key(), _KEPT_SECONDS)

    def _key(self) -> str:
        return f"wechat:quota:{self.pace.quota_day(self.clock())}"

    @staticmethod
    def _closed(interface: str) -> str:
        return f"wechat:closed:{interface}"
