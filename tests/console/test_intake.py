"""A file at the console: sent, taken in, its report, what needs another of the staff."""

import io

import pytest
import sqlalchemy as sa

from core.db import Reading
from core.records import Record, RecordState
from tests.console.given_files import agree, chosen, clerk, record, reviewer, send, work
from tests.core.department_files import LISTING, PENALTY, REMOVAL, text

__all__ = ["chosen", "clerk", "reviewer", "work"]  # fixtures


def test_progress_is_shown_until_the_file_is_in(clerk, work):
    place = send(clerk, text(LISTING)).location

    assert "每一行" not in clerk.get(place).text
    assert 'hx-trigger="every 1s"' in clerk.get(f"{place}/now").text
    work()
    assert "hx-trigger" not in clerk.get(f"{place}/now").text
    assert "名单.csv" in clerk.get("/console/intake/").text


def test_the_report_says_why_a_row_was_sent_back(clerk, work):
    place = send(clerk, text(PENALTY, PENALTY | {"处罚决定日期": "不知道"})).location
    work()

    report = clerk.get(f"{place}/report")

    assert report.headers["Content-Disposition"].startswith("attachment")
    assert "日期不对" in report.get_data().decode("utf-8-sig")
    report.close()
    assert "下载退回报告" in clerk.get(place).text


def test_without_faults_there_is_no_report(clerk, work):
    place = send(clerk, text(PENALTY)).location
    work()

    assert clerk.get(f"{place}/report").status_code == 404


def test_a_file_that_is_none_is_said_so(clerk, work):
    place = send(clerk, "<script>alert(1)</script>\n", name="<b>x</b>.csv").location
    work()

    page = clerk.get(place).text

    assert "不认识这种文件" in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize("chosen", [False, True])
def test_no_file_or_an_empty_one_is_refused(clerk, chosen):
    file = {"file": (io.BytesIO(b""), "空.csv")} if chosen else {}
    given = file | {"csrf": clerk.proof()}

    answer = clerk.post("/console/intake/", data=given, content_type="multipart/form-data")

    assert (answer.status_code, "没有收到文件" in answer.text) == (409, True)


def test_a_file_that_is_too_large_is_refused_and_not_kept(clerk, monkeypatch, parts):
    monkeypatch.setattr("console.receiving.LARGEST", 10)

    answer = send(clerk, text(LISTING))

    assert (answer.status_code, "文件太大" in answer.text) == (409, True)
    assert list(parts.uploads_dir.iterdir()) == []


def test_a_file_that_takes_records_back_needs_another(clerk, reviewer, work):
    send(clerk, text(PENALTY))
    work()
    place = send(clerk, text(REMOVAL)).location
    work()
    assert "要另一位同事同意以后才导入" in clerk.get(place).text

    agree(reviewer)
    work()

    assert "已导入" in clerk.get(place).text
    assert record().state is RecordState.WITHDRAWN


def test_a_batch_of_the_command_line_is_listed_and_withdrawn_by_two(clerk, reviewer, work, chosen):
    send(clerk, text(PENALTY))
    work()
    with Reading() as session:
        number = session.scalars(sa.select(Record.batch_id)).one()

    clerk.send(f"/console/intake/batches/{number}/withdraw", why="部门要求撤回")
    agree(reviewer)
    work()

    page = clerk.get(f"/console/intake/batches/{number}").text
    assert "已整批撤回" in page
    assert reviewer.staff.name in page
    assert record().state is RecordState.WITHDRAWN
