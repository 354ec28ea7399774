"""Calls for mass messages: counted in Redis before they are made, and behind in the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from core import quotas
from core.campaigning.planning import Calls
from core.db import Writing
from core.pace import Pace
from messages.ledger import Ledger
from messages.wechat.endpoints import MASS
from messages.wechat.errors import SPENT, RefusedError, SpentError, UnreachableError

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class Counter:
    """Counts calls against the quota of their day, which all processes share."""

    ledger: Ledger
    pace: Pace
    clock: Callable[[], datetime]

    def make(self, interface: str, call: Callable[[], _Answer]) -> _Answer:
        """Make a call if the day still has one. Raises SpentError if not, and WeChatError."""
        if not self.ledger.take(interface, 1):
            raise self._spent(interface)
        try:
            answer = call()
        except UnreachableError as error:
            if not error.arrived:
                self.ledger.give_back(interface, 1)
            raise
        except RefusedError as error:
            self._made(interface)
            if error.errcode != SPENT:
                raise
            self.ledger.used_up(interface)
            raise self._spent(interface) from None
        self._made(interface)
        return answer

    def _made(self, interface: str) -> None:
        with Writing() as session:
            quotas.add(session, {interface: 1}, now=self.clock(), pace=self.pace)

    def _spent(self, interface: str) -> SpentError:
        return SpentError(interface, self.pace.quota_turns(self.clock()))


def left(ledger: Ledger) -> Calls:
    """Return how many calls for mass messages there are. Raises RedisError."""
    found = ledger.left(MASS)
    return Calls() if found is None else Calls(ledger.limits[MASS], found)
