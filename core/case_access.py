"""Whose a case is (谁能看办件): asked again at every look and every step.

A case that was filed for an organisation is the organisation's: whoever represents it today sees
it and goes on with it, and whoever does not any more finds nothing. Any other is its account's.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core import bulk, privacy, representation
from core.case_errors import EvidenceNotFoundError
from core.cases import Case
from core.eligibility import Applicant
from core.errors import CaseNotFoundError
from core.evidence import ledger
from core.evidence.ledger import CaseEvidence, Evidence


def of_applicant(
    session: Session, code: str, applicant: Applicant, *, locked: bool = False
) -> Case:
    """Return a case to whose it is. Raises CaseNotFoundError for anybody else."""
    named = Case.receipt_code == privacy.read_code(code)
    wanted = select(Case).where(named, is_of(applicant))
    case = session.scalar(wanted.with_for_update() if locked else wanted)
    if case is None:
        raise CaseNotFoundError
    return case


def listing(
    session: Session, applicant: Applicant, *, limit: int, before: int | None = None
) -> Sequence[Case]:
    """List an applicant's cases, the newest first, from behind a place on."""
    mine = select(Case).where(is_of(applicant))
    if before is not None:
        mine = mine.where(Case.id < before)
    return session.scalars(mine.order_by(Case.id.desc()).limit(limit)).all()


def evidence(session: Session, public_id: str, applicant: Applicant, *, now: datetime) -> Evidence:
    """Return a file to whoever sent it for oneself, or to whose case it is part of.

    Raises EvidenceNotFoundError for anybody else.
    """
    named = Evidence.public_id == public_id, ledger.stands(now)
    found = session.scalar(select(Evidence).where(*named, has_file(applicant)))
    if found is None:
        raise EvidenceNotFoundError
    return found


def is_of(applicant: Applicant) -> ColumnElement[bool]:
    """Say of a case whether it is this applicant's."""
    own = and_(Case.account_id == applicant.account_id, Case.organisation.is_(None))
    if applicant.organisation is None:
        return own
    return or_(own, Case.organisation == applicant.organisation)


def has_file(applicant: Applicant) -> ColumnElement[bool]:
    """Say of a file whether it is this applicant's, or part of a case that is."""
    part = select(CaseEvidence.case_id).where(CaseEvidence.evidence_id == Evidence.id)
    of_mine = part.join(Case, Case.id == CaseEvidence.case_id).where(is_of(applicant))
    loose = and_(Evidence.account_id == applicant.account_id, ~part.exists())
    return or_(loose, of_mine.exists())


def to_tell(session: Session, case_ids: Collection[int], *, today: date) -> dict[int, int]:
    """Return which account is told of each of these cases; nobody, where none represents any more.

    Of an organisation's case whoever filed it, as long as they represent it; then whoever was
    verified last.
    """
    columns = Case.id, Case.account_id, Case.organisation
    rows = session.execute(select(*columns).where(bulk.among(session, Case.id, case_ids))).all()
    filers = {row.account_id for row in rows if row.organisation}
    acting = representation.of_accounts(session, filers, today=today) if filers else {}
    codes = {row.organisation for row in rows if row.organisation}
    newest = representation.newest(session, codes, today=today) if codes else {}
    told = {
        row.id: row.account_id
        if row.organisation in (None, acting.get(row.account_id))
        else newest.get(row.organisation)
        for row in rows
    }
    return {case_id: account_id for case_id, account_id in told.items() if account_id}
