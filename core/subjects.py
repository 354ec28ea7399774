"""Subjects (信用主体): whom records are about. What a natural person is called stands elsewhere."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import identifiers
from core.db import Base, BigId, Binary, PrimaryKey
from core.errors import CitizenIdRefusedError, NotACodeError
from core.identifiers import Scheme

_NOISE = re.compile(r"[\s()\[\]{}<>《》〈〉「」『』【】〔〕·・.,，。、'\"“”‘’_/\\|-]+")

# Who has no name here is in no index of names.
NAMED: Any = dict.fromkeys(("postgresql_where", "sqlite_where"), text("name_key <> ''"))


class SubjectKind(StrEnum):
    """What a subject is in law."""

    LEGAL_ENTITY = "legal_entity"  # or an organisation: its code does not tell
    UNINCORPORATED = "unincorporated"
    SOLE_TRADER = "sole_trader"
    GOVERNMENT_BODY = "government_body"
    NATURAL_PERSON = "natural_person"


# The first two characters of a code: who registered, and as what. The rest may be either kind.
_KINDS = {
    **dict.fromkeys(("11", "12", "13", "19"), SubjectKind.GOVERNMENT_BODY),
    "31": SubjectKind.UNINCORPORATED,  # law firms; 32 to 39 are of both kinds
    "92": SubjectKind.SOLE_TRADER,
}


class SubjectState(StrEnum):
    """Whether a subject still exists; UNKNOWN while no file tells."""

    UNKNOWN = "unknown"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    DEREGISTERED = "deregistered"
    MERGED = "merged"
    MOVED_AWAY = "moved_away"
    DECEASED = "deceased"


class Subject(Base):
    """One legal entity, organisation, sole trader or government body, or one natural person.

    A natural person has no code and no name here, so that no search and no list can show one.
    `zone` is a development zone (开发区), which has no division code of its own. A merged subject
    names its successor. `registered_as_of` is the day of the newest registration data that we hold:
    from then on only the registrar names the subject, not each department.
    """

    __tablename__ = "subjects"

    id: Mapped[PrimaryKey]
    kind: Mapped[SubjectKind]
    uscc: Mapped[str] = mapped_column(unique=True, nullable=True)
    uscc_check_ok: Mapped[bool]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Binary)
    # The part of the code that was the organisation code (GB 11714): some files give no more.
    org_code: Mapped[str | None] = mapped_column(Computed("substr(uscc, 9, 9)"), index=True)
    name_length: Mapped[int] = mapped_column(Computed("length(name_key)"))
    district: Mapped[str]
    zone: Mapped[str | None]
    state: Mapped[SubjectState] = mapped_column(default=SubjectState.UNKNOWN)
    state_since: Mapped[date | None]
    registered_as_of: Mapped[date | None]
    successor_id: Mapped[BigId | None] = mapped_column(ForeignKey("subjects.id"))
    first_seen_at: Mapped[datetime]

    # What search finds beginnings by, and walks along when a great many names hold what is asked.
    __table_args__ = (
        Index("ix_subjects_name_key", "name_key", **NAMED),
        Index("ix_subjects_walk", "name_length", "id", **NAMED),
    )


def read_code(text: str) -> str:
    """Return a credit code as it is kept. Raises NotACodeError, CitizenIdRefusedError."""
    found = identifiers.normalise(text)
    scheme = identifiers.classify(found)
    if scheme is Scheme.CITIZEN_ID:
        raise CitizenIdRefusedError
    if scheme is not Scheme.USCC:
        raise NotACodeError
    return found


def name_key(name: str) -> str:
    """Fold a name to what search compares: width, case, spaces and brackets do not count."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).upper()


def kind_of(uscc: str) -> SubjectKind:
    """Read a subject's kind from the prefix of its code (GB 32100)."""
    return _KINDS.get(uscc[:2], SubjectKind.LEGAL_ENTITY)


def district_of(uscc: str) -> str:
    """Return the division code of the registering authority that the code carries."""
    return uscc[2:8]


def ids_of(session: Session, codes: Sequence[str]) -> dict[str, int]:
    """Return the ids of those subjects that have these codes."""
    rows = session.execute(select(Subject.uscc, Subject.id).where(Subject.uscc.in_(codes)))
    return {row.uscc: row.id for row in rows}
