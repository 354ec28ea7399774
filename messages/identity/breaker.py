"""A circuit breaker: whoever did not answer several times in a row is left alone for a while."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Counts failures in a row; while it is open only one try each `rest` seconds gets through."""

    def __init__(
        self, *, most: int = 3, rest: float = 10.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rest = rest
        self._most, self._clock = most, clock
        self._failures, self._until = 0, 0.0
        self._guard = threading.Lock()

    def lets_through(self) -> bool:
        """Say whether a try may be made now; whoever may, does."""
        with self._guard:
            now = self._clock()
            if self._failures >= self._most and now < self._until:
                return False
            self._until = now + self.rest
            return True

    def failed(self) -> None:
        """Count a try that got no answer."""
        with self._guard:
            self._failures += 1
            self._until = self._clock() + self.rest

    def answered(self) -> None:
        """Close again: there is somebody."""
        with self._guard:
            self._failures = 0
