"""Owners: rows that give an organisation code only get the credit code that it is part of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.intake.reasons import Fault, Reason
from core.intake.rows import Row
from core.subjects import Subject


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
    held = select(Subject.org_code, func.min(Subject.uscc)).where(
        Subject.org_code.in_(sorted(org_codes))
    )
    alone = held.group_by(Subject.org_code).having(func.count() == 1)
    return {code: uscc for code, uscc in session.execute(alone) if code}
