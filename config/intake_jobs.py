"""What RQ workers run for files and batches: take in, publish, withdraw, chunk by chunk."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from config import intake, rulebook
from config.intake import Order
from config.jobs import tools
from config.settings import Settings
from core import departments, watch
from core.db import Reading, Writing
from core.intake import agreed, uploads, works
from core.intake.agreed import Agreed
from core.intake.files import FileRefusedError
from core.intake.layouts import LayoutName
from core.intake.uploads import Reached, Upload, UploadState
from core.intake.works import LostLeaseError, Taken, WorkKind, WorkState
from core.staff import approvals, members
from core.staff.members import Member

log = structlog.get_logger()

_Part = Callable[[Session, datetime], int | None]

_WORKING = timedelta(seconds=60)
_SURELY_LEFT = timedelta(days=1)
_OURS = re.compile(r"[0-9a-f]{32}")  # a report keeps
_CHUNK = 500
_GONE = "文件不在了，请重新上传。"
_WORN_OUT = "多次没有读完，请联系技术人员。"


class _AskedError(Exception):
    """The file takes records back: another of the staff must agree first."""


def work_on_files() -> None:
    """Do what is due, the longest due first, for a while. What is cut off falls due again."""
    chosen, until = tools().settings, _now() + _WORKING
    while _now() < until and work_once(chosen, until):
        pass


def sweep_uploads() -> None:
    """Delete files that a web process wrote and did not live to note, or a worker to delete."""
    sweep(tools().settings.uploads_dir, now=_now())


def sweep(folder: Path, *, now: datetime) -> int:
    """Delete the files of a folder that no upload needs and nobody writes any more."""
    before = (now - _SURELY_LEFT).timestamp()
    found = [one for one in folder.glob("*") if _OURS.fullmatch(one.name)]
    left = [one for one in found if one.stat().st_mtime < before]
    gone = set[str]()
    for start in range(0, len(left), _CHUNK):
        with Reading() as session:
            gone |= uploads.unknown(session, [one.name for one in left[start : start + _CHUNK]])
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    return len(gone)


def work_once(chosen: Settings, until: datetime, *, work_id: int | None = None) -> bool:
    """Do a part of one work; say whether there was one."""
    with Writing() as session:
        taken = works.lease(session, now=_now(), pace=chosen.pace_of_waits, work_id=work_id)
    if taken is None:
        return False
    try:
        _DOING[taken.wanted.kind](chosen, taken, until)
    except LostLeaseError:  # somebody else has gone on with it: we were too slow
        log.warning("intake_work_lost", work=taken.id)
    return True


def _take_in(chosen: Settings, taken: Taken, until: datetime) -> None:
    with Writing() as session:
        upload = session.get_one(Upload, taken.wanted.upload_id)
        worn_out = works.is_worn_out(session, taken)
        order = _order(session, chosen, upload, taken=taken, until=until)
    if worn_out:
        _fail(order, taken, _WORN_OUT)
        return
    try:
        ended = intake.take_in(order).ended
    except _AskedError:
        _ask(taken)
    except FileRefusedError as refusal:
        _fail(order, taken, str(refusal))
    except FileNotFoundError:
        _fail(order, taken, _GONE)
    else:
        _went_on(order, taken, ended=ended)


def _order(
    session: Session, chosen: Settings, upload: Upload, *, taken: Taken, until: datetime
) -> Order:
    member = session.get_one(Member, upload.member_id)
    may_take_back = upload.approval_id is not None

    def noted(session: Session, reached: Reached) -> None:
        if reached.layout == LayoutName.REMOVAL and not may_take_back:
            raise _AskedError
        works.step(session, taken, 0, now=_now(), pace=chosen.pace_of_waits)
        uploads.reached(session, upload.id, reached, now=_now())

    return Order(
        path=chosen.uploads_dir / upload.kept_as,
        rules=rulebook.load(),
        who=f"staff:{upload.member_id}",
        role="staff",
        alert_max_age=timedelta(days=chosen.alert_max_age_days),
        vault=chosen.vault,
        report=chosen.uploads_dir / uploads.report_name(upload.id),
        name=upload.file_name,
        actor=f"staff:{upload.member_id}",
        batch_id=upload.batch_id,
        report_bytes=upload.report_bytes,
        noted=noted,
        is_late=lambda: _now() >= until,
        speaks_for=departments.called(session, member.department_id),
    )


def _went_on(order: Order, taken: Taken, *, ended: bool) -> None:
    with Writing() as session:
        if not ended:
            works.pause(session, taken, now=_now())
            return
        uploads.ended(session, taken.wanted.upload_id or 0, UploadState.DONE, now=_now())
        works.end(session, taken, WorkState.DONE, now=_now())
    order.path.unlink(missing_ok=True)


def _fail(order: Order, taken: Taken, why: str) -> None:
    with Writing() as session:
        number = taken.wanted.upload_id or 0
        uploads.ended(session, number, UploadState.FAILED, refusal=why, now=_now())
        works.end(session, taken, WorkState.FAILED, now=_now())
    order.path.unlink(missing_ok=True)


def _ask(taken: Taken) -> None:
    with Writing() as session:
        upload = session.get_one(Upload, taken.wanted.upload_id)
        asker = members.at_work(session.get_one(Member, upload.member_id))
        uploads.ask(session, upload, asker, now=_now())
        works.end(session, taken, WorkState.DONE, now=_now())


def _publish(chosen: Settings, taken: Taken, until: datetime) -> None:
    max_age = timedelta(days=chosen.alert_max_age_days)

    def publish(session: Session, now: datetime) -> int | None:
        alert = partial(watch.alert, now=now, max_age=max_age)
        step = agreed.publish_next(
            session, _agreed(chosen, taken), vault=chosen.vault, alert=alert, now=now
        )
        return step.published if step else None

    _step_by_step(chosen, taken, until=until, part=publish)


def _withdraw(chosen: Settings, taken: Taken, until: datetime) -> None:
    def withdraw(session: Session, now: datetime) -> int | None:
        return agreed.withdraw_next(session, _agreed(chosen, taken), now=now) or None

    _step_by_step(chosen, taken, until=until, part=withdraw)


def _step_by_step(chosen: Settings, taken: Taken, *, until: datetime, part: _Part) -> None:
    while True:
        now = _now()
        with Writing() as session:
            done = part(session, now)
            works.step(session, taken, done or 0, now=now, pace=chosen.pace_of_waits)
            if done is None:
                works.end(session, taken, WorkState.DONE, now=now)
                return
            if now >= until:
                works.pause(session, taken, now=now)
                return


def _agreed(chosen: Settings, taken: Taken) -> Agreed:
    wanted, sealed = taken.wanted, taken.wanted.why_sealed
    why = chosen.vault.open(sealed, approvals.WHY) if sealed else wanted.why or ""
    return Agreed(wanted.batch_id or 0, wanted.asked_by, wanted.approved_by, why)


_DOING: Mapping[WorkKind, Callable[[Settings, Taken, datetime], None]] = {
    WorkKind.TAKE_IN: _take_in,
    WorkKind.PUBLISH: _publish,
    WorkKind.WITHDRAW: _withdraw,
}


def _now() -> datetime:
    return datetime.now(UTC)
