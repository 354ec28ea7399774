"""The trail: who read what about whom, and who did what. Ids and codes only, no names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, BigId, Facts, PrimaryKey

# A word of ours, perhaps with an id; an identity number or a telephone number fits nowhere.
_CODE = re.compile(r"[a-z][a-z_]{0,63}(:\d{1,10})?")
_LAW = re.compile(r"(?!.*\d{6}).{1,100}")
_IDS_END = 10**10


class TrailKind(StrEnum):
    """What a row tells: that a person's data were read, or that somebody did something."""

    ACCESS = "access"
    ACT = "act"


class Entry(Base):
    """One row of the trail. Its number and code are given when it is sealed, never before."""

    __tablename__ = "trail"

    id: Mapped[PrimaryKey]
    kind: Mapped[TrailKind]
    actor: Mapped[str]
    role: Mapped[str]
    action: Mapped[str]
    object: Mapped[str | None]
    subject_id: Mapped[BigId | None] = mapped_column(index=True)
    purpose: Mapped[str | None]
    legal_basis: Mapped[str | None]
    facts: Mapped[Facts]
    at: Mapped[datetime]
    number: Mapped[BigId | None] = mapped_column(unique=True)
    mac: Mapped[str | None]


# Who looks for something looks at the newest first.
Index("ix_trail_at", Entry.at, Entry.id)
Index("ix_trail_actor", Entry.actor, Entry.at)
Index("ix_trail_object", Entry.object, Entry.at)
UNSEALED = Entry.number.is_(None)
Index("ix_trail_unsealed", Entry.id, postgresql_where=UNSEALED, sqlite_where=UNSEALED)


class PersonalDataError(ValueError):
    """Somebody would write more than ids and codes into the trail: a fault of ours."""


@dataclass(frozen=True)
class Access:
    """Somebody reads the data of a natural person: for what, on which legal basis, which fields."""

    actor: str
    role: str
    purpose: str
    legal_basis: str
    fields: tuple[str, ...]
    subject_id: int | None = None

    def row(self) -> dict[str, Any]:
        """Return the columns of this kind. Raises PersonalDataError."""
        if not is_law(self.legal_basis):
            raise PersonalDataError("legal_basis")
        given = dict(vars(self))
        fields = [_code("fields", name) for name in given.pop("fields")]
        _code("purpose", self.purpose)
        return given | {"kind": TrailKind.ACCESS, "action": "read", "facts": {"fields": fields}}


@dataclass(frozen=True)
class Act:
    """Somebody of ours does something to an object; `detail` holds codes and numbers only."""

    actor: str
    role: str
    action: str
    object: str
    detail: Facts = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """Return the columns of this kind. Raises PersonalDataError."""
        given = dict(vars(self))
        facts = {_code("detail", key): _plain(value) for key, value in given.pop("detail").items()}
        _code("object", self.object)
        return given | {"kind": TrailKind.ACT, "facts": facts}


def is_law(text: str) -> bool:
    """Say whether a text can be the legal basis of an access: short, one line, no number in it."""
    return bool(_LAW.fullmatch(text))


def note(session: Session, what: Access | Act, *, now: datetime) -> None:
    """Write a row of the trail in the caller's transaction. Raises PersonalDataError."""
    note_each(session, [what], now=now)


def note_each(session: Session, what: Iterable[Access | Act], *, now: datetime) -> None:
    """Write rows of the trail in the caller's transaction. Raises PersonalDataError."""
    rows = [_checked(one.row()) | {"at": now} for one in what]
    if rows:
        session.execute(insert(Entry), rows)


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    for name in ("actor", "role", "action"):
        _code(name, row[name])
    return row


def oldest_unsealed(session: Session) -> datetime | None:
    """Return since when the oldest row has waited for its seal, if any waits."""
    return session.scalar(select(func.min(Entry.at)).where(UNSEALED))


def count_unsealed(session: Session) -> int:
    """Count the rows that wait for their seal."""
    return session.scalar(select(func.count()).where(UNSEALED).select_from(Entry)) or 0


def _code(name: str, value: str) -> str:
    if not _CODE.fullmatch(value):
        raise PersonalDataError(name)
    return value


def _plain(value: object) -> object:
    if isinstance(value, str):
        return _code("detail", value)
    if not isinstance(value, int) or not 0 <= value < _IDS_END:
        raise PersonalDataError("detail")
    return value
