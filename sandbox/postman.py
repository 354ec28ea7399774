"""A few threads that deliver what falls due, in the background."""

import heapq
import threading
import time
from collections.abc import Callable
from itertools import count

THREADS = 4


class Postman:
    """A heap of due letters; closing drops what has not gone out."""

    def __init__(self, deliver: Callable[[object], None]) -> None:
        self.deliver = deliver
        self.due: list[tuple[float, int, object]] = []
        self.number = count()
        self.busy = 0
        self.closed = False
        self.wake = threading.Condition()
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(THREADS)]
        for thread in self.threads:
            thread.start()

    def post(self, letter: object, *, delay: float = 0) -> None:
        """Deliver a letter after a delay."""
        with self.wake:
            heapq.heappush(self.due, (time.monotonic() + delay, next(self.number), letter))
            self.wake.notify()

    def waiting(self) -> int:
        """Count the letters that are not yet delivered."""
        with self.wake:
            return len(self.due) + self.busy

    def drop(self) -> None:
        """Forget what has not gone out."""
        with self.wake:
            self.due.clear()

    def close(self) -> None:
        """Stop the threads."""
        with self.wake:
            self.closed = True
            self.wake.notify_all()
        for thread in self.threads:
            thread.join(timeout=1)

    def _work(self) -> None:
        while (letter := self._next()) is not None:
            try:
                self.deliver(letter)
            finally:
                with self.wake:
                    self.busy -= 1

    def _next(self) -> object | None:
        with self.wake:
            while not self.closed:
                wait = self.due[0][0] - time.monotonic() if self.due else None
                if wait is not None and wait <= 0:
                    self.busy += 1
                    return heapq.heappop(self.due)[2]
                self.wake.wait(wait)
            return None
