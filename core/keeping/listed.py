"""Listed (名单在册): how many each list names today, and when it is released next."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.calendar import add_months
from core.records import Record, is_public
from core.releases import Schedule
from core.subjects import Subject, SubjectKind


def counts(session: Session, *, today: date) -> dict[str, int]:
    """Count whom each list names, by the list's code; natural persons are on none."""
    entities = Subject.kind != SubjectKind.NATURAL_PERSON, Record.list_kind.is_not(None)
    found = select(Record.list_kind, func.count()).join(Subject, Subject.id == Record.subject_id)
    rows = session.execute(found.where(is_public(today), *entities).group_by(Record.list_kind))
    return {kind: count for kind, count in rows if kind}


def next_release(schedule: Schedule, *, today: date) -> date | None:
    """Return the next day of a schedule, if it will be in force then."""
    coming = today.replace(day=schedule.day_of_month)
    coming = coming if coming > today else add_months(coming, 1)
    is_over = schedule.effective_to is not None and coming > schedule.effective_to
    return None if is_over or coming < schedule.effective_from else coming
