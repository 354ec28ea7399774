"""The page of a release: who is still on the list, the rest as a number."""

from datetime import UTC, datetime, timedelta

import pytest

from core import releases
from core.calendar import day
from core.db import Writing
from core.records import Record, RecordState

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOW = datetime.now(UTC)


@pytest.fixture
def release(archive):
    """Release a list of so many members; return its id and those of the records."""

    def make(number):
        entity = archive.entity("昆明示例<建筑>有限公司")
        today = day(NOW)
        held = [
            archive.record(entity, event_date=today - timedelta(days=one), ends_on=today)
            for one in range(number)
        ]
        with Writing() as session:
            return releases.make(session, "WAGE_ARREARS", now=NOW), held

    return make


def page(app, number, after=None):
    reply = app.test_client().get(f"/wechat/releases/{number}", query_string=after)
    assert reply.status_code == 200
    return reply.text


def test_a_release_names_its_members_and_links_its_file(app, release):
    number, held = release(2)
    with Writing() as session:
        session.get_one(Record, held[0]).state = RecordState.DISPUTED

    text = page(app, number)

    assert "拖欠农民工工资失信联合惩戒对象（20" in text
    assert "昆明示例&lt;建筑&gt;有限公司" in text
    assert "91530102000000019G" in text
    assert text.count("异议处理中") == 1
    assert f'href="/api/v1/releases/{number}/file.csv"' in text
    assert "停止公示，不再列出" not in text
    assert "下一页" not in text


def test_who_may_no_longer_be_shown_is_only_counted(app, release):
    number, held = release(1)
    with Writing() as session:
        session.get_one(Record, held[0]).state = RecordState.REPAIRED

    text = page(app, number)

    assert "昆明示例" not in text
    assert "另有 1 条在公布之后停止公示，不再列出。" in text
    assert "这一期没有可以列出的主体" in text


def test_a_long_release_goes_on_on_a_second_page(app, release):
    number, _ = release(51)

    first = page(app, number)
    after = first.partition("?after=")[2].partition('"')[0]
    second = page(app, number, {"after": after})

    assert first.count("<li>") == 50
    assert second.count("<li>") == 1
    assert "下一页" not in second


@pytest.mark.parametrize(
    "address",
    ["9", "0", "x", "1?after=x", "1?after=0", "1?after="],
)
def test_a_page_that_there_is_not_says_what_to_do(app, release, address):
    release(1)

    reply = app.test_client().get(f"/wechat/releases/{address}")

    assert reply.status_code == 404
    assert "回到“信用昆明”公众号" in reply.text


def test_the_page_is_kept_by_nobody_and_runs_nothing(app, release):
    reply = app.test_client().get(f"/wechat/releases/{release(1)[0]}")

    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert "script-src" not in reply.headers["Content-Security-Policy"]
