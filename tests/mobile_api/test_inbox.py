"""The inbox holds all that an account was told, and nothing that it should not hear any more."""

from datetime import date, timedelta

import pytest

from core import standing, watch
from core.calendar import day
from core.db import Reading, Writing
from core.outbox import events, leasing
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from core.outbox.events import Audience, Event, Owed, owe
from core.records import RecordKind, RecordState
from core.standing import Step
from tests.mobile_api.conftest import NOW, USCC

URL = "/api/v1/me/inbox"
LISTED = {
    "kind": RecordKind.BLACK_LIST,
    "list_kind": "WAGE_ARREARS",
    "title": "拖欠农民工工资失信联合惩戒对象名单",
    "severity": None,
    "event_date": date(2026, 11, 20),
    "repairable_from": date(2027, 5, 20),
    "ends_on": date(2029, 11, 20),
}


def expand():
    more = True
    while more:
        with Writing() as session:
            more = events.expand(session, now=NOW)


@pytest.fixture
def alerted(citizen, subject, add_record):
    """Let a citizen follow an entity that lands on a list; return the record."""

    def alerted(who=citizen):
        with Writing() as session:
            watch.follow(session, who.account_id, subject.id, now=NOW - timedelta(days=1))
        record = add_record(**LISTED)
        with Writing() as session:
            watch.alert(session, [record.id], now=NOW, max_age=timedelta(days=30))
        expand()
        return record

    return alerted


def receipts(account_id, number):
    """Owe so many plain messages; return nothing."""
    with Writing() as session:
        for one in range(number):
            text = Owed(
                kind=EventKind.CAMPAIGN,
                key=f"campaign:{account_id}:{one}",
                audience=Audience.ACCOUNT,
                audience_id=account_id,
                event_date=day(NOW),
                facts={"article_id": article(session, one)},
            )
            owe(session, text, now=NOW)
    expand()


def article(session, number):
    from core.articles.ledger import Article

    row = Article(fingerprint=f"f{number}", title=f"第{number}篇", body="正文", published_at=NOW)
    session.add(row)
    session.flush()
    return row.id


def test_an_alert_is_in_the_inbox_with_its_facts_and_where_it_leads(client, citizen, alerted):
    alerted()

    page = client.get(URL, headers=citizen).json

    (message,) = page["items"]
    assert message["kind"] == "blacklisted"
    assert message["kind_label"] == "名单提醒"
    assert message["title"].startswith("昆明示例商贸有限公司被列入")
    assert {"label": "列入日期", "text": "2026年11月20日"} in message["facts"]
    assert message["about"] == {"kind": "entity", "id": USCC}
    assert message["read_at"] is None
    assert page["unread_count"] == 1
    assert page["next_cursor"] is None


def test_the_inbox_speaks_english_on_request(client, citizen, alerted):
    alerted()

    answer = client.get(URL, headers=citizen | {"Accept-Language": "en"})

    assert answer.json["items"][0]["kind_label"] == "list alert"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_reading_is_noted_once_and_counted(client, citizen, alerted, world):
    alerted()
    (message,) = client.get(URL, headers=citizen).json["items"]

    assert client.put(f"{URL}/{message['id']}/read", headers=citizen).status_code == 204
    world.now = NOW + timedelta(minutes=5)
    client.put(f"{URL}/{message['id']}/read", headers=citizen)

    (read,) = client.get(URL, headers=citizen).json["items"]
    assert read["read_at"] == "2026-11-23T09:00:00+08:00"
    assert client.get(f"{URL}/unread", headers=citizen).json == {"unread_count": 0}
    assert client.get(f"{URL}?unread=true", headers=citizen).json["items"] == []


def test_nobody_reads_or_marks_what_is_another_s(client, citizen, alerted, sign_in):
    alerted()
    (message,) = client.get(URL, headers=citizen).json["items"]
    other = sign_in()

    theirs = client.put(f"{URL}/{message['id']}/read", headers=other)
    absent = client.put(f"{URL}/999999/read", headers=other)

    assert theirs.status_code == absent.status_code == 404
    assert theirs.json["code"] == absent.json["code"] == "message_not_found"
    assert client.get(URL, headers=other).json["items"] == []
    assert client.get(f"{URL}/unread", headers=citizen).json == {"unread_count": 1}


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999"])
def test_what_cannot_be_a_message_is_not_found(client, citizen, number):
    assert client.put(f"{URL}/{number}/read", headers=citizen).status_code == 404


def test_pages_go_on_without_a_gap_and_marking_up_to_leaves_newer_ones(client, citizen):
    receipts(citizen.account_id, 5)
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = client.get(URL, headers=citizen, query_string=query).json
        seen += [item["title"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"第{one}篇" for one in (4, 3, 2, 1, 0)]

    ids = [item["id"] for item in client.get(URL, headers=citizen).json["items"]]
    body = {"up_to": ids[2]}
    assert client.put(f"{URL}/read", json=body, headers=citizen).status_code == 204
    unread = client.get(f"{URL}?unread=true", headers=citizen).json["items"]
    assert [item["id"] for item in unread] == ids[:2]


def test_a_cursor_of_one_inbox_opens_no_other(client, citizen, sign_in):
    receipts(citizen.account_id, 3)
    cursor = client.get(f"{URL}?limit=1", headers=citizen).json["next_cursor"]

    answer = client.get(f"{URL}?limit=1&cursor={cursor}", headers=sign_in())

    assert (answer.status_code, answer.json["code"]) == (422, "bad_cursor")


def recall(record):
    with Writing() as session:
        step = Step(RecordState.WITHDRAWN, "x", "撤销")
        standing.move(session, record.id, step, now=NOW)
    expand()


def test_whoever_saw_an_alert_in_the_inbox_alone_hears_of_its_recall(client, citizen, alerted):
    record = alerted()
    client.get(URL, headers=citizen)

    recall(record)

    newest, alert = client.get(URL, headers=citizen).json["items"]
    assert newest["kind"] == "recalled"
    assert newest["hint"].startswith("这条记录已经撤销")
    assert alert["title"] == "这条记录现在已经停止公示，请以最新查询结果为准。"
    assert all(fact["label"] != "依据文书" for fact in alert["facts"])


def test_what_nobody_saw_and_is_old_news_is_not_told_any_more(client, citizen, alerted):
    record = alerted()

    recall(record)

    page = client.get(URL, headers=citizen).json
    assert (page["items"], page["unread_count"]) == ([], 0)
    assert client.get(f"{URL}/unread", headers=citizen).json == {"unread_count": 0}


def test_a_late_answer_of_the_bot_is_no_message(client, citizen):
    with Writing() as session:
        late = Owed(
            kind=EventKind.LATE_REPLY,
            key="late",
            audience=Audience.ACCOUNT,
            audience_id=citizen.account_id,
            event_date=day(NOW),
            facts={"text": "x"},
        )
        owe(session, late, now=NOW)
    expand()

    assert client.get(URL, headers=citizen).json["items"] == []
    assert client.get(f"{URL}/unread", headers=citizen).json == {"unread_count": 0}


def test_listing_leaves_the_way_outside_as_it_was(client, citizen, alerted):
    alerted()

    client.get(URL, headers=citizen)

    with Reading() as session:
        (row,) = session.query(Delivery).all()
        assert session.query(Event).count() == 1
    assert row.state is DeliveryState.DUE
    assert row.shown_at == NOW
    with Writing() as session:
        assert leasing.is_due(session, urgent=True, now=NOW, pace=_pace())


def _pace():
    from core.pace import Pace

    return Pace()


@pytest.mark.parametrize(
    ("method", "url"),
    [("get", ""), ("get", "/unread"), ("put", "/1/read"), ("put", "/read")],
)
def test_nobody_gets_in_without_a_token(client, method, url):
    answer = getattr(client, method)(URL + url, json={"up_to": "1"} if method == "put" else None)

    assert (answer.status_code, answer.json["code"]) == (401, "unauthorised")
