"""The pages of articles: write, look, publish by another, schedule, withdraw, pictures."""

import io
from datetime import UTC, datetime

import pytest

from core.articles import reading
from core.db import Reading
from messages.wording import console_articles_zh, zh

from .conftest import NOW

PATH = "/console/articles/"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def place(editor):
    form = {"kind": "policy", "title": "修复指南", "body": "**诚信** <script>alert(1)</script>"}
    return editor.send(f"{PATH}new", **form).location


def shown(now=NOW):
    with Reading() as session:
        return [(one.title, one.version) for one in reading.listing(session, now=now)]


def test_an_editor_writes_and_another_publishes(editor, approver, place):
    page = editor.get(place).text
    assert "<strong>诚信</strong> &lt;script&gt;" in page
    assert "发布第" not in page
    assert editor.send(f"{place}/publish", seen=1).status_code == 403

    assert approver.send(f"{place}/publish", seen=1).status_code == 303
    assert shown() == [("修复指南", 1)]
    assert "已发布" in editor.get(PATH).text


def test_a_new_version_waits_and_a_stale_form_loses_nothing(editor, approver, place):
    approver.send(f"{place}/publish", seen=1)
    assert editor.send(f"{place}/revise", seen=1, title="新", body="二").status_code == 303
    assert shown() == [("修复指南", 1)]

    stale = editor.send(f"{place}/revise", seen=1, title="晚了", body="写了很久")
    assert stale.status_code == 409
    assert "写了很久" in stale.text
    assert approver.send(f"{place}/publish", seen=1).status_code == 409
    approver.send(f"{place}/publish", seen=2)
    assert shown() == [("新", 2)]


def test_an_article_is_scheduled_in_kunmings_time(approver, place):
    wrong = approver.send(f"{place}/publish", seen=1, at="三月十五")
    assert wrong.status_code == 422
    assert console_articles_zh.NO_TIME in wrong.text
    assert approver.send(f"{place}/publish", seen=1, at="2020-01-01 09:00").status_code == 409

    approver.send(f"{place}/publish", seen=1, at="2027-03-15 09:00")

    assert shown() == []
    page = approver.get(place).text
    assert "定时发布" in page
    assert zh.time(datetime(2027, 3, 15, 1, tzinfo=UTC)) in page


def test_either_may_withdraw_at_once(editor, approver, place):
    approver.send(f"{place}/publish", seen=1)

    assert editor.send(f"{place}/withdraw").status_code == 303
    assert shown() == []
    assert editor.send(f"{place}/withdraw").status_code == 409


def test_what_is_refused_stays_in_the_form(editor):
    answer = editor.send(f"{PATH}new", kind="policy", title="", body="写好的正文")

    assert answer.status_code == 409
    assert "写好的正文" in answer.text
    assert "题目要 1 到 64 个字" in answer.text


def test_what_a_card_cuts_of_a_long_title_is_shown_to_the_editor(editor, place):
    assert "提醒卡片上放不下" not in editor.get(place).text

    editor.send(f"{place}/revise", seen=1, title="诚" * 30, body="文")

    assert f"提醒卡片上放不下全部题目，显示为：{'诚' * 19}…" in editor.get(place).text


def test_a_picture_is_kept_and_shown(editor, place):
    def send(content):
        data = {"file": (io.BytesIO(content), "图.png"), "csrf": editor.proof()}
        return editor.post(f"{place}/pictures", data=data)

    page = editor.get(send(PNG).location).text
    address = page.split("/wechat/pictures/")[1].split(")")[0]
    picture = editor.get(f"{PATH}pictures/{address}")
    assert (picture.mimetype, picture.data) == ("image/png", PNG)
    assert send(b"GIF89a").status_code == 409
    assert editor.get(f"{PATH}pictures/x.png").status_code == 404


def test_there_is_no_such_article(editor):
    assert editor.get(f"{PATH}99").status_code == 404
    assert editor.send(f"{PATH}99/withdraw").status_code == 404
