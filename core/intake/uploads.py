"""Uploads (报送文件): files that the staff sent in, from the first byte until they are taken in.

The work itself is in core.intake.works: cut off anywhere, it goes on from the last chunk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.audit import trail
from core.db import Base, BigId, PrimaryKey
from core.intake import works
from core.intake.batches import Batch
from core.intake.errors import UploadNotFoundError
from core.intake.works import WorkKind
from core.staff import approvals
from core.staff.approvals import Matter, Wish
from core.staff.errors import ApprovalNotFoundError
from core.staff.members import Member, Staff
from core.staff.roles import Deed

LARGEST = 512 * 1024 * 1024
_LONGEST_NAME = 120
_WHY = "文件会撤销、更正或移出已有的记录"


class UploadState(StrEnum):
    """How far a file is. `asked`: it takes records back, and waits until another has agreed."""

    WAITING = "waiting"
    RUNNING = "running"
    ASKED = "asked"
    DONE = "done"
    FAILED = "failed"


class Upload(Base):
    """One file that a member of the staff sent in.

    `kept_as` is our own name for it on disk; `file_name` is only shown. `report_bytes` is how much
    of the report belongs to chunks that were written; `refusal` says why the file was no use.
    """

    __tablename__ = "uploads"

    id: Mapped[PrimaryKey]
    file_name: Mapped[str]
    kept_as: Mapped[str] = mapped_column(unique=True)
    file_hash: Mapped[str]
    size: Mapped[BigId]
    member_id: Mapped[BigId] = mapped_column(ForeignKey(Member.id))
    department_id: Mapped[BigId | None] = mapped_column(ForeignKey("departments.id"))
    state: Mapped[UploadState]
    layout: Mapped[str | None]
    batch_id: Mapped[BigId | None] = mapped_column(ForeignKey(Batch.id), index=True)
    approval_id: Mapped[BigId | None] = mapped_column(ForeignKey("approvals.id"))
    done_size: Mapped[BigId]
    of_size: Mapped[BigId | None]
    report_bytes: Mapped[BigId]
    refusal: Mapped[str | None]
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime]


@dataclass(frozen=True)
class Received:
    """A file that lies on our disk: what it was called, and what it is."""

    file_name: str
    kept_as: str
    file_hash: str
    size: int


@dataclass(frozen=True)
class Reached:
    """How far a file is with a chunk: in its batch, of its size, of its report."""

    batch_id: int
    layout: str
    done_size: int
    of_size: int | None
    report_bytes: int


def receive(session: Session, staff: Staff, received: Received, *, now: datetime) -> int:
    """Let a file wait to be taken in; return the id of the upload. Raises NotPermittedError."""
    staff.demand(Deed.TAKE_IN)
    shown = "".join(one for one in received.file_name if one.isprintable())[-_LONGEST_NAME:]
    upload = Upload(
        **vars(received) | {"file_name": shown or "未命名"},
        member_id=staff.id,
        department_id=staff.department_id,
        state=UploadState.WAITING,
        done_size=0,
        report_bytes=0,
        received_at=now,
        changed_at=now,
    )
    session.add(upload)
    session.flush()
    _work(session, upload, now=now)
    act = trail.Act(staff.actor, "staff", "upload", f"upload:{upload.id}", {"bytes": received.size})
    trail.note(session, act, now=now)
    return upload.id


def ask(session: Session, upload: Upload, staff: Staff, *, now: datetime) -> None:
    """Let a file that takes records back wait until another has agreed."""
    wish = Wish(Matter.TAKE_BACK_FILE, upload.id, _WHY)
    upload.approval_id = approvals.ask(session, staff, wish, now=now)
    upload.state, upload.changed_at = UploadState.ASKED, now


def approve(session: Session, staff: Staff, approval_id: int, *, now: datetime) -> None:
    """Let a file that takes records back be taken in.

    Raises ApprovalNotFoundError, NotPermittedError, SamePersonError, UploadNotFoundError.
    """
    approval = approvals.approve(session, staff, approval_id, now=now)
    if approval.matter is not Matter.TAKE_BACK_FILE:
        raise ApprovalNotFoundError
    upload = one(session, staff, approval.object_id)
    upload.state, upload.changed_at = UploadState.WAITING, now
    _work(session, upload, now=now)


def one(session: Session, staff: Staff, upload_id: int) -> Upload:
    """Return an upload: to a department its own. Raises UploadNotFoundError."""
    upload = session.get(Upload, upload_id)
    if upload is None or staff.department_id not in (None, upload.department_id):
        raise UploadNotFoundError
    return upload


def listing(
    session: Session, staff: Staff, *, limit: int, before: int | None = None
) -> Sequence[Upload]:
    """List uploads, the newest first; a department's are its own alone."""
    found = select(Upload).order_by(Upload.id.desc()).limit(limit)
    if staff.department_id is not None:
        found = found.where(Upload.department_id == staff.department_id)
    if before is not None:
        found = found.where(Upload.id < before)
    return session.scalars(found).all()


def unknown(session: Session, names: Sequence[str]) -> set[str]:
    """Return those names of files that no upload still needs: it ended, or was never written."""
    needs = Upload.kept_as.in_(names), Upload.state.not_in([UploadState.DONE, UploadState.FAILED])
    return {*names} - {*session.scalars(select(Upload.kept_as).where(*needs))}


def report_name(upload_id: int) -> str:
    """Return what the report of an upload is called on our disk."""
    return f"report-{upload_id}.csv"


def of_batch(session: Session, batch_id: int) -> Upload | None:
    """Return the upload that became a batch, if the staff sent it in."""
    return session.scalar(select(Upload).where(Upload.batch_id == batch_id).limit(1))


def _work(session: Session, upload: Upload, *, now: datetime) -> None:
    wanted = works.Wanted(WorkKind.TAKE_IN, upload.member_id, upload_id=upload.id)
    works.add(session, wanted, now=now)


def reached(session: Session, upload_id: int, how_far: Reached, *, now: datetime) -> None:
    """Say how far a file is, in the transaction of the chunk."""
    values = vars(how_far) | {"state": UploadState.RUNNING, "changed_at": now}
    session.execute(update(Upload).where(Upload.id == upload_id).values(values))


def ended(
    session: Session,
    upload_id: int,
    state: UploadState,
    *,
    refusal: str | None = None,
    now: datetime,
) -> None:
    """Say that a file was taken in, or why it cannot be."""
    values = {"state": state, "refusal": refusal, "changed_at": now}
    session.execute(update(Upload).where(Upload.id == upload_id).values(values))
