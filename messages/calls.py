"""Calls: what one run of sending may call, reserved a few at a time."""

import asyncio
from collections import Counter

from core.outbox.deliveries import Way
from messages.ledger import INTERFACES, Ledger

_BLOCK = 20


class Calls:
    """Takes calls from the ledger; good in one event loop. Without a ledger all may go."""

    def __init__(self, ledger: Ledger | None) -> None:
        self._ledger = ledger
        self._held: Counter[str] = Counter()
        self._asking = asyncio.Lock()

    async def may(self, way: Way) -> bool:
        """Take one call of a way; say whether the day still has one. Raises WeChatError."""
        interface = INTERFACES.get(way, "")
        if self._ledger is None or interface not in self._ledger.limits:
            return True
        async with self._asking:
            if not self._held[interface]:
                given = await asyncio.to_thread(self._ledger.take, interface, _BLOCK)
                self._held[interface] = given
            if not self._held[interface]:
                return False
            self._held[interface] -= 1
        return True

    def close(self) -> None:
        """Give back what was not called."""
        if self._ledger is not None:
            for interface, unused in self._held.items():
                self._ledger.give_back(interface, unused)
        self._held.clear()
