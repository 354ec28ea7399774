"""Credit records (信用记录): what departments decided about a subject, and how long it is shown."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import BindParameter, ColumnElement, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, BigId, Facts, PrimaryKey
from core.errors import RecordNotFoundError


class RecordKind(StrEnum):
    """What kind of information a record is."""

    LICENCE = "licence"
    PENALTY = "penalty"
    RED_LIST = "red_list"
    BLACK_LIST = "black_list"
    ABNORMAL_OPERATION = "abnormal_operation"


class Severity(StrEnum):
    """How grave the law holds a misconduct to be: 轻微, 一般, 严重."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


class RecordState(StrEnum):
    """Where a record stands. Whether it may be seen is decided from its dates, too."""

    LOADED = "loaded"
    HELD = "held"
    QUARANTINED = "quarantined"
    PUBLISHED = "published"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"


class Record(Base):
    """One decision about one subject.

    `natural_key` names the decision (kind, authority, document, subject), so that the same file
    read twice changes nothing; `fingerprint` tells whether a row says something new.
    """

    __tablename__ = "records"
    __table_args__ = (Index("ix_records_subject", "subject_id", "state", "event_date"),)

    id: Mapped[PrimaryKey]
    natural_key: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    subject_id: Mapped[BigId] = mapped_column(ForeignKey("subjects.id"))
    kind: Mapped[RecordKind]
    list_kind: Mapped[str | None]
    title: Mapped[str]
    severity: Mapped[Severity | None]
    state: Mapped[RecordState]
    authority: Mapped[str]
    department_id: Mapped[BigId] = mapped_column(ForeignKey("departments.id"))
    document_no: Mapped[str]
    event_date: Mapped[date]
    repairable_from: Mapped[date | None]
    ends_on: Mapped[date | None]
    rule: Mapped[str | None]
    facts: Mapped[Facts]
    batch_id: Mapped[BigId] = mapped_column(index=True)
    received_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class RecordChange(Base):
    """One change of a record's state: who, when, why."""

    __tablename__ = "record_changes"

    id: Mapped[PrimaryKey]
    record_id: Mapped[BigId] = mapped_column(ForeignKey("records.id"), index=True)
    from_state: Mapped[RecordState | None]
    to_state: Mapped[RecordState]
    at: Mapped[datetime]
    who: Mapped[str]
    why: Mapped[str]


def is_public(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Say in SQL which records the public may see on a day: published, and the term not over."""
    columns = Record.__table__.c
    in_term = sa.or_(columns.ends_on.is_(None), columns.ends_on >= today)
    return sa.and_(columns.state == RecordState.PUBLISHED, in_term)


def public_one(session: Session, record_id: int, *, today: date) -> Record:
    """Return a record that the public may see, or refuse alike for missing and hidden."""
    record = session.scalar(select(Record).where(Record.id == record_id, is_public(today)))
    if record is None:
        raise RecordNotFoundError
    return record
