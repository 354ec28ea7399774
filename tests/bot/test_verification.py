"""The page on which anybody verifies a report, by its code or by its file."""

import re
from datetime import timedelta

import pytest

from bot import verifying
from core.db import Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordState
from core.reports import making
from tests.bot.test_pages import path_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
USCC = "91530111000000027C"


@pytest.fixture
def listed(archive):
    """An entity with a listing; the listing's id."""
    return archive.record(archive.entity("昆明示例<建筑>有限公司", uscc=USCC))


@pytest.fixture
def report(listed, printer):
    return printer.make(USCC)


@pytest.fixture
def client(app):
    return app.test_client()


def page_of(report):
    return f"/wechat/reports/{report.report_no}/{report.verify_code}"


def send(client, path, pdf, name="report.pdf"):
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + pdf + b"\r\n--b--\r\n" if name else b"--b--\r\n"
    return client.post(path, data=body, content_type="multipart/form-data; boundary=b")


def recall(record_id, now):
    with Writing() as session:
        session.get_one(Record, record_id).state = RecordState.WITHDRAWN
        session.flush()
        making.recall_for_records(session, [record_id], now=now)


def test_a_valid_report_is_shown_with_what_it_is_about_in_both_languages(client, report):
    reply = client.get(page_of(report))

    assert reply.status_code == 200
    for said in (
        "这份报告有效",
        "This report is valid",
        USCC,
        "信息截至",
        "As of",
        report.report_no,
    ):
        assert said in reply.text
    assert "昆明示例&lt;建筑&gt;有限公司" in reply.text
    assert re.search(r"<dd>20\d\d年\d\d月\d\d日 \d\d:\d\d</dd>", reply.text)
    assert "http://" not in reply.text
    assert "<script" not in reply.text
    assert "form-action 'self'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("place", ["number", "code"])
def test_a_wrong_number_and_a_wrong_code_look_alike(client, report, place):
    number = "1" * 22 if place == "number" else report.report_no
    code = "0" * 16 if place == "code" else report.verify_code

    reply = client.get(f"/wechat/reports/{number}/{code}")

    assert reply.status_code == 404
    assert "没有查到这份报告" in reply.text
    assert USCC not in reply.text
    assert number not in reply.text


def test_a_recalled_report_must_not_be_used(client, report, listed, printer):
    recall(listed, printer.now)

    page = client.get(page_of(report)).text

    assert "这份报告已撤回，请不要使用" in page
    assert 'class="verdict recalled"' in page


def test_a_report_can_be_found_by_what_is_typed(client, report):
    typed = {"number": report.report_no.lower(), "code": " " + report.verify_code[:4] + "-"}

    reply = client.post("/wechat/reports", data=typed | {"code": report.verify_code.lower()})

    assert (reply.status_code, reply.headers["Location"]) == (303, page_of(report))
    assert client.post("/wechat/reports", data=typed | {"code": " - "}).status_code == 422
    assert "都填上" in client.post("/wechat/reports", data={}).text
    assert (
        client.post("/wechat/reports", data={"number": "1" * 999, "code": "2"}).status_code == 303
    )


def test_the_page_asks_for_number_code_or_file(client):
    page = client.get("/wechat/reports").text

    assert page.count("<form") == 2
    assert "报告编号" in page
    assert "Report number" in page


def test_a_file_is_compared_with_the_report(client, report, printer):
    pdf = printer.file(report)
    path = f"{page_of(report)}/file"

    assert "文件与我们出具的一致" in send(client, path, pdf).text
    assert "文件与这份报告不一致" in send(client, path, pdf + b" ").text
    assert "没有收到文件" in send(client, path, b"", name=None).text
    unknown = send(client, path.replace(report.verify_code, "0" * 16), pdf)
    assert unknown.status_code == 404
    assert "一致" not in unknown.text


def test_a_file_alone_is_enough(client, report, printer, listed):
    pdf = printer.file(report)

    assert "这份报告有效" in send(client, "/wechat/reports/files", pdf).text
    forged = send(client, "/wechat/reports/files", pdf[:-1])
    assert forged.status_code == 404
    assert "不是“信用昆明”出具的，或者被改动过" in forged.text
    assert send(client, "/wechat/reports/files", b"", name=None).status_code == 422
    recall(listed, printer.now)
    assert "已撤回" in send(client, "/wechat/reports/files", pdf).text


def test_a_file_may_be_ten_megabytes_and_no_more(client, report):
    most = verifying.LARGEST_FILE
    path = "/wechat/reports/files"

    assert send(client, path, bytes(most)).status_code == 404
    refused = send(client, path, bytes(most + 100_000))

    assert refused.status_code == 413
    assert "文件超过 10 MB" in refused.text


def test_notices_of_a_report_lead_to_what_it_is_worth_now(client, app, archive, listed, printer):
    from core.accounts import Channel, at

    with Writing() as session:
        account = at(session, Channel.WECHAT, "o1", now=printer.now)
    report = printer.make(USCC, to=account)
    with Writing() as session:
        ready = session.query(Event).filter_by(kind=EventKind.REPORT_READY).one().id

    page = client.get(path_of(ready, account)).text
    assert "您申请的信用报告已生成" in page
    assert report.report_no in page
    assert report.verify_code not in page

    recall(listed, printer.now + timedelta(minutes=1))
    with Writing() as session:
        recalled = session.query(Event).filter_by(kind=EventKind.REPORT_RECALLED).one().id
    page = client.get(path_of(recalled, account)).text
    assert "您申请过的信用报告已撤回" in page
    assert "已撤回</dd>" in page
