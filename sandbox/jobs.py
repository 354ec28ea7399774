"""What WeChat remembers of mass messages."""

from collections import Counter, deque
from dataclasses import dataclass, field


@dataclass
class Job:
    """One mass message: its number, when it was asked for, when it was last asked for again."""

    msg_id: int
    at: float
    asked_at: float


@dataclass
class Mass:
    """What WeChat remembers of mass messages."""

    jobs: dict[str, Job] = field(default_factory=dict)
    status: dict[int, str] = field(default_factory=dict)
    got: Counter[tuple[str, tuple[int, int]]] = field(default_factory=Counter)
    to_all: Counter[object] = field(default_factory=Counter)
    calls: deque[float] = field(default_factory=deque)
