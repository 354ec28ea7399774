"""Receiving: a file that is being sent is written to disk piece by piece, under a name of ours."""

import hashlib
import secrets
from pathlib import Path

from werkzeug.datastructures import FileStorage

from core.intake.errors import UploadEmptyError, UploadTooLargeError
from core.intake.uploads import LARGEST, Received

_PIECE = 1024 * 1024


def receive(given: FileStorage | None, folder: Path) -> Received:
    """Keep a file. Raises UploadEmptyError, UploadTooLargeError."""
    if given is None or not given.filename:
        raise UploadEmptyError
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept_as, digest, size = secrets.token_hex(16), hashlib.sha256(), 0
    path = folder / kept_as
    with path.open("xb") as file:
        while (piece := given.stream.read(_PIECE)) and size <= LARGEST:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    if not 0 < size <= LARGEST:
        path.unlink()
        raise UploadTooLargeError if size else UploadEmptyError
    return Received(given.filename, kept_as, digest.hexdigest(), size)
