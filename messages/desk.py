"""The desk: what notices are written and planned with."""

from dataclasses import dataclass

from messages.ledger import Ledger
from messages.letters import Stationery
from messages.notes import Noting
from messages.push.pushing import Pushing
from messages.windows import Windows


@dataclass(frozen=True)
class Desk:
    """What writing needs; what is None brings nothing."""

    stationery: Stationery
    push: Pushing | None = None
    interrupts: tuple[type[BaseException], ...] = ()  # what ends our whole work
    noting: Noting | None = None
    windows: Windows | None = None
    ledger: Ledger | None = None
