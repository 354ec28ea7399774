"""Pictures of articles: kept once, under the SHA-256 of their bytes."""

import hashlib
import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.articles.errors import PictureRefusedError
from core.articles.ledger import Picture
from core.db import insert
from core.staff.members import Staff
from core.staff.roles import Deed

LARGEST = 1024 * 1024 - 1  # WeChat takes JPEG and PNG of less than one megabyte (media/uploadimg)
_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
TYPES = {"png": "image/png", "jpg": "image/jpeg"}
NAME = "[0-9a-f]{64}\\.(?:png|jpg)"


def add(session: Session, staff: Staff | None, content: bytes, *, now: datetime) -> str:
    """Keep a picture; return its name. Raises NotPermittedError, PictureRefusedError."""
    if staff:
        staff.demand(Deed.EDIT_CAMPAIGN)
    kind = next((kind for head, kind in _KINDS.items() if content.startswith(head)), None)
    if kind is None or len(content) > LARGEST:
        raise PictureRefusedError
    name = f"{hashlib.sha256(content).hexdigest()}.{kind}"
    row = {"name": name, "content": content, "added_by": staff and staff.id, "added_at": now}
    session.execute(insert(session, Picture).values(row).on_conflict_do_nothing())
    return name


def content(session: Session, name: str) -> bytes | None:
    """Return the bytes of a picture, if there is one of this name."""
    return session.scalar(select(Picture.content).where(Picture.name == name))


def is_name(text: str) -> bool:
    """Say whether a text can be the name of a picture."""
    return re.fullmatch(NAME, text) is not None
