"""Credit records (信用记录): what departments decided about a subject, and how long it is shown."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BindParameter, ColumnElement, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from core.calendar import day
from core.db import Base, BigId, Facts, PrimaryKey, fixed
from core.errors import RecordNotFoundError
from core.vault import Vault


class RecordKind(StrEnum):
    """What kind of information a record is."""

    LICENCE = "licence"
    PENALTY = "penalty"
    RED_LIST = "red_list"
    BLACK_LIST = "black_list"
    ABNORMAL_OPERATION = "abnormal_operation"
    JUDGMENT_DEFAULTER = "judgment_defaulter"
    PROMISE = "promise"
    EVALUATION = "evaluation"
    HONOUR = "honour"
    CONTRACT_PERFORMANCE = "contract_performance"
    QUALIFICATION = "qualification"
    VOLUNTARY = "voluntary_statement"


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
    DISPUTED = "disputed"
    CORRECTED = "corrected"
    REPAIRED = "repaired"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SHIELDED = "shielded"
    REMOVED = "removed"


class Visibility(StrEnum):
    """Who may see a record while it is published; each level includes those after it."""

    PUBLIC = "public"
    AUTHORISED = "authorised"
    SUBJECT = "subject"
    INTERNAL = "internal"


SEALED_FACTS = "record.facts"  # the column for which a person's facts are sealed
# Of what kinds of record the law lets one ask for repair.
REPAIRABLE = frozenset({RecordKind.PENALTY, RecordKind.BLACK_LIST})
_TOLD = (
    *("id", "kind", "list_kind", "title", "severity", "state", "authority", "document_no"),
    *("event_date", "repairable_from", "ends_on", "rule"),
)
# What the public sees: a disputed record with its mark (异议标注), a corrected one as it now reads.
STANDING = frozenset({RecordState.PUBLISHED, RecordState.DISPUTED, RecordState.CORRECTED})


class Fulfilment(StrEnum):
    """How far a promise is kept (信用承诺履行情况).

    `said` is the word of the departments' files, which the facts of a record keep as it came.
    """

    ONGOING = "ongoing"
    WHOLE = "performed"
    PART = "partly_performed"
    NOT = "not_performed"
    BROKEN = "broken"

    @property
    def said(self) -> str:
        """Return the word for it in files and facts."""
        return _FULFILMENTS[self]


_FULFILMENTS = {
    Fulfilment.ONGOING: "履行中",
    Fulfilment.WHOLE: "全部履行",
    Fulfilment.PART: "部分履行",
    Fulfilment.NOT: "未履行",
    Fulfilment.BROKEN: "违背",
}
FULFILMENT_BY_WORD = {word: one for one, word in _FULFILMENTS.items()}


class Record(Base):
    """One decision about one subject.

    `natural_key` names the decision (kind, authority, document, subject), so that the same file
    read twice changes nothing; `fingerprint` tells whether a row says something new. `rule` is
    the term that was applied, `applied` the other rules by their names.
    """

    __tablename__ = "records"
    __table_args__ = (
        Index("ix_records_subject", "subject_id", "state", "event_date"),
        Index("ix_records_browse", "kind", "list_kind", "event_date", "id"),
    )

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
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)
    authority: Mapped[str]
    department_id: Mapped[BigId] = mapped_column(ForeignKey("departments.id"))
    document_no: Mapped[str]
    event_date: Mapped[date]
    repairable_from: Mapped[date | None]
    ends_on: Mapped[date | None]
    rule: Mapped[str | None]
    applied: Mapped[Facts] = mapped_column(default=dict)
    facts: Mapped[Facts]
    batch_id: Mapped[BigId] = mapped_column(index=True)
    received_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


STANDS = fixed(Record.state, *sorted(STANDING))
# Was public, and is kept from the public until its department has corrected or withdrawn it.
AWAITED = sa.and_(fixed(Record.state, RecordState.QUARANTINED), Record.published_at.is_not(None))
Index("ix_records_awaited", Record.id, postgresql_where=AWAITED, sqlite_where=AWAITED)
Index("ix_records_repairable", Record.repairable_from, postgresql_where=STANDS, sqlite_where=STANDS)
Index("ix_records_ending", Record.ends_on, postgresql_where=STANDS, sqlite_where=STANDS)


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


def is_public(
    today: date | BindParameter[date], held: ReadOnlyColumnCollection[str, Any] | None = None
) -> ColumnElement[bool]:
    """Say in SQL which records the public may see on a day: standing, public, the term not over.

    `held` are the columns to look at where records are read through another statement.
    """
    columns = Record.__table__.c if held is None else held
    in_term = sa.or_(columns.ends_on.is_(None), columns.ends_on >= today)
    # Written out: a list of values has no fixed text, and the fastest path is one (core.glance).
    stands = sa.or_(*(columns.state == state for state in sorted(STANDING)))
    return sa.and_(stands, columns.visibility == Visibility.PUBLIC, in_term)


def told(record: Record, department: str) -> dict[str, Any]:
    """Return what is told of a record wherever one is told whole; `department` is its source."""
    since = record.published_at
    return {name: getattr(record, name) for name in _TOLD} | {
        "department": department,
        "published_on": day(since) if since else None,
    }


def facts_of(record: Record, vault: Vault) -> Facts:
    """Return a record's facts in clear; of a person whoever calls writes the access row."""
    sealed = record.facts.get("sealed")
    return json.loads(vault.open(sealed, SEALED_FACTS)) if sealed else record.facts


def public_one(session: Session, record_id: int, *, today: date) -> Record:
    """Return a record that the public may see, or refuse alike for missing and hidden."""
    record = session.scalar(select(Record).where(Record.id == record_id, is_public(today)))
    if record is None:
        raise RecordNotFoundError
    return record
