"""The shelf: where the files of reports lie, under names that nobody can guess."""

import hashlib
import os
import tempfile
from pathlib import Path

import structlog

from core.reports.errors import ReportDamagedError

log = structlog.get_logger()


class Shelf:
    """One folder of files. What is read is what was put there, or nothing is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def draft(self, key: str, pdf: bytes) -> Path:
        """Write a file down to the disk, not yet under its name; drafts of earlier tries go."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in self._folder.glob(f"{key}.*.part"):
            left.unlink(missing_ok=True)
        number, name = tempfile.mkstemp(prefix=f"{key}.", suffix=".part", dir=self._folder)
        with os.fdopen(number, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        return Path(name)

    def place(self, key: str, draft: Path) -> None:
        """Give a draft its name, in the transaction that says that the report is made."""
        draft.replace(self._path(key))

    def read(self, key: str, sha256: str | None) -> bytes:
        """Return the file of a report. Raises ReportDamagedError if it is not what was made."""
        path = self._path(key)
        pdf = path.read_bytes() if path.exists() else None
        if pdf is None or digest(pdf) != sha256:
            # A part of the name tells the operator which file, and nobody else enough of it.
            log.error("report_damaged", file=key[:8], is_there=pdf is not None)
            raise ReportDamagedError
        return pdf

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.pdf"


def digest(pdf: bytes) -> str:
    """Return the hash by which a file is known."""
    return hashlib.sha256(pdf).hexdigest()
