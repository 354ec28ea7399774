"""The file of heads: one line for each seal, outside the database, only ever added to."""

import fcntl
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from core.audit import seals
from core.audit.seals import Head
from core.db import Reading, Writing

_LINE = re.compile(r"(\d{1,18}) \d+ \d+ \S+ [0-9a-f]{64}")
_LATE = " late"
_TAIL = 1 << 16
_MOST = 100  # batches in one job: the rest is for the next


@dataclass
class Lines:
    """What the file holds: heads by seal, how many came late, lines that are none of ours."""

    exists: bool = False
    heads: dict[int, str] = field(default_factory=dict)
    late: int = 0
    strange: list[int] = field(default_factory=list)


def seal(folder: Path, key: bytes, *, clock: Callable[[], datetime]) -> int:
    """Seal what waits and write each head down; return how many seals that were.

    A head that an earlier run could not write down any more is added and marked as late.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made: set[int] = set()
    with _alone(folder):
        while len(made) < _MOST and (head := _sealed(key, clock())):
            made.add(head.id)
        _write(path_in(folder), made)
    return len(made)


def snapshot(folder: Path) -> tuple[int, Lines]:
    """Return the newest seal and the lines of the file, with no sealer of this machine between."""
    with _alone(folder), Reading() as session:
        return seals.newest(session).id, _read(path_in(folder))


def path_in(folder: Path) -> Path:
    """Return where the file is."""
    return folder / "heads.log"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    if not folder.is_dir():
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sealed(key: bytes, now: datetime) -> Head | None:
    with Writing() as session:
        return seals.seal(session, key, now=now)


def _write(path: Path, made: set[int]) -> None:
    tail = _tail(path)
    with Reading() as session:
        newest = seals.newest(session).id
        written = [int(line[1]) for line in map(_LINE.match, tail.splitlines()) if line]
        place = max((number for number in written if number <= newest), default=0)
        while lacking := seals.after(session, place):
            # A line that a loss of power cut off stays as it is: nothing here is ever changed.
            begin = "\n" if tail and not tail.endswith("\n") else ""
            _add(path, begin + "".join(_lines(lacking, made)))
            tail, place = "", lacking[-1].id


def _lines(heads: Sequence[Head], made: set[int]) -> Iterator[str]:
    for head in heads:
        yield head.line() + ("" if head.id in made else _LATE) + "\n"


def _tail(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return file.read().decode("ascii", "replace")


def _add(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write(text.encode("ascii", "replace"))
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _read(path: Path) -> Lines:
    if not path.exists():
        return Lines()
    found = Lines(exists=True)
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    for place, line in _whole(lines):
        match = _LINE.fullmatch(line.removesuffix(_LATE))
        if match is None or int(match[1]) in found.heads:
            found.strange.append(place)
            continue
        found.heads[int(match[1])] = match[0]
        found.late += line.endswith(_LATE)
    return found


def _whole(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Give each line its number; the torn beginning of one written again is passed over."""
    for place, (line, following) in enumerate(pairwise([*lines, ""]), start=1):
        if line == following or not following.startswith(line):
            yield place, line
