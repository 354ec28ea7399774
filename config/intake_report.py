"""The report of one file: which rows were sent back and why, written chunk by chunk."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self, TextIO

from core.intake import reports
from core.intake.reasons import Fault


class Report:
    """The report of one file, made with the first fault.

    Of an earlier run, `kept` bytes belong to chunks that were written: what follows them is cut.
    """

    def __init__(self, path: Path | None, *, kept: int = 0) -> None:
        self.written: Path | None = None
        self._path = path
        self._file: TextIO | None = None
        if path and kept and path.exists():
            os.truncate(path, kept)
            self._open(path, "a")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    @property
    def size(self) -> int:
        """Return how many bytes are written."""
        return self._file.tell() if self._file else 0

    def add(self, faults: Sequence[Fault]) -> None:
        """Write faults down, so that they are there even if the next chunk fails."""
        if not faults or not self._path:
            return
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            reports.begin(self._open(self._path, "w"))
        if self._file:
            reports.write(self._file, faults)
            self._file.flush()

    def _open(self, path: Path, mode: Literal["a", "w"]) -> TextIO:
        file = path.open(mode, encoding=reports.ENCODING, newline="")
        self._file, self.written = file, path
        return file
