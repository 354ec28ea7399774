"""Outcomes: the lines of a batch as they may be shown on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from core.checks import findings, ledger
from core.checks.batches import BatchLine
from core.checks.uploads import LineFault
from core.db import Facts
from core.subjects import name_key


class LineOutcome(StrEnum):
    """What became of a line. CHANGED: a record that it told of is no longer public."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    REJECTED = "rejected"
    CHANGED = "changed"


@dataclass(frozen=True)
class Outcome:
    """One line as it may be shown. `told` is None of a refused line and of one that has changed."""

    line_no: int
    uscc: str | None
    given: str | None
    outcome: LineOutcome
    fault: LineFault | None
    agrees: bool | None
    told: Facts | None


def of(session: Session, lines: Sequence[BatchLine], *, today: date) -> list[Outcome]:
    """Return lines that are checked or refused as they may be shown."""
    ids = {one for line in lines for one in ledger.record_ids(line.told or {})}
    public = findings.still_public(session, ids, today=today) if ids else set()
    return [_outcome(line, public) for line in lines]


def _outcome(line: BatchLine, public: set[int]) -> Outcome:
    told, outcome = line.told, LineOutcome.REJECTED
    if told is not None:
        outcome = LineOutcome.FOUND if told["subject"] else LineOutcome.NOT_FOUND
        if not ledger.still_holds(told, public):
            told, outcome = None, LineOutcome.CHANGED
    subject = told["subject"] if told else None
    agrees = None
    if line.name is not None and subject is not None:
        # Width, case, spaces and brackets do not count.
        agrees = name_key(line.name) == name_key(subject["name"])
    return Outcome(line.line_no, line.uscc, line.name, outcome, line.fault, agrees, told)
