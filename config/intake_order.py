"""The order to take a file in: how, for whom, how far it is, and what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from core.intake.batches import Counts
from core.intake.layouts import LayoutName
from core.intake.uploads import Reached
from core.rules import Rulebook
from core.staff.members import Staff
from core.vault import Vault


@dataclass(frozen=True)
class Progress:
    """How far a file has come: rows read, and how much of it (bytes, or rows of a sheet) is done.

    While it is published, the rows are those published; how many there will be nobody knows.
    """

    rows: int
    done: int
    size: int | None


def _unseen(progress: Progress) -> None:
    """Show no progress."""


def _unnoted(session: Session, reached: Reached) -> None:
    """Write nothing down."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Order:
    """How a file is to be taken in. A report goes to `report`, or into the folder `reports`.

    `two` are who asked for the publication and who approved it; samples are published by nobody.

    `noted` is called in the transaction of each chunk, and once before the first. With `batch_id`
    an earlier run is gone on with, whose report has `report_bytes`. Once it `is_late`, the rest is
    left to another run.
    """

    path: Path
    rules: Rulebook
    who: str
    alert_max_age: timedelta
    vault: Vault
    publish: bool = False
    two: tuple[Staff, Staff] | None = None
    report: Path | None = None
    reports: Path | None = None
    progress: Callable[[Progress], None] = _unseen
    name: str | None = None
    actor: str = "cli"
    role: str | None = None
    batch_id: int | None = None
    report_bytes: int = 0
    noted: Callable[[Session, Reached], None] = _unnoted
    is_late: Callable[[], bool] = _never
    speaks_for: frozenset[str] | None = None


@dataclass
class Result:
    """What became of a file."""

    counts: Counts = field(default_factory=Counts)
    published: int = 0
    report: Path | None = None
    unused: Sequence[str] = ()
    sheet: str | None = None
    left: Sequence[str] = ()
    layout: LayoutName | None = None
    ended: bool = True
