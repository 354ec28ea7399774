"""Remedies: what becomes of the record when a case is upheld, in the transaction that decides.

Whoever was told of the record is owed its recall by core.standing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import disputes, promises, standing
from core.cases import Case, CaseKind
from core.proposals import Proposal, Remedy
from core.records import Record, RecordState
from core.rules import Rulebook
from core.staff.members import Staff
from core.standing import STEPS, Step


def carry_out(
    session: Session,
    staff: Staff,
    case: Case,
    *,
    proposal: Proposal,
    rules: Rulebook,
    now: datetime,
) -> None:
    """Do to the record of an upheld case what was decided; a complaint leaves records alone."""
    if case.record_id is None:
        return
    if case.kind is CaseKind.REPAIR:
        _repair(session, staff, case, rules=rules, now=now)
    elif proposal.remedy is not None:
        _OF_OBJECTIONS[proposal.remedy](session, staff, case, now=now)


def _repair(session: Session, staff: Staff, case: Case, *, rules: Rulebook, now: datetime) -> None:
    """End the record's publication; the promise becomes public, and a certificate is owed."""
    if _move(session, case, Step(RecordState.REPAIRED, staff.actor, "准予信用修复"), now=now):
        record = session.get_one(Record, case.record_id)
        promises.publish(session, case, record, rules=rules, now=now)


def _withdraw(session: Session, staff: Staff, case: Case, *, now: datetime) -> None:
    _move(session, case, Step(RecordState.WITHDRAWN, staff.actor, "异议成立，撤下"), now=now)


def _hold(session: Session, staff: Staff, case: Case, *, now: datetime) -> None:
    _move(session, case, Step(RecordState.HELD, staff.actor, "异议成立，不应公示"), now=now)


def _correct(session: Session, staff: Staff, case: Case, *, now: datetime) -> None:
    """Keep the record from the public until its corrected text comes, as intake does."""
    disputes.settle(session, case, who=staff.actor, why="异议成立", now=now)
    _move(session, case, Step(RecordState.QUARANTINED, staff.actor, "异议成立，待更正"), now=now)


_OF_OBJECTIONS: Mapping[Remedy, Callable[..., None]] = {
    Remedy.WITHDRAW: _withdraw,
    Remedy.HOLD: _hold,
    Remedy.CORRECT: _correct,
}


def _move(session: Session, case: Case, step: Step, *, now: datetime) -> bool:
    """Move the record if it can be; what is no longer shown anyway stays what it is."""
    one = select(Record).where(Record.id == case.record_id).with_for_update()
    record = session.scalars(one.execution_options(populate_existing=True)).one()
    if step.to not in STEPS[record.state]:
        return False
    standing.move(session, record.id, step, now=now)
    return True
