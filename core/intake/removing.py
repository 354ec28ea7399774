"""Removing: rows that take back, correct or delete what was sent before are carried out.

Nothing is erased: a record that is withdrawn or taken off its list stays for its subject, as
history. One that is to be corrected is kept from the public until its new text comes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import persons, standing
from core.intake.reasons import Fault, Reason
from core.intake.removals import Action, Removal
from core.intake.rows import key_of_subject, one_form
from core.intake.writes import Run
from core.records import Record, RecordState
from core.standing import STEPS, Step
from core.subjects import Subject

_BECOMES = {
    Action.WITHDRAW: RecordState.WITHDRAWN,
    Action.DELETE: RecordState.WITHDRAWN,
    Action.CORRECT: RecordState.QUARANTINED,
    Action.REMOVE: RecordState.REMOVED,
}


@dataclass
class Outcome:
    """How rows that remove ended."""

    done: int = 0
    unchanged: int = 0
    rejected: int = 0
    faults: list[Fault] = field(default_factory=list)


def carry_out(session: Session, run: Run, removals: Sequence[Removal]) -> Outcome:
    """Do what the rows say, and owe whoever was told of the records what became of them."""
    outcome, moves = Outcome(), dict[Step, list[int]]()
    for removal in removals:
        outcome.faults += removal.warnings
        record = _meant(session, run, removal)
        step = Step(_BECOMES[removal.action], run.who, f"{removal.action}：{removal.reason}")
        if record is None:
            _refuse(outcome, removal, Reason.NO_RECORD)
        elif record.state is step.to or record.id in _ids(moves):
            outcome.unchanged += 1
        elif step.to not in STEPS[record.state]:
            _refuse(outcome, removal, Reason.NOT_FROM_HERE)
        else:
            moves.setdefault(step, []).append(record.id)
            outcome.done += 1
    for step, ids in moves.items():
        standing.move_all(session, ids, step, now=run.now)
    return outcome


def _ids(moves: dict[Step, list[int]]) -> set[int]:
    return {one for ids in moves.values() for one in ids}


def _refuse(outcome: Outcome, removal: Removal, reason: Reason) -> None:
    outcome.rejected += 1
    document = removal.named.document_no
    outcome.faults.append(Fault(removal.number, "文号", document, reason))


def _meant(session: Session, run: Run, removal: Removal) -> Record | None:
    """Return the one record that a row means, locked; None for none, or for several."""
    keys = _keys(session, run, removal)
    found = _by_keys(session, keys) if keys else _by_document(session, removal)
    return found[0] if len(found) == 1 else None


def _keys(session: Session, run: Run, removal: Removal) -> Iterable[str]:
    if removal.person is None:
        return removal.keys
    subject_id = persons.find(session, run.vault, removal.person.number)
    return [key_of_subject(key, subject_id or 0) for key in removal.keys]


def _by_keys(session: Session, keys: Iterable[str]) -> Sequence[Record]:
    found = select(Record).where(Record.natural_key.in_(list(keys)))
    return session.scalars(found.order_by(Record.natural_key).with_for_update()).all()


def _by_document(session: Session, removal: Removal) -> Sequence[Record]:
    """Find a record whose basis has no number: by its subject, its authority and its words."""
    named = removal.named
    asked = Record.kind == named.kind, Record.authority == removal.authority
    found = (
        select(Record)
        .join(Subject, Subject.id == Record.subject_id)
        .where(Subject.uscc == named.code, Record.list_kind == named.list_kind, *asked)
        .where(Record.state.not_in([RecordState.WITHDRAWN, RecordState.EXPIRED]))
        .order_by(Record.natural_key)
        .with_for_update(of=Record)
    )
    wanted = one_form(named.document_no)
    return [one for one in session.scalars(found) if one_form(one.document_no) == wanted]
