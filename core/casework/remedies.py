"""Remedies: what becomes of the record when a case is upheld, in the transaction that decides.

Whoever was told of the record is owed its recall by core.standing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import disputes, promises, standing
from core.applying import Office
from core.cases import Case, CaseKind
from core.keeping import correcting
from core.keeping.correcting import Tools, Wanted
from core.proposals import CHANGES, Proposal, Remedy
from core.records import Record, RecordState
from core.staff.members import Staff
from core.standing import STEPS, Step


@dataclass(frozen=True)
class Doing:
    """One case, who lets it happen, and when."""

    case: Case
    staff: Staff
    office: Office
    now: datetime


def carry_out(session: Session, doing: Doing, proposal: Proposal) -> None:
    """Do to the record of an upheld case what was decided; a complaint leaves records alone."""
    if doing.case.record_id is None:
        return
    if doing.case.kind is CaseKind.REPAIR:
        _repair(session, doing)
    elif proposal.remedy is Remedy.CORRECT:
        sealed = proposal.changes_sealed or ""
        correct(session, doing, json.loads(doing.office.vault.open(sealed, CHANGES)))
    elif proposal.remedy is not None:
        _REMEDIES[proposal.remedy](session, doing)


def correct(session: Session, doing: Doing, changes: Mapping[str, str]) -> None:
    """Give the record of an upheld objection its right values; its mark goes first.

    Raises what core.keeping.correcting does.
    """
    case, staff, now = doing.case, doing.staff, doing.now
    disputes.settle(session, case, who=staff.actor, why="异议成立", now=now)
    wanted = Wanted(changes, "异议成立，更正")
    tools = Tools(doing.office.rules, doing.office.vault)
    correcting.write(session, staff, case.record_id or 0, wanted=wanted, tools=tools, now=now)


def rehearse(session: Session, doing: Doing, changes: Mapping[str, str]) -> None:
    """Try a correction and undo it, so that what cannot be confirmed is not even proposed."""
    session.flush()
    tried = session.begin_nested()
    try:
        correct(session, doing, changes)
    finally:
        tried.rollback()


def _repair(session: Session, doing: Doing) -> None:
    """End the record's publication; the promise becomes public, and a certificate is owed."""
    if _move(session, doing, RecordState.REPAIRED, why="准予信用修复"):
        record = session.get_one(Record, doing.case.record_id)
        promises.publish(session, doing.case, record, rules=doing.office.rules, now=doing.now)


def _withdraw(session: Session, doing: Doing) -> None:
    _move(session, doing, RecordState.WITHDRAWN, why="异议成立，撤下")


def _hold(session: Session, doing: Doing) -> None:
    _move(session, doing, RecordState.HELD, why="异议成立，不应公示")


_REMEDIES: Mapping[Remedy, Callable[[Session, Doing], None]] = {
    Remedy.WITHDRAW: _withdraw,
    Remedy.HOLD: _hold,
}


def _move(session: Session, doing: Doing, to: RecordState, *, why: str) -> bool:
    """Move the record if it can be; what is no longer shown anyway stays what it is."""
    one = select(Record).where(Record.id == doing.case.record_id).with_for_update()
    record = session.scalars(one.execution_options(populate_existing=True)).one()
    if to not in STEPS[record.state]:
        return False
    step = Step(to, doing.staff.actor, why)
    standing.move(session, record.id, step, now=doing.now)
    return True
