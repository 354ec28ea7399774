"""Post: what delivery needs, built once for each process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from core.pace import Pace
from messages.desk import Desk
from messages.ledger import Ledger
from messages.letters import Stationery
from messages.notes import Noting
from messages.outage import Outage
from messages.pacing import Pacer, Unpaced
from messages.push.pushing import Pushing
from messages.wechat.lines import Lines
from messages.windows import Windows

BATCH = 500


@dataclass(frozen=True)
class Post:
    """What delivery needs. A pacer lives in one event loop, so each run gets one of its own."""

    lines: Lines
    stationery: Stationery
    pace: Pace
    clock: Callable[[], datetime]
    interrupts: tuple[type[BaseException], ...] = ()  # what ends our whole work, whoever is next
    push: Pushing | None = None
    batch: int = BATCH
    pacer: Callable[[], Pacer] = field(default=Unpaced)
    noting: Noting | None = None
    windows: Windows | None = None
    ledger: Ledger | None = None
    outage: Outage | None = None

    @property
    def desk(self) -> Desk:
        """Return what letters are written with."""
        return Desk(
            *(self.stationery, self.push, self.interrupts),
            *(self.noting, self.windows, self.ledger),
        )
