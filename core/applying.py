"""Applying: what objection, repair and complaint share: the case, its files, the receipt owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core import case_clock, cases, progress, tallies
from core.calendar import day
from core.cases import Action, Case, Opening
from core.evidence import ledger
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.rules import Rulebook
from core.tallies import Counted
from core.vault import Vault


@dataclass(frozen=True)
class Form:
    """What is filed: a text, codes of grounds, the public ids of files that wait for a case.

    `promised` is the promise that a repair demands, `promise_version` which text of it was read.
    """

    statement: str
    grounds: Sequence[str] = ()
    evidence: Sequence[str] = ()
    promised: bool = False
    promise_version: str | None = None


@dataclass(frozen=True)
class Office:
    """What applications are taken with: the rules with their clocks, and what seals texts."""

    rules: Rulebook
    vault: Vault

    def sealed(self, statement: str) -> str:
        """Encrypt what an applicant says."""
        return self.vault.seal(statement, cases.STATEMENT)


def file(
    session: Session, opening: Opening, evidence: Sequence[str], *, rules: Rulebook, now: datetime
) -> Case:
    """Open the case, start its clock, attach its files and owe its receipt.

    Raises AlreadyOpenError, DailyLimitError, EvidenceNotFoundError, EvidenceAttachedError,
    EvidenceUnfitError.
    """
    tallies.add(session, opening.account_id, Counted.FILINGS, now=now)
    case = cases.open_one(session, opening, now=now)
    case_clock.start(case, rules=rules, today=day(now))
    ledger.attach(session, case.id, evidence, account_id=case.account_id, now=now)
    cases.note(session, case, Action.FILED, who=progress.APPLICANT, now=now)
    progress.audit(session, case, "case_filed", who=progress.APPLICANT, now=now)
    receipt = Owed(
        kind=EventKind.CASE_OPENED,
        key=f"{EventKind.CASE_OPENED}:{case.receipt_code}",
        audience=Audience.ACCOUNT,
        audience_id=case.account_id,
        event_date=day(now),
        facts={"case_id": case.id},
    )
    owe(session, receipt, now=now)
    return case
