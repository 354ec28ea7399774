"""What this door is given: a clock, Redis for its sessions, the rules, the vault, the shelves."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from pathlib import Path

from redis import Redis

from console.queues import Queues
from core.campaigning.anchors import Anchor
from core.evidence.shelf import EvidenceShelf
from core.pace import Pace
from core.releases import Schedule
from core.rules import Rulebook
from core.vault import Vault
from messages.ledger import Ledger
from messages.report.shelf import Shelf


@dataclass(frozen=True)
class Parts:
    """All that differs between a desk, a test and the city.

    `clock` is aware; `queues` are looked at and run again, never filled; `ledger` counts our
    calls; `secure` says that people come by https; `away` names the errors of a database that is
    busy or not there.
    """

    clock: Callable[[], datetime]
    redis: Redis
    rules: Rulebook
    vault: Vault
    _: KW_ONLY
    queues: Queues
    ledger: Ledger
    secure: bool
    away: tuple[type[Exception], ...] = ()
    pace: Pace = field(default_factory=Pace)
    shelf: Shelf = field(default_factory=lambda: Shelf(Path()))
    evidence_dir: Path = Path()
    uploads_dir: Path = Path()
    schedules: tuple[Schedule, ...] = ()
    anchors: tuple[Anchor, ...] = ()

    @property
    def evidence(self) -> EvidenceShelf:
        """Return where the files of cases lie, encrypted."""
        return EvidenceShelf(self.evidence_dir, self.vault)
