"""Take a file in: each chunk of rows in its own transaction, bad rows to a report, then publish."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from config import chunks, reading
from config.chunks import Chunk, Reader, Written
from config.intake_order import Order, Progress, Result
from config.intake_report import Report
from core import watch
from core.audit import trail
from core.calendar import day
from core.db import Reading, Writing
from core.intake import agreed, batches, files, seen, writes
from core.intake.agreed import Agreed
from core.intake.batches import Batch
from core.intake.files import Examined, Opened
from core.intake.layouts import Layout
from core.intake.rows import Known
from core.intake.uploads import Reached
from core.intake.writes import Run
from core.staff.approvals import Matter, Wish

__all__ = ["CHUNK", "Order", "Progress", "Result", "examine", "take_in"]
CHUNK = 5000
_WHY = "用命令行导入并公示"


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
        with Report(_report_path(order, batch_id), kept=order.report_bytes) as report:
            _load_all(order, batch_id, opened, result=result, report=report)
    if not result.ended:
        return result
    if order.publish:
        result.published = _publish(order, batch_id)
    with Writing() as session:
        batches.finish(session, batch_id, now=_now())
    return result


def _load_all(
    order: Order, batch_id: int, opened: Opened, *, result: Result, report: Report
) -> None:
    counts = result.counts
    loading = _Loading(order, batch_id, _reader(order, opened.layout), report, opened.size)
    for written in chunks.pipelined(loading.chunks(opened), loading.write):
        counts.add(written.counts)
        order.progress(Progress(counts.read, written.done, opened.size))
    result.report, result.ended = report.written, loading.ended


def _reader(order: Order, layout: Layout) -> Reader:
    names = seen.names(order.vault, layout, version=reading.version(order.rules))
    return Reader(layout, Known(order.rules, day(_now()), order.speaks_for), names)


@dataclass
class _Loading:
    """One file being loaded, and what its last chunk corrected."""

    order: Order
    batch_id: int
    reader: Reader
    report: Report
    size: int | None
    corrected: frozenset[int] = frozenset()
    ended: bool = True

    def chunks(self, opened: Opened) -> Iterator[Chunk]:
        """Read the file chunk by chunk, from behind what an earlier run has written."""
        deque(islice(opened.lines, _read_before(self.batch_id)), maxlen=0)
        while lines := list(islice(opened.lines, CHUNK)):
            yield chunks.read(self.reader, lines, done=opened.done())
            if self.order.is_late():
                self.ended = False
                return

    def write(self, chunk: Chunk) -> Written:
        """Write a chunk in a transaction of its own, with its counts."""
        with Writing() as session:
            run = _run(session, self.order, self.batch_id)
            written = chunks.write(
                session, run, chunk, reader=self.reader, corrected=self.corrected
            )
            batches.count(session, self.batch_id, written.counts)
            self.report.add(written.faults)
            self.order.noted(session, self.noted(written))
        self.corrected = written.corrected
        return written

    def noted(self, written: Written) -> Reached:
        """Return how far the file is with a chunk."""
        layout = self.reader.layout.name
        return Reached(self.batch_id, layout, written.done, self.size, self.report.size)


def examine(path: Path) -> Examined:
    """Read a file once and return its hash and size. Raises FileRefusedError."""
    with path.open("rb") as file:
        return files.examine(file)


def _begin(order: Order, examined: Examined, layout: Layout) -> int:
    if order.batch_id is not None:
        return order.batch_id
    file, now = batches.File(order.name or order.path.name, examined.hash, layout.name), _now()
    with Writing() as session:
        batch_id = batches.begin(session, file, who=order.who, now=now)
        act = trail.Act(order.actor, order.role or order.who, "take_in", f"batch:{batch_id}")
        trail.note(session, act, now=now)
        order.noted(session, Reached(batch_id, layout.name, 0, None, 0))
        return batch_id


def _read_before(batch_id: int) -> int:
    """Return how many rows of the file an earlier run has written, each with its count."""
    with Reading() as session:
        return session.get_one(Batch, batch_id).rows_read


def _run(session: Session, order: Order, batch_id: int) -> Run:
    return writes.begun(session, batch_id, who=order.who, now=_now(), vault=order.vault)


def _publish(order: Order, batch_id: int) -> int:
    total = after = 0
    both = _agreed(order, batch_id)
    alert = partial(watch.alert, now=_now(), max_age=order.alert_max_age)
    while True:
        with Writing() as session:
            step = agreed.publish_next(
                session, both, vault=order.vault, alert=alert, now=_now(), after=after
            )
        if step is None:
            return total
        total, after = total + step.published, step.last
        order.progress(Progress(total, total, None))


def _agreed(order: Order, batch_id: int) -> Agreed:
    if not order.two:
        return Agreed(batch_id, None, None, _WHY, by=order.who)
    wish = Wish(Matter.PUBLISH_BATCH, batch_id, _WHY)
    with Writing() as session:
        return agreed.both(session, order.two, wish, vault=order.vault, now=_now())


def _report_path(order: Order, batch_id: int) -> Path | None:
    if order.report or not order.reports:
        return order.report
    return order.reports / f"{order.path.stem}-{batch_id}.csv"


def _now() -> datetime:
    return datetime.now(UTC)
