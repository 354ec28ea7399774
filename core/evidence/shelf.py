"""The shelf of evidence: encrypted files under names that nobody can guess, in no web root."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import structlog

from core.case_errors import EvidenceDamagedError
from core.vault import Vault, VaultError

log = structlog.get_logger()

_MOST_ID = 64  # no key has a longer id


class EvidenceShelf:
    """One folder of files, readable only with the keys of the vault."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder, self.vault = folder, vault

    def put(self, key: str, data: bytes) -> None:
        """Encrypt a file and write it down to the disk; whatever had its name is replaced."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, draft = tempfile.mkstemp(prefix=f"{key}.", suffix=".part", dir=self._folder)
        with os.fdopen(number, "wb") as file:
            file.write(self.vault.seal_bytes(data, _about(key)))
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(self._path(key))

    def get(self, key: str, sha256: str | None = None) -> bytes:
        """Return a file in clear. Raises EvidenceDamagedError if it is not what was kept."""
        try:
            data = self.vault.open_bytes(self._path(key).read_bytes(), _about(key))
        except (FileNotFoundError, VaultError) as error:
            raise _damaged(key, type(error).__name__) from None
        if sha256 is not None and digest(data) != sha256:
            raise _damaged(key, "digest")
        return data

    def renew(self, key: str) -> None:
        """Encrypt a file anew with the key in force. Raises EvidenceDamagedError."""
        if not self.vault.is_newest(self._made_with(key)):
            self.put(key, self.get(key))

    def drop(self, key: str) -> None:
        """Delete a file; it may be gone already."""
        self._path(key).unlink(missing_ok=True)

    def keys(self, before: datetime) -> Iterator[str]:
        """Give the names of all files that were last written before an instant."""
        for path in self._folder.glob("*") if self._folder.is_dir() else ():
            if path.stat().st_mtime < before.timestamp():
                yield path.name

    def _made_with(self, key: str) -> str:
        # Whoever was never kept, or is gone, needs no key.
        try:
            with self._path(key).open("rb") as file:
                return file.read(_MOST_ID).decode("latin-1")
        except FileNotFoundError:
            return self.vault.newest + "."

    def _path(self, key: str) -> Path:
        return self._folder / key


def digest(data: bytes) -> str:
    """Return the hash by which a file is known."""
    return hashlib.sha256(data).hexdigest()


def _damaged(key: str, error: str) -> EvidenceDamagedError:
    # A part of the name tells the operator which file, and nobody else enough of it.
    log.error("evidence_damaged", file=key[:8], error=error)
    return EvidenceDamagedError()


def _about(key: str) -> str:
    return f"evidence.file:{key}"
