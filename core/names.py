"""Names (曾用名): what a subject was called before, and when. Search finds it by them, too."""

from datetime import date

from sqlalchemy import Computed, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, BigId, Binary, PrimaryKey
from core.subjects import name_key


class SubjectName(Base):
    """A name that a subject no longer bears; `since` is unknown for its first one."""

    __tablename__ = "subject_names"

    id: Mapped[PrimaryKey]
    subject_id: Mapped[BigId] = mapped_column(ForeignKey("subjects.id"), index=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Binary, index=True)
    name_length: Mapped[int] = mapped_column(Computed("length(name_key)"))
    since: Mapped[date | None]
    until: Mapped[date]

    # What search walks along when a great many names hold what is asked.
    __table_args__ = (Index("ix_subject_names_walk", "name_length", "subject_id", "id"),)


def keep(session: Session, subject_id: int, name: str, *, until: date) -> None:
    """Keep the name that a subject bore until a day, since the one before it ended."""
    earlier = select(func.max(SubjectName.until)).where(SubjectName.subject_id == subject_id)
    row = SubjectName(
        subject_id=subject_id,
        name=name,
        name_key=name_key(name),
        since=session.scalar(earlier),
        until=until,
    )
    session.add(row)
    session.flush()
