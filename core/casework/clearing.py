"""Clearing (到期清除): what was written and sent in closed cases goes after a time; the case stays.

Number, kind, dates, steps, reasons by code and the outcome remain: what was decided stays known.
The rules say for how long texts and files are kept; the row in force today decides.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import Session

from core import cases
from core.audit import trail
from core.audit.trail import Act
from core.calendar import add_months, day, start_of
from core.cases import IS_OPEN, Case, CaseEvent
from core.evidence.ledger import CaseEvidence, Evidence
from core.proposals import Proposal
from core.rules import Rulebook
from core.rules.lasting import Lasts, months
from core.vault import Vault

CHUNK = 100
_WHO = "ticker"


def is_due(session: Session, rules: Rulebook, *, now: datetime) -> bool:
    """Say whether a closed case still has what is kept no longer."""
    texts = select(Case.id).where(_has_texts(rules, now)).limit(1)
    files = select(Case.id).where(_has_files(rules, now)).limit(1)
    return any(session.scalar(one) is not None for one in (texts, files))


def clear(
    session: Session, rules: Rulebook, vault: Vault, *, now: datetime, chunk: int = CHUNK
) -> int:
    """Erase the texts, and let go the files, of the next closed cases; return how many.

    A file that no case has any more expires at once: its row goes first, and then it itself.
    """
    texts = _next(session, _has_texts(rules, now), chunk)
    _erase(session, vault, texts, now=now)
    files = _next(session, _has_files(rules, now), chunk)
    _let_go(session, files, now=now)
    for action, ids in (("case_cleared", texts), ("case_files_cleared", files)):
        for case_id in ids:
            trail.note(session, Act(_WHO, "system", action, f"case:{case_id}"), now=now)
    return len(texts) + len(files)


def _next(session: Session, which: ColumnElement[bool], chunk: int) -> Sequence[int]:
    some = select(Case.id).where(which).order_by(Case.id).limit(chunk)
    return session.scalars(some.with_for_update(skip_locked=True)).all()


def _erase(session: Session, vault: Vault, ids: Sequence[int], *, now: datetime) -> None:
    gone = {"statement": None, "statement_sealed": None, "cleared_at": now}
    session.execute(update(Case).where(Case.id.in_(ids)).values(gone))
    silent = update(CaseEvent).where(CaseEvent.case_id.in_(ids))
    session.execute(silent.values(note="", note_sealed=None))
    nothing = {
        "text_sealed": vault.seal("", cases.NOTE),
        "changes_sealed": None,
        "answer_sealed": None,
    }
    session.execute(update(Proposal).where(Proposal.case_id.in_(ids)).values(nothing))


def _let_go(session: Session, ids: Sequence[int], *, now: datetime) -> None:
    gone = delete(CaseEvidence).where(CaseEvidence.case_id.in_(ids))
    files = set(session.scalars(gone.returning(CaseEvidence.evidence_id)).all())
    others = select(CaseEvidence.case_id).where(CaseEvidence.evidence_id == Evidence.id)
    alone = Evidence.id.in_(files), ~others.exists()
    session.execute(update(Evidence).where(*alone).values(expires_at=now))


def _closed(rules: Rulebook, what: Lasts, now: datetime) -> ColumnElement[bool]:
    today = day(now)
    until = start_of(add_months(today, -months(rules.lasting, what, on=today)))
    return and_(~IS_OPEN, func.coalesce(Case.changed_at, Case.opened_at) < until)


def _has_texts(rules: Rulebook, now: datetime) -> ColumnElement[bool]:
    return and_(Case.cleared_at.is_(None), _closed(rules, Lasts.CASE_TEXTS, now))


def _has_files(rules: Rulebook, now: datetime) -> ColumnElement[bool]:
    files = select(CaseEvidence.case_id).where(CaseEvidence.case_id == Case.id)
    return and_(files.exists(), _closed(rules, Lasts.CASE_EVIDENCE, now))
