"""Progress: one line on the terminal: how far a file is, how many rows a second, how long yet."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

from config.intake import Progress

_EVERY = 0.2  # seconds between two looks
_WIDTH = 24
_MINUTE, _HOUR = 60, 3600


@contextmanager
def shown(out: TextIO | None = None) -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows progress on a terminal, and nothing where there is none."""
    out = out or sys.stderr
    if not out.isatty():
        yield lambda _: None
        return
    bar = _Bar(out)
    try:
        yield bar.show
    finally:
        bar.end()


def line(progress: Progress, seconds: float) -> str:
    """Say how far a file is: its share where the size is known, the rows where it is not."""
    rate = progress.rows / seconds if seconds > 0 else 0.0
    rows = f"{progress.rows:,} 行，每秒 {rate:,.0f} 行"
    if not progress.size:
        return f"公示  {rows}"
    share = min(progress.done / progress.size, 1.0)
    filled = "#" * int(share * _WIDTH)
    left = seconds * (1 - share) / share if share else 0.0
    return f"导入  [{filled:-<{_WIDTH}}] {share:4.0%}  {rows}，还需 {_spoken(left)}"


def _spoken(seconds: float) -> str:
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} 秒"
    if whole < _HOUR:
        return f"{whole // _MINUTE} 分 {whole % _MINUTE} 秒"
    return f"{whole // _HOUR} 小时 {whole % _HOUR // _MINUTE} 分"


@dataclass
class _Bar:
    """One line that is written over; a new stage begins a new one."""

    out: TextIO
    begun: float = field(default_factory=time.monotonic)
    looked: float = 0.0
    last: Progress | None = None

    def show(self, progress: Progress) -> None:
        """Show progress, unless it was shown just now."""
        now = time.monotonic()
        if self.last and (self.last.size is None) != (progress.size is None):
            self.end()
            self.begun = now
        self.last = progress
        if now - self.looked >= _EVERY:
            self._write(now)

    def end(self) -> None:
        """Show the last progress and leave its line."""
        if self.last:
            self._write(time.monotonic())
            self.out.write("\n")
        self.last = None

    def _write(self, now: float) -> None:
        self.looked = now
        if self.last:
            self.out.write(f"\r\x1b[K{line(self.last, now - self.begun)}")
            self.out.flush()
