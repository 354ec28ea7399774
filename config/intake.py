"""Take a file in: each chunk of rows in its own transaction, bad rows to a report, then publish."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Self, TextIO

from sqlalchemy.orm import Session

from config import chunks, reading
from config.chunks import Chunk, Reader, Written
from core import watch
from core.audit import trail
from core.calendar import day
from core.db import Writing
from core.intake import batches, files, reports, seen, writes
from core.intake.batches import Counts
from core.intake.files import Examined, Opened
from core.intake.layouts import Layout, LayoutName
from core.intake.publish import Step, publish
from core.intake.reasons import Fault
from core.intake.rows import Known
from core.intake.writes import Run
from core.rules import Rulebook
from core.staff import approvals
from core.staff.approvals import Matter, Wish
from core.staff.members import Staff
from core.vault import Vault

CHUNK = 5000
_WHY = "用命令行导入并公示"


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


@dataclass(frozen=True)
class Order:
    """How a file is to be taken in. A report goes to `report`, or into the folder `reports`.

    `two` are who asked for the publication and who approved it; samples are published by nobody.
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


def take_in(order: Order) -> Result:
    """Load a file and, if so ordered, publish what it brought. Raises FileRefusedError.

    Whatever interrupts it, taking the same file in again finishes the work.
    """
    examined = examine(order.path)
    with order.path.open("rb") as file:
        opened = files.open_rows(file, examined)
        batch_id = _begin(order, examined, opened.layout)
        result = Result(unused=opened.layout.unused, sheet=opened.sheet, left=opened.left)
        result.layout = opened.layout.name
        with _Report(_report_path(order, batch_id)) as report:
            _load_all(order, batch_id, opened, result=result, report=report)
    if order.publish:
        result.published = _publish(order, batch_id)
    with Writing() as session:
        batches.finish(session, batch_id, now=_now())
    return result


def _load_all(
    order: Order, batch_id: int, opened: Opened, *, result: Result, report: "_Report"
) -> None:
    counts = result.counts
    loading = _Loading(order, batch_id, _reader(order, opened.layout))
    for written in chunks.pipelined(loading.chunks(opened), loading.write):
        report.add(written.faults)
        counts.add(written.counts)
        order.progress(Progress(counts.read, written.done, opened.size))
    result.report = report.written


def _reader(order: Order, layout: Layout) -> Reader:
    names = seen.names(order.vault, layout, version=reading.version(order.rules))
    return Reader(layout, Known(order.rules, day(_now())), names)


@dataclass
class _Loading:
    """One file being loaded, and what its last chunk corrected."""

    order: Order
    batch_id: int
    reader: Reader
    corrected: frozenset[int] = frozenset()

    def chunks(self, opened: Opened) -> Iterator[Chunk]:
        """Read the file chunk by chunk."""
        while lines := list(islice(opened.lines, CHUNK)):
            yield chunks.read(self.reader, lines, done=opened.done())

    def write(self, chunk: Chunk) -> Written:
        """Write a chunk in a transaction of its own, with its counts."""
        with Writing() as session:
            run = _run(session, self.order, self.batch_id)
            written = chunks.write(
                session, run, chunk, reader=self.reader, corrected=self.corrected
            )
            batches.count(session, self.batch_id, written.counts)
        self.corrected = written.corrected
        return written


def examine(path: Path) -> Examined:
    """Read a file once and return its hash and size. Raises FileRefusedError."""
    with path.open("rb") as file:
        return files.examine(file)


def _begin(order: Order, examined: Examined, layout: Layout) -> int:
    file, now = batches.File(order.path.name, examined.hash, layout.name), _now()
    with Writing() as session:
        batch_id = batches.begin(session, file, who=order.who, now=now)
        act = trail.Act("cli", order.who, "take_in", f"batch:{batch_id}")
        trail.note(session, act, now=now)
        return batch_id


def _run(session: Session, order: Order, batch_id: int) -> Run:
    return writes.begun(session, batch_id, who=order.who, now=_now(), vault=order.vault)


def _publish(order: Order, batch_id: int) -> int:
    total = after = 0
    if order.two:
        wish = Wish(Matter.PUBLISH_BATCH, batch_id, _WHY)
        with Writing() as session:
            approvals.by_two(session, order.two, wish, now=_now())
    while step := _publish_next(order, batch_id, after):
        total, after = total + step.published, step.last
        order.progress(Progress(total, total, None))
    return total


def _publish_next(order: Order, batch_id: int, after: int) -> Step | None:
    with Writing() as session:
        run = _run(session, order, batch_id)
        alert = partial(watch.alert, now=run.now, max_age=order.alert_max_age)
        step = publish(session, run, alert=alert, after=after)
        if step:
            detail = {"records": step.published}
            act = trail.Act("cli", order.who, "publish", f"batch:{batch_id}", detail)
            trail.note(session, act, now=run.now)
        return step


def _report_path(order: Order, batch_id: int) -> Path | None:
    if order.report or not order.reports:
        return order.report
    return order.reports / f"{order.path.stem}-{batch_id}.csv"


class _Report:
    """The report of one file, made with the first fault."""

    def __init__(self, path: Path | None) -> None:
        self.written: Path | None = None
        self._path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def add(self, faults: Sequence[Fault]) -> None:
        """Write faults down, so that they are there even if the next chunk fails."""
        if not faults or not self._path:
            return
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("w", encoding=reports.ENCODING, newline="")
            reports.begin(self._file)
            self.written = self._path
        reports.write(self._file, faults)
        self._file.flush()


def _now() -> datetime:
    return datetime.now(UTC)
