"""Pending (待审批): what waits for a second one of the staff, what it is about, and the answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.applying import Office
from core.articles.ledger import Article
from core.campaigning import editing
from core.campaigning.ledger import Campaign
from core.cases import Case
from core.casework import held, revoking
from core.errors import CaseNotFoundError
from core.intake import agreed, uploads
from core.intake.errors import BatchElsewhereError, UploadNotFoundError
from core.keeping import reach, withdrawal
from core.keeping.errors import RecordElsewhereError
from core.records import Record
from core.staff import approvals, members
from core.staff.approvals import DEEDS, Approval, Matter
from core.staff.errors import ApprovalNotFoundError
from core.staff.members import Staff
from core.vault import Vault

_BY_ONE: dict[Matter, Callable[..., object]] = {
    Matter.PUBLISH_BATCH: agreed.approve,
    Matter.WITHDRAW_BATCH: agreed.approve,
    Matter.TAKE_BACK_FILE: uploads.approve,
    Matter.RUN_CAMPAIGN: editing.approve,
}
_ELSEWHERE = RecordElsewhereError, CaseNotFoundError, BatchElsewhereError, UploadNotFoundError


@dataclass(frozen=True)
class About:
    """What a request is about, in words that name no natural person."""

    title: str
    authority: str | None = None
    document_no: str | None = None
    records: int | None = None


@dataclass(frozen=True)
class Pending:
    """One request as it stands before somebody; `mine` says that it is their own."""

    id: int
    matter: Matter
    object_id: int
    about: About
    why: str
    asked_by: str
    asked_at: datetime
    mine: bool


def listing(session: Session, staff: Staff, *, vault: Vault) -> list[Pending]:
    """List what a member may answer, and what they have asked for themselves, oldest first."""
    matters = [matter for matter, deeds in DEEDS.items() if staff.may(deeds[1])]
    found = {one.id: one for one in approvals.waiting(session, matters)}
    found |= {one.id: one for one in approvals.asked_by(session, staff)}
    seen = list(_within_reach(session, staff, [found[number] for number in sorted(found)]))
    names = members.names(session, {one.asked_by for one, _ in seen})
    return [
        Pending(
            one.id,
            one.matter,
            one.object_id,
            about,
            approvals.why(one, vault),
            names[one.asked_by],
            one.asked_at,
            one.asked_by == staff.id,
        )
        for one, about in seen
    ]


def approve(
    session: Session, staff: Staff, approval_id: int, *, office: Office, now: datetime
) -> Matter:
    """Let happen what another has asked for; return what it was.

    Raises what the approval of this matter raises.
    """
    approval = approvals.of(session, approval_id)
    if approval.matter is Matter.WITHDRAW_RECORD:
        withdrawal.approve(session, staff, approval_id, vault=office.vault, now=now)
    elif approval.matter is Matter.REVOKE_REPAIR:
        revoking.confirm(session, staff, approval_id, office=office, now=now)
    elif approval.matter in _BY_ONE:
        _BY_ONE[approval.matter](session, staff, approval_id, now=now)
    else:
        raise ApprovalNotFoundError
    return approval.matter


def _within_reach(
    session: Session, staff: Staff, asked: list[Approval]
) -> Iterator[tuple[Approval, About]]:
    for one in asked:
        try:
            yield one, _ABOUT[one.matter](session, staff, one.object_id)
        except _ELSEWHERE:
            continue


def _record(session: Session, staff: Staff, record_id: int) -> About:
    record = reach.one(session, staff, record_id)
    return About(record.title, record.authority, record.document_no)


def _case(session: Session, staff: Staff, case_id: int) -> About:
    case = session.get_one(Case, case_id)
    if not held.may_see(session, staff, case):
        raise CaseNotFoundError
    record = session.get_one(Record, case.record_id)
    return About(record.title, record.authority, record.document_no)


def _batch(session: Session, staff: Staff, batch_id: int) -> About:
    batch = agreed.one(session, staff, batch_id)
    return About(batch.file_name, records=batch.rows_loaded)


def _file(session: Session, staff: Staff, upload_id: int) -> About:
    return About(uploads.one(session, staff, upload_id).file_name)


def _article(session: Session, _staff: Staff, article_id: int) -> About:
    return About(session.get_one(Article, article_id).title)


def _campaign(session: Session, _staff: Staff, campaign_id: int) -> About:
    return About(session.get_one(Campaign, campaign_id).title)


_ABOUT: dict[Matter, Callable[[Session, Staff, int], About]] = {
    Matter.WITHDRAW_RECORD: _record,
    Matter.PUBLISH_BATCH: _batch,
    Matter.WITHDRAW_BATCH: _batch,
    Matter.TAKE_BACK_FILE: _file,
    Matter.START_CAMPAIGN: _article,
    Matter.RUN_CAMPAIGN: _campaign,
    Matter.REVOKE_REPAIR: _case,
}
