"""Upstream (上报): granted and revoked repairs, told once each to the platform above (信用中国).

What goes into one export is fixed with its number; told again, the export holds the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import persons
from core.audit import purposes, trail
from core.calendar import day
from core.certificates import Certificate, CertificateState
from core.db import Base, BigId, PrimaryKey, add_new, insert
from core.records import Record
from core.staff.errors import UpstreamBusyError, UpstreamNotFoundError
from core.subjects import Subject, SubjectKind
from core.vault import Vault

MOST = 10_000
_FIELDS = ("number", "name", "records")


class What(StrEnum):
    """What happened to a repair."""

    GRANTED = "granted"
    REVOKED = "revoked"


class UpstreamExport(Base):
    """One export, by its number: the next one has the next, whatever was cut off meanwhile."""

    __tablename__ = "upstream_exports"

    number: Mapped[PrimaryKey]
    made_at: Mapped[datetime]


class UpstreamItem(Base):
    """One thing that an export tells; none is told in two."""

    __tablename__ = "upstream_items"

    certificate_id: Mapped[BigId] = mapped_column(ForeignKey(Certificate.id), primary_key=True)
    what: Mapped[What] = mapped_column(primary_key=True)
    number: Mapped[BigId] = mapped_column(ForeignKey(UpstreamExport.number), index=True)


@dataclass(frozen=True)
class Row:
    """One line of an export. `id_number` is of natural persons alone."""

    what: What
    certificate_no: str
    name: str
    uscc: str | None
    id_number: str | None
    record_kind: str
    list_kind: str | None
    document_no: str
    authority: str
    granted_on: date
    revoked_on: date | None
    shown_again_until: str | None


@dataclass(frozen=True)
class Made:
    """One export as the staff list it."""

    number: int
    made_at: datetime
    granted: int
    revoked: int


@dataclass(frozen=True)
class Export:
    """One export as its files tell it."""

    number: int
    made_at: datetime
    rows: Sequence[Row]


def any_waits(session: Session) -> bool:
    """Say whether something has not been told yet."""
    return any(session.scalars(_waiting(what).limit(1)).first() is not None for what in What)


def waiting(session: Session) -> Mapping[What, int]:
    """Count what has not been told yet."""
    counts = (
        (what, session.scalar(select(func.count()).select_from(_waiting(what).subquery())) or 0)
        for what in What
    )
    return {what: count for what, count in counts if count}


def listing(session: Session, *, limit: int, before: int | None = None) -> Sequence[Made]:
    """List what was exported, the newest first, with how much of what."""
    exports = select(UpstreamExport).order_by(UpstreamExport.number.desc()).limit(limit)
    if before is not None:
        exports = exports.where(UpstreamExport.number < before)
    found = session.scalars(exports).all()
    counted = select(UpstreamItem.number, UpstreamItem.what, func.count())
    counted = counted.where(UpstreamItem.number.in_([one.number for one in found]))
    rows = session.execute(counted.group_by(UpstreamItem.number, UpstreamItem.what))
    counts = {(number, what): count for number, what, count in rows}
    return [
        Made(one.number, one.made_at, *(counts.get((one.number, what), 0) for what in What))
        for one in found
    ]


def collect(
    session: Session, vault: Vault, *, now: datetime, most: int = MOST, actor: str = "cli"
) -> Export | None:
    """Take what has not been told into the next export; None if there is nothing.

    The caller writes the files before it commits: what is not committed is collected again under
    the same number. Raises UpstreamBusyError.
    """
    if not any_waits(session):
        return None
    number = (session.scalar(select(func.max(UpstreamExport.number))) or 0) + 1
    row = {"number": number, "made_at": now}
    new = insert(session, UpstreamExport).values(row).on_conflict_do_nothing()
    if session.scalar(new.returning(UpstreamExport.number)) is None:
        raise UpstreamBusyError
    left = most
    for what in What:
        ids = session.scalars(_waiting(what).limit(left)).all()
        left -= len(ids)
        items = ({"certificate_id": one, "what": what, "number": number} for one in ids)
        add_new(session, UpstreamItem, items)
    return again(session, vault, number, now=now, actor=actor)


def again(
    session: Session, vault: Vault, number: int, *, now: datetime, actor: str = "cli"
) -> Export:
    """Tell once more what an export told; persons' names are read anew, and that is written down.

    So is who had it written.

    Raises UpstreamNotFoundError.
    """
    export = session.get(UpstreamExport, number)
    if export is None:
        raise UpstreamNotFoundError
    trail.note(session, trail.Act(actor, "staff", "upstream", f"export:{number}"), now=now)
    rows = list(_rows(session, vault, number, now=now, actor=actor))
    return Export(export.number, export.made_at, rows)


def _waiting(what: What) -> Select[int]:
    told = UpstreamItem.certificate_id == Certificate.id, UpstreamItem.what == what
    waiting = select(Certificate.id).where(~select(UpstreamItem).where(*told).exists())
    if what is What.REVOKED:
        waiting = waiting.where(Certificate.state == CertificateState.REVOKED)
    return waiting.order_by(Certificate.id)


def _rows(
    session: Session, vault: Vault, number: int, *, now: datetime, actor: str
) -> Iterator[Row]:
    told = (
        select(UpstreamItem.what, Certificate, Record, Subject)
        .join(Certificate, Certificate.id == UpstreamItem.certificate_id)
        .join(Record, Record.id == Certificate.record_id)
        .join(Subject, Subject.id == Certificate.subject_id)
        .where(UpstreamItem.number == number)
        .order_by(Certificate.id, UpstreamItem.what)
    )
    for what, held, record, subject in session.execute(told):
        name, id_number = subject.name, None
        if subject.kind is SubjectKind.NATURAL_PERSON:
            trail.note(session, purposes.upstream(actor).reads(subject.id, *_FIELDS), now=now)
            person = persons.read(session, vault, subject.id)
            name, id_number = person.name, person.number
        yield _row(what, held, record, whose=(name, subject.uscc, id_number))


def _row(
    what: What, held: Certificate, record: Record, *, whose: tuple[str, str | None, str | None]
) -> Row:
    is_revoked = what is What.REVOKED
    name, uscc, id_number = whose
    return Row(
        what=what,
        certificate_no=held.number,
        name=name,
        uscc=uscc,
        id_number=id_number,
        record_kind=held.record_kind,
        list_kind=record.list_kind,
        document_no=held.document_no,
        authority=held.authority,
        granted_on=held.decided_on,
        revoked_on=day(held.revoked_at) if is_revoked and held.revoked_at else None,
        shown_again_until=record.applied.get("restored_until") or None if is_revoked else None,
    )
