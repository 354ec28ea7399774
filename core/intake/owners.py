"""Owners: rows that give an organisation code only get the credit code that it is part of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.intake.reasons import Fault, Reason
from core.intake.rows import Row
from core.subjects import Subject

_FIRST, _LENGTH = 9, 9  # where GB 32100 has the organisation code, counted from 1


def resolved(session: Session, rows: Sequence[Row]) -> tuple[list[Row], list[Fault]]:
    """Return the rows with the credit codes of their subjects; a row of a stranger is sent back."""
    wanted = {row.org_code for row in rows if row.org_code}
    known = _codes(session, wanted) if wanted else {}
    found, strangers = [], []
    for row in rows:
        if not row.org_code:
            found.append(row)
        elif code := known.get(row.org_code):
            found.append(replace(row, uscc=code))
        else:
            strangers.append(Fault(row.number, "整行", row.org_code, Reason.NO_OWNER))
    return found, strangers


def _codes(session: Session, org_codes: Iterable[str]) -> dict[str, str]:
    """Return the credit code of each organisation code that exactly one subject has."""
    part = func.substr(Subject.uscc, _FIRST, _LENGTH)
    held = select(part, func.min(Subject.uscc)).where(part.in_(sorted(org_codes)))
    alone = held.group_by(part).having(func.count() == 1)
    return {row[0]: row[1] for row in session.execute(alone)}
