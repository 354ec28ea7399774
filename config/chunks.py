"""Chunks: the lines of a file are read a chunk ahead, while the chunk before is being written."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from core.db import Reading
from core.intake import load, owners, registering, removing, seen
from core.intake.batches import Counts
from core.intake.decisions import Answer
from core.intake.decisions import read as read_line
from core.intake.layouts import Layout
from core.intake.lines import Line
from core.intake.reasons import Fault
from core.intake.registrations import Registration
from core.intake.removals import Removal
from core.intake.rows import Known, Row
from core.intake.seen import Names
from core.intake.writes import Held, Run


@dataclass(frozen=True)
class Reader:
    """How the lines of one file are read, and named."""

    layout: Layout
    known: Known
    names: Names


@dataclass(frozen=True)
class Chunk:
    """Lines: those met before, by what is held of them; all others with what they were read as."""

    lines: Sequence[Line]
    done: int
    named: Mapping[int, str]
    met: Mapping[int, Held]
    answers: Mapping[int, Answer]


@dataclass(frozen=True)
class Written:
    """What became of a chunk, and which records got new content."""

    counts: Counts
    faults: Sequence[Fault]
    done: int
    corrected: frozenset[int] = field(default_factory=frozenset)


def read(reader: Reader, lines: Sequence[Line], *, done: int) -> Chunk:
    """Read lines, except those that were met before and are the content of a record still."""
    named = {line.number: name for line in lines if (name := reader.names.of(line))}
    with Reading() as session:
        held = seen.recognised(session, named.values())
    met = {number: held[name] for number, name in named.items() if name in held}
    answers = {
        line.number: read_line(line, reader.layout, reader.known)
        for line in lines
        if line.number not in met
    }
    chunk = Chunk(lines, done, named, met, answers)
    keys = {one.natural_key for one in answers.values() if isinstance(one, Row)}
    return _reread(reader, chunk, lambda one: one.natural_key in keys)


def _reread(reader: Reader, chunk: Chunk, doubtful: Callable[[Held], bool]) -> Chunk:
    """Read lines after all, where another line may have changed what is held of them."""
    again = {number for number, one in chunk.met.items() if doubtful(one)}
    if not again:
        return chunk
    lines = (line for line in chunk.lines if line.number in again)
    answers = {line.number: read_line(line, reader.layout, reader.known) for line in lines}
    met = {number: one for number, one in chunk.met.items() if number not in again}
    return replace(chunk, met=met, answers={**chunk.answers, **answers})


def write(
    session: Session, run: Run, chunk: Chunk, *, reader: Reader, corrected: frozenset[int]
) -> Written:
    """Write a chunk; `corrected` got new content when the chunk before it was written."""
    chunk = _reread(reader, chunk, lambda one: one.id in corrected)
    answers = [chunk.answers[line.number] for line in chunk.lines if line.number in chunk.answers]
    rows, strangers = owners.resolved(session, [one for one in answers if isinstance(one, Row)])
    outcome = load.load(session, run, rows, named=chunk.named, met=[*chunk.met.values()])
    others = (
        removing.carry_out(session, run, [one for one in answers if isinstance(one, Removal)]),
        registering.carry_out(
            session, run, [one for one in answers if isinstance(one, Registration)]
        ),
    )
    refused = [one for one in answers if isinstance(one, list)]
    faults = [*outcome.faults, *strangers, *(fault for one in others for fault in one.faults)]
    sent_back = len(refused) + len(strangers) + outcome.sent_back
    counts = Counts(
        read=len(chunk.lines),
        loaded=len(outcome.loaded) + sum(one.done for one in others),
        unchanged=len(chunk.met) + len(outcome.unchanged) + sum(one.unchanged for one in others),
        rejected=sent_back + sum(one.rejected for one in others),
        warnings=sum(fault.is_warning for fault in faults),
    )
    all_faults = [*faults, *(fault for of_row in refused for fault in of_row)]
    return Written(counts, all_faults, chunk.done, outcome.corrected)


def pipelined(chunks: Iterator[Chunk], write: Callable[[Chunk], Written]) -> Iterator[Written]:
    """Write chunks one after the other; the next is read meanwhile, and waits."""
    with ThreadPoolExecutor(1) as writer, _collecting_by_chunk() as collect:
        writing: Future[Written] | None = None
        for chunk in chunks:
            if writing:
                yield writing.result()
            writing = writer.submit(write, chunk)
            collect()
        if writing:
            yield writing.result()


@contextmanager
def _collecting_by_chunk() -> Iterator[Callable[[], object]]:
    """Look for garbage once a chunk only: rows are many and all alive, and looking is a quarter."""
    gc.freeze()
    gc.disable()
    try:
        yield gc.collect
    finally:
        gc.enable()
        gc.unfreeze()
