"""The shelf: where the files of reports lie, under names that nobody can guess."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.reports.errors import ReportDamagedError

log = structlog.get_logger()

_NONCE = 12


class Shelf:
    """One folder of files. What is read is what was put there, or nothing is.

    A file with a secret (core.reports.personal) lies there encrypted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def draft(self, key: str, pdf: bytes, secret: bytes | None = None) -> Path:
        """Write a file down to the disk, not yet under its name; drafts of earlier tries go."""
        kept = _sealed(pdf, secret) if secret else pdf
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in self._folder.glob(f"{key}.*.part"):
            left.unlink(missing_ok=True)
        number, name = tempfile.mkstemp(prefix=f"{key}.", suffix=".part", dir=self._folder)
        with os.fdopen(number, "wb") as file:
            file.write(kept)
            file.flush()
            os.fsync(file.fileno())
        return Path(name)

    def place(self, key: str, draft: Path) -> None:
        """Give a draft its name, in the transaction that says that the report is made."""
        draft.replace(self._path(key))

    def read(self, key: str, sha256: str | None, secret: bytes | None = None) -> bytes:
        """Return the file of a report. Raises ReportDamagedError if it is not what was made."""
        path = self._path(key)
        kept = path.read_bytes() if path.exists() else None
        pdf = _opened(kept, secret) if kept and secret else kept
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


def _sealed(pdf: bytes, secret: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, pdf, None)


def _opened(kept: bytes, secret: bytes) -> bytes | None:
    try:
        return AESGCM(secret).decrypt(kept[:_NONCE], kept[_NONCE:], None)
    except (InvalidTag, ValueError):
        return None
