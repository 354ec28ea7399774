"""Lapsing (逾期不补正): what becomes of a case whose applicant has missed the supplement deadline.

What has not been accepted yet is not accepted, and may be filed again with its files. What has
been accepted, an objection and a review go on and are decided with what there is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core import case_clock, progress
from core.calendar import day
from core.case_clock import Track
from core.cases import Case, CaseState
from core.casework import saying
from core.progress import Step
from core.rules import Rulebook

CHUNK = 100


class After(StrEnum):
    """What happens when a deadline passes: the office is urged, the case ends, or it goes on."""

    OFFICE = "office"
    REFUSED = "refused"
    GOES_ON = "goes_on"


REASON = "supplement_missing"
_WHO = "ticker"
_NOT_ACCEPTED: Mapping[Track, CaseState] = {
    Track.REPAIR: CaseState.FORWARDED,
    Track.COMPLAINT: CaseState.SUBMITTED,
}


def lapse(session: Session, rules: Rulebook, *, now: datetime, chunk: int = CHUNK) -> int:
    """Let the next cases take the step that a missed deadline entails; return how many."""
    # What somebody acts on this very moment is looked at again the next time.
    missed = _missed(now).limit(chunk).with_for_update(skip_locked=True)
    cases: Sequence[Case] = session.scalars(missed).all()
    for case in cases:
        step = Step(becomes(case), _WHO, (REASON,))
        event = progress.move(session, case.id, step, rules=rules, now=now)
        saying.owe_progress(session, case, event, now=now)
    return len(cases)


def becomes(case: Case) -> CaseState:
    """Return what a case becomes that waits for its applicant in vain."""
    stands = case.resumes or CaseState.SUBMITTED
    ends = _NOT_ACCEPTED.get(case_clock.track(case)) is stands
    return CaseState.NOT_ACCEPTED if ends else stands


def after(case: Case) -> After | None:
    """Say what happens when the deadline of a case passes; None while it has none."""
    if case.due_on is None:
        return None
    if case.state is not CaseState.SUPPLEMENT_WANTED:
        return After.OFFICE
    return After.REFUSED if becomes(case) is CaseState.NOT_ACCEPTED else After.GOES_ON


def any_missed(session: Session, *, now: datetime) -> bool:
    """Say whether some applicant has missed the deadline."""
    return session.scalar(_missed(now).limit(1)) is not None


def _missed(now: datetime) -> Select[Case]:
    waits = Case.state == CaseState.SUPPLEMENT_WANTED
    return select(Case).where(waits, Case.due_on < day(now)).order_by(Case.due_on, Case.id)
