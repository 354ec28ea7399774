"""Showing: a file that the staff sent in, its batch, what waits in it, who agreed on what."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.intake import agreed, uploads, works
from core.intake.batches import Batch
from core.intake.uploads import Upload
from core.intake.works import Work
from core.staff.approvals import Approval, Matter
from core.staff.members import Staff

_OF_BATCH = (Matter.PUBLISH_BATCH, Matter.WITHDRAW_BATCH)


@dataclass(frozen=True)
class BatchSheet:
    """One batch: how many of its records are unpublished, who asked for what, what was done."""

    batch: Batch
    waiting: int
    requests: Sequence[Approval]
    works: Sequence[Work]
    upload: Upload | None

    @property
    def members(self) -> set[int]:
        """Return the ids of the staff that are named here."""
        found = {one.asked_by for one in self.requests} | {one.asked_by for one in self.works}
        found |= {one.answered_by for one in self.requests if one.answered_by}
        found |= {one.approved_by for one in self.works if one.approved_by}
        return found | ({self.upload.member_id} if self.upload else set())


@dataclass(frozen=True)
class UploadSheet:
    """One upload, its batch if there is one yet, and the request that it waits for."""

    upload: Upload
    of_batch: BatchSheet | None
    request: Approval | None


def batch(session: Session, staff: Staff, batch_id: int) -> BatchSheet:
    """Return a batch as staff see it. Raises BatchElsewhereError."""
    found = agreed.one(session, staff, batch_id)
    about = Approval.matter.in_(_OF_BATCH), Approval.object_id == batch_id
    return BatchSheet(
        batch=found,
        waiting=agreed.waiting(session, batch_id),
        requests=session.scalars(select(Approval).where(*about).order_by(Approval.id)).all(),
        works=works.of_batch(session, batch_id),
        upload=uploads.of_batch(session, batch_id),
    )


def upload(session: Session, staff: Staff, upload_id: int) -> UploadSheet:
    """Return an upload as staff see it. Raises UploadNotFoundError."""
    found = uploads.one(session, staff, upload_id)
    asked = session.get(Approval, found.approval_id) if found.approval_id else None
    of_batch = batch(session, staff, found.batch_id) if found.batch_id else None
    return UploadSheet(found, of_batch, asked)


def batches_of(session: Session, uploaded: Sequence[Upload]) -> dict[int, Batch]:
    """Return the batches that uploads became, by their ids."""
    ids = [one.batch_id for one in uploaded if one.batch_id]
    return {one.id: one for one in session.scalars(select(Batch).where(Batch.id.in_(ids)))}
