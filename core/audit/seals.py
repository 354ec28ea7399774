"""Seals: committed rows of the trail get gap-free numbers and a chain of HMAC-SHA256 codes.

A row's code covers its number and all that it says; a seal's code covers the codes of its rows in
order of number, and the seal before. Without the key nobody can make either.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Text, bindparam, cast, func, select, type_coerce, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.audit.trail import UNSEALED, Entry
from core.db import Base, BigId, insert

BATCH = 1000
_TRAIL: Any = Entry.__table__


class Seal(Base):
    """One batch of sealed rows, and the code of the seal before."""

    __tablename__ = "seals"

    id: Mapped[BigId] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[BigId] = mapped_column(unique=True)
    last: Mapped[BigId]
    digest: Mapped[str]
    previous: Mapped[str]
    at: Mapped[datetime]
    mac: Mapped[str]


@dataclass(frozen=True)
class Head:
    """A seal as it is stored and as it stands in the file of heads."""

    id: int
    first: int
    last: int
    digest: str
    previous: str
    at: str
    mac: str = ""

    def sealed(self, key: bytes) -> str:
        """Return the code that this seal must carry."""
        return _mac(key, ["seal", *astuple(self)[:-1]])

    def line(self) -> str:
        """Return the seal as one line of text."""
        return f"{self.id} {self.first} {self.last} {str(self.at).replace(' ', 'T')} {self.mac}"


NOTHING = Head(0, 0, 0, "", "", "")


# Read as stored, whatever somebody has written there: a spoilt value must not stop the proof.
ROW: tuple[Any, ...] = (
    Entry.number,
    Entry.mac,
    Entry.id,
    type_coerce(Entry.kind, Text),
    Entry.actor,
    Entry.role,
    Entry.action,
    Entry.object,
    Entry.subject_id,
    Entry.purpose,
    Entry.legal_basis,
    cast(Entry.facts, Text),
    type_coerce(Entry.at, Text),
)
_HEAD: tuple[Any, ...] = (
    Seal.id,
    Seal.first,
    Seal.last,
    Seal.digest,
    Seal.previous,
    type_coerce(Seal.at, Text),
    Seal.mac,
)


def seal(session: Session, key: bytes, *, now: datetime, batch: int = BATCH) -> Head | None:
    """Seal the next rows; None if there are none, or if another sealer was first.

    A row that commits late is simply not seen yet: it gets its number in a later seal.
    """
    before = newest(session)
    rows = session.execute(select(*ROW).where(UNSEALED).order_by(Entry.id).limit(batch)).all()
    if not rows:
        return None
    numbered = {before.last + place: row for place, row in enumerate(rows, start=1)}
    macs = {number: code(key, number, row) for number, row in numbered.items()}
    head = _next(key, before, list(macs.values()), now=now)
    row = dict(vars(head)) | {"at": now}
    # The unique id decides between two sealers: the second waits here, and then does nothing.
    new = insert(session, Seal).values(row).on_conflict_do_nothing().returning(Seal.id)
    if session.scalar(new) is None:
        return None
    _number(session, {numbered[number].id: (number, mac) for number, mac in macs.items()})
    return head


def newest(session: Session) -> Head:
    """Return the last seal; NOTHING before the first."""
    found = session.execute(select(*_HEAD).order_by(Seal.id.desc()).limit(1)).first()
    return _head(found) if found else NOTHING


def after(session: Session, seal_id: int, *, limit: int = 500) -> Sequence[Head]:
    """List the seals after this one, in order."""
    found = select(*_HEAD).where(Seal.id > seal_id).order_by(Seal.id).limit(limit)
    return [_head(row) for row in session.execute(found)]


def last_number() -> ScalarSelect[int]:
    """Say in SQL the highest number that any seal covers."""
    return select(func.coalesce(func.max(Seal.last), 0)).scalar_subquery()


def code(key: bytes, number: int, row: Row[Any]) -> str:
    """Return the code that a row must carry under this number."""
    return _mac(key, ["row", number, *map(_stored, row[2:])])


def digest(macs: Sequence[str]) -> str:
    """Return what a seal keeps of the codes of its rows."""
    return hashlib.sha256("\n".join(macs).encode()).hexdigest()


def _next(key: bytes, before: Head, macs: Sequence[str], *, now: datetime) -> Head:
    last = before.last + len(macs)
    given = before.id + 1, before.last + 1, last, digest(macs), before.mac, _stored(now)
    return Head(*given, mac=Head(*given).sealed(key))


def _number(session: Session, given: dict[int, tuple[int, str]]) -> None:
    one = update(_TRAIL).where(_TRAIL.c.id == bindparam("row_id"))
    sealed = one.values(number=bindparam("given_number"), mac=bindparam("given_mac"))
    rows = [
        {"row_id": row_id, "given_number": number, "given_mac": mac}
        for row_id, (number, mac) in given.items()
    ]
    session.execute(sealed, rows)


def _head(row: Row[Any]) -> Head:
    return Head(*map(_stored, row))


def _stored(value: Any) -> Any:  # noqa: ANN401 - any column
    """Write an instant as SQLite stores it, so that both engines seal the same bytes."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value


def _mac(key: bytes, content: list[Any]) -> str:
    # A value of a strange type can only have been put there by others: it must not stop us.
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=repr)
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
