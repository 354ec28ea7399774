"""What the page of jobs asks of the queues. Only config knows what they are made of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Line:
    """One queue: what waits in it and since when the first, what runs, what failed."""

    name: str
    waiting: int
    oldest: datetime | None
    running: int
    failed: int


@dataclass(frozen=True)
class Worker:
    """One process that works on queues."""

    name: str
    host: str
    state: str
    queues: tuple[str, ...]
    heard: datetime | None


@dataclass(frozen=True)
class Failure:
    """A job that failed: which function, when, with which kind of error. Never the error's text."""

    id: str
    job: str
    queue: str
    at: datetime | None
    error: str


@dataclass(frozen=True)
class Picture:
    """All that the page shows of the queues; `failures` are the newest."""

    lines: tuple[Line, ...]
    workers: tuple[Worker, ...]
    failures: tuple[Failure, ...]


class Queues(Protocol):
    """The queues, as the page of jobs uses them."""

    def look(self) -> Picture:
        """Return how they stand."""
        ...

    def requeue(self, job_id: str) -> bool:
        """Let a failed job run again; False if it is not there any more."""
        ...

    def requeue_all(self) -> int:
        """Let every failed job run again; return how many that were."""
        ...
