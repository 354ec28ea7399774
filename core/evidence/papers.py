"""Papers (PDF): kept byte for byte, so that a signature on them holds, or refused.

What acts by itself is refused and not cut out: a paper that was cut is no longer the one signed.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream
from pikepdf.settings import set_qpdf_limits

from core.evidence.flaws import FlawedError
from core.evidence.kinds import Flaw

MOST_PAGES = 50
_MOST_OBJECTS = 100_000
_DEEPEST = 40
_END = b"%%EOF"
_MEMORY = 64 * 1024 * 1024
# Whatever a reader would start, fetch, unpack or hand over to another program.
_ACTIONS = frozenset(
    (
        *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"),
        *("/Movie", "/Sound", "/RichMediaExecute", "/Trans3D", "/GoTo3DView"),
    )
)
_KEYS = frozenset(("/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"))
_KINDS = frozenset(("/EmbeddedFile",))


def pages(data: bytes) -> int:
    """Return how many pages a paper has. Raises FlawedError."""
    # Something before or behind the paper would make it two files at once.
    if not data.startswith(b"%PDF-") or not data.rstrip(b"\r\n\t \0").endswith(_END):
        raise FlawedError(Flaw.UNREADABLE)
    set_qpdf_limits(flate_max_memory=_MEMORY, run_length_max_memory=_MEMORY)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as paper:
            return _counted(paper)
    except pikepdf.PasswordError:
        raise FlawedError(Flaw.ENCRYPTED) from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError):
        raise FlawedError(Flaw.UNREADABLE) from None


def _counted(paper: pikepdf.Pdf) -> int:
    if paper.is_encrypted:
        raise FlawedError(Flaw.ENCRYPTED)
    number = len(paper.pages)
    if number > MOST_PAGES or len(paper.objects) > _MOST_OBJECTS:
        raise FlawedError(Flaw.TOO_MANY_PAGES)
    if number == 0:
        raise FlawedError(Flaw.UNREADABLE)
    if any(_acts(one) for held in paper.objects for one in _dictionaries(held, _DEEPEST)):
        raise FlawedError(Flaw.ACTIVE_CONTENT)
    return number


def _dictionaries(held: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401 - pikepdf's own objects
    """Give what stands in an object itself; what it refers to is an object of its own."""
    if depth == 0:
        raise FlawedError(Flaw.UNREADABLE)
    if isinstance(held, Dictionary | Stream):
        yield held
        parts = list(held.values())
    elif isinstance(held, Array):
        parts = list(held)
    else:
        return
    for part in parts:
        if isinstance(part, Dictionary | Stream | Array) and not part.is_indirect:
            yield from _dictionaries(part, depth - 1)


def _acts(held: Any) -> bool:  # noqa: ANN401
    if not _KEYS.isdisjoint(held.keys()):
        return True
    return str(held.get("/S", "")) in _ACTIONS or str(held.get("/Type", "")) in _KINDS
