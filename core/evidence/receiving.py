"""Receiving (接收材料): a file as somebody sent it becomes evidence that waits to be examined."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core import privacy
from core.evidence import kinds, ledger
from core.evidence.ledger import Arrived, Evidence
from core.evidence.shelf import EvidenceShelf, digest

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file, whose it is, and the name that it was sent under."""

    account_id: int
    name: str
    data: bytes


def receive(session: Session, shelf: EvidenceShelf, sent: Upload, *, now: datetime) -> Evidence:
    """Enter a file and lay it on the shelf; a worker examines it within seconds.

    Raises EvidenceEmptyError, EvidenceTooLargeError, EvidenceTypeError, TooMuchEvidenceError,
    DailyLimitError.
    """
    name = _plain(sent.name)
    arrived = Arrived(
        account_id=sent.account_id,
        file_key=privacy.file_key(),
        media_type=kinds.told(sent.data, name),
        name_sealed=shelf.vault.seal(name, ledger.NAME),
        sha256=digest(sent.data),
        size=len(sent.data),
    )
    entered = ledger.add(session, arrived, now=now)
    shelf.put(arrived.file_key, sent.data)
    return entered


def _plain(name: str) -> str:
    """Return a name without a path and without control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[-_LONGEST_NAME:]
