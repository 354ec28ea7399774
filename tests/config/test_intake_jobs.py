"""Files of the staff: taken in by whichever worker, once, whatever cuts it off."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from config import intake_jobs
from core import departments
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.intake import uploads, works
from core.intake.batches import BatchState
from core.intake.layouts import LayoutName
from core.intake.uploads import UploadState
from core.intake.works import LostLeaseError, Work, WorkState
from core.records import RecordState
from core.staff.errors import NotPermittedError
from core.staff.roles import Role
from tests.config.given_uploads import (
    batch,
    chosen,
    clerk,
    due_again,
    records,
    report,
    send,
    upload,
    work,
)
from tests.core.department_files import BUREAU, LISTING, PENALTY, REMOVAL, text
from tests.core.given_staff import hired

__all__ = ["chosen", "clerk", "send", "work"]  # fixtures


def test_a_file_is_taken_in_under_its_own_name_and_then_gone(chosen, send, work):
    number = send(text(LISTING))
    assert upload(number).state is UploadState.WAITING

    assert (work(), work()) == (True, False)

    done = upload(number)
    assert (done.state, done.layout, done.batch_id) == (
        UploadState.DONE,
        LayoutName.LIST,
        batch().id,
    )
    assert (batch().file_name, batch().rows_loaded, batch().state) == (
        "名单.csv",
        1,
        BatchState.DONE,
    )
    assert [one.state for one in records()] == [RecordState.LOADED]
    assert list(chosen.uploads_dir.iterdir()) == []


def test_who_sent_it_stands_in_the_trail(send, work, clerk):
    number = send(text(LISTING))
    work()

    with Reading() as session:
        acts = session.scalars(sa.select(Entry).order_by(Entry.id)).all()
    assert [(one.actor, one.action, one.object) for one in acts] == [
        (clerk.actor, "upload", f"upload:{number}"),
        (clerk.actor, "take_in", f"batch:{batch().id}"),
    ]


def test_a_file_that_is_none_says_what_was_expected(chosen, send, work):
    number = send("这不是数据文件\n")

    work()

    failed = upload(number)
    assert failed.state is UploadState.FAILED
    assert "不认识这种文件" in failed.refusal
    assert list(chosen.uploads_dir.iterdir()) == []


def test_a_file_that_is_gone_is_asked_for_again(chosen, send, work):
    number = send(text(LISTING))
    next(chosen.uploads_dir.iterdir()).unlink()

    work()

    assert (upload(number).state, upload(number).refusal) == (
        UploadState.FAILED,
        "文件不在了，请重新上传。",
    )


def test_what_has_cut_off_its_workers_too_often_is_given_up(send, work):
    number = send(text(LISTING))
    with Writing() as session:
        session.execute(sa.update(Work).values(tries=works.MOST_TRIES))

    work()

    assert upload(number).state is UploadState.FAILED


def test_who_has_lost_the_lease_changes_nothing(chosen, send, work):
    number = send(text(LISTING))
    with Writing() as session:
        first = works.lease(session, now=datetime.now(UTC), pace=chosen.pace_of_waits)
    due_again()
    work()

    with Writing() as session, pytest.raises(LostLeaseError):
        works.step(session, first, 1, now=datetime.now(UTC), pace=chosen.pace_of_waits)
    with pytest.raises(LostLeaseError):
        intake_jobs._take_in(chosen, first, datetime.now(UTC))
    assert upload(number).state is UploadState.DONE
    assert [one.state for one in every_work()] == [WorkState.DONE]


def every_work():
    with Reading() as session:
        return session.scalars(sa.select(Work).order_by(Work.id)).all()


def test_a_file_that_takes_records_back_waits_for_another(send, work, clerk):
    send(text(PENALTY))
    work()
    number = send(text(REMOVAL))

    work()

    asked = upload(number)
    assert (asked.state, asked.batch_id) == (UploadState.ASKED, None)
    assert records()[0].state is RecordState.LOADED
    assert not work()
    with Writing() as session:
        uploads.approve(session, hired(Role.REVIEWER), asked.approval_id, now=datetime.now(UTC))
    assert work()
    assert upload(number).state is UploadState.DONE
    assert records()[0].state is RecordState.WITHDRAWN


def test_a_department_sends_its_own_records_alone(chosen, send, work):
    with Writing() as session:
        own = departments.known(session, BUREAU, None)
    staff = hired(Role.INTAKE_CLERK, department_id=own)
    other = PENALTY | {
        "数据来源单位": "昆明市交通运输局",
        "行政处罚决定书文号": "昆交罚〔2026〕1号",
    }

    number = send(text(PENALTY, other), staff=staff)
    work()

    assert (batch().rows_loaded, batch().rows_rejected) == (1, 1)
    assert report(chosen, number)[1][3].startswith("数据来源单位")
    assert upload(number).department_id == own


def test_who_may_not_take_in_sends_nothing(send):
    with pytest.raises(NotPermittedError):
        send(text(LISTING), staff=hired(Role.AUDITOR))


def test_files_that_no_upload_needs_are_swept_a_day_later(chosen, send, work):
    taken_in, waiting = send(text(PENALTY)), "f" * 32
    assert work()
    cut_off = upload(taken_in).kept_as  # a worker died before it could delete this
    for name in (cut_off, waiting, "a" * 32, "report-1.csv", "readme"):
        (chosen.uploads_dir / name).write_bytes(b"x")
    with Writing() as session:
        held = uploads.Received("名单.csv", waiting, "hash", 1)
        clerk = hired(Role.INTAKE_CLERK)
        uploads.receive(session, clerk, held, now=datetime.now(UTC))

    assert intake_jobs.sweep(chosen.uploads_dir, now=datetime.now(UTC)) == 0
    tomorrow = datetime.now(UTC) + timedelta(days=1, minutes=1)
    assert intake_jobs.sweep(chosen.uploads_dir, now=tomorrow) == 2
    left = {one.name for one in chosen.uploads_dir.iterdir()}
    assert left == {waiting, "report-1.csv", "readme"}
