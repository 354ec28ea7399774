"""Kinds of evidence: what a file may be, told by its first bytes and by its name alike."""

from collections.abc import Mapping
from enum import StrEnum

import filetype

from core.case_errors import EvidenceEmptyError, EvidenceTooLargeError, EvidenceTypeError

LARGEST = 10 * 1024 * 1024


class MediaType(StrEnum):
    """What a file may be."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"


class EvidenceState(StrEnum):
    """What has become of a file. Of an infected or refused one nothing is kept."""

    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"
    REFUSED = "refused"


class Flaw(StrEnum):
    """Why a file was refused."""

    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too_many_pixels"
    ANIMATED = "animated"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active_content"
    VIRUS = "virus"


EXTENSIONS: Mapping[MediaType, tuple[str, ...]] = {
    MediaType.PDF: ("pdf",),
    MediaType.JPEG: ("jpg", "jpeg"),
    MediaType.PNG: ("png",),
    MediaType.WEBP: ("webp",),
}


def told(data: bytes, name: str) -> MediaType:
    """Return what a file is.

    Raises EvidenceEmptyError, EvidenceTooLargeError, EvidenceTypeError.
    """
    if not data:
        raise EvidenceEmptyError
    if len(data) > LARGEST:
        raise EvidenceTooLargeError
    sniffed = filetype.guess_mime(data[:8192])
    if sniffed not in list(MediaType):
        raise EvidenceTypeError
    kind = MediaType(sniffed)
    if name.rpartition(".")[2].lower() not in EXTENSIONS[kind]:
        raise EvidenceTypeError
    return kind
