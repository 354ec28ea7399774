"""The pages that messages lead to."""

import re
from datetime import timedelta

import pytest

from core import campaigns, privacy, watch
from core.calendar import day
from core.db import Reading, Writing
from core.installations import Locale
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Event, Owed, owe
from core.preferences import choices
from core.preferences.choices import Preferences
from core.records import Record, RecordKind, RecordState
from tests.core.given import account
from tests.fixtures.archive import NOW

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEY = b"a key for links"


def path_of(event_id, account_id=7):
    proof = privacy.proof(KEY, "notice", event_id, account_id)
    return f"/wechat/notices/{event_id}-{account_id}-{proof}"


@pytest.fixture
def listing(archive):
    """A published listing whose alert was owed; the event and the record."""
    subject = archive.entity("昆明示例<建筑>有限公司", uscc="91530111000000027C")
    record_id = archive.record(subject, event_date=day(NOW))
    with Writing() as session:
        record = session.get_one(Record, record_id)
        watch.alert(session, [record.id], now=NOW, max_age=timedelta(days=30))
    with Reading() as session:
        return session.query(Event).one().id, record_id


def test_an_alert_is_read_on_with_all_that_must_be_said(app, listing):
    reply = app.test_client().get(path_of(listing[0]))

    assert reply.status_code == 200
    for said in ("91530111000000027C", "拖欠农民工工资失信联合惩戒对象", "2026年11月23日"):
        assert said in reply.text
    assert "昆明市人力资源和社会保障局" in reply.text
    assert re.search(r"信息截至</dt><dd>20\d\d年", reply.text)
    assert "&lt;建筑&gt;" in reply.text
    assert "<建筑>" not in reply.text
    assert 'href="/h5/entities/91530111000000027C"' in reply.text


def test_who_reads_english_gets_the_page_in_english(app, listing):
    to = account("oReader", now=NOW)
    with Writing() as session:
        choices.change(session, to, Preferences(language=Locale.EN), now=NOW)

    page = app.test_client().get(path_of(listing[0], to)).text

    assert '<html lang="en">' in page
    for said in ("Listed on", "Decided by", "As of"):
        assert f"<dt>{said}</dt>" in page


def test_of_a_penalty_the_day_of_the_decision_is_told(app, archive):
    subject = archive.entity("昆明示例餐饮有限公司", uscc="91530111000000028A")
    others = {"kind": RecordKind.PENALTY, "list_kind": None}
    record_id = archive.record(subject, event_date=day(NOW), **others)
    with Writing() as session:
        watch.alert(session, [record_id], now=NOW, max_age=timedelta(days=30))
    with Reading() as session:
        event_id = session.query(Event).one().id

    page = app.test_client().get(path_of(event_id)).text

    assert "<dt>决定日期</dt><dd>2026年11月23日</dd>" in page
    assert "列入日期" not in page
    assert "<dt>认定单位</dt>" in page
    assert "<dt>信息截至</dt>" in page


def test_of_a_record_that_ended_only_that_is_said(app, listing):
    event, record_id = listing
    with Writing() as session:
        session.get_one(Record, record_id).state = RecordState.WITHDRAWN

    page = app.test_client().get(path_of(event)).text

    assert "已经停止公示" in page
    assert "拖欠农民工工资" not in page


def test_a_link_that_was_not_ours_leads_nowhere(app, listing):
    good = path_of(listing[0])
    for path in (
        good[:-1] + "0",
        path_of(listing[0]).replace("-7-", "-8-"),
        "/wechat/notices/1-7-",
    ):
        reply = app.test_client().get(path)
        assert reply.status_code == 404
        assert "91530111000000027C" not in reply.text


def test_a_notice_of_another_kind_has_no_page(app):
    owed = Owed(EventKind.LATE_REPLY, "k", Audience.ACCOUNT, day(NOW), 1, facts={"text": "秘密"})
    with Writing() as session:
        owe(session, owed, now=NOW)

    assert "秘密" not in app.test_client().get(path_of(1)).text


def test_an_article_shows_its_markdown_and_runs_nothing(app):
    body = "## 小标题\n\n**诚信** <script>alert(1)</script>\n\n[链](javascript:alert(1))"
    with Writing() as session:
        campaigns.publish(session, "标题 & <b>", body, now=NOW)

    reply = app.test_client().get("/wechat/articles/1")

    assert "<h2>小标题</h2>" in reply.text
    assert "<strong>诚信</strong>" in reply.text
    assert "标题 &amp; &lt;b&gt;" in reply.text
    assert "<script>" not in reply.text
    assert 'href="javascript' not in reply.text
    assert "script-src" not in reply.headers["Content-Security-Policy"]
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert reply.headers["Cache-Control"] == "private, no-cache"


def test_a_missing_page_says_what_to_do(app):
    reply = app.test_client().get("/wechat/articles/99")

    assert reply.status_code == 404
    assert "请从首页重新进入" in reply.text


def test_the_style_sheet_is_our_own(app):
    page = app.test_client().get("/wechat/articles/99").text

    assert "http://" not in page
    with app.test_client().get("/wechat/static/page.css") as style:
        assert style.status_code == 200


def test_a_receipt_is_read_on_with_code_and_state(app, archive):
    from core.accounts import Channel, at
    from tests.core.given_cases import opened

    record_id = archive.record(archive.entity("昆明示例商行"))
    with Writing() as session:
        account = at(session, Channel.WECHAT, "o1", now=NOW)
        record = session.get_one(Record, record_id)
    case = opened(record, account_id=account)
    with Writing() as session:
        facts = {"case_id": case.id}
        owed = Owed(EventKind.CASE_OPENED, "k", Audience.ACCOUNT, day(NOW), account, facts=facts)
        owe(session, owed, now=NOW)
        code = privacy.show_code(case.receipt_code)

    page = app.test_client().get(path_of(1)).text

    assert code in page
    assert "已提交" in page
    assert "信用修复申请已收到" in page
