"""The rules of law as the app reads them: of a day, of a kind, by how well they were read."""

from datetime import UTC, datetime

import pytest

from core.rules import RuleKind

ADDRESS = "/api/v1/rules"
TERM = {
    "kind": "term",
    "kind_label": "公示期",
    "name": "令36 一般行政处罚",
    "text": "行政处罚，一般：自决定之日起，最长 12 个月，满 3 个月可申请提前终止",
    "effective_from": "2026-04-01",
    "effective_to": None,
    "citation": "《信用修复管理办法》（国家发展改革委令第36号）",
    "source_status": "secondary",
    "source_status_label": "据转载",
    "expiring": False,
}


def names(reply):
    return [item["name"] for item in reply.json["items"]]


def test_the_rules_of_today_are_listed_with_what_they_say_and_why(client):
    reply = client.get(ADDRESS)

    assert reply.status_code == 200
    assert TERM in reply.json["items"]
    assert {item["kind"] for item in reply.json["items"]} == set(RuleKind)
    assert (reply.json["on"], reply.json["official_years"]) == ("2026-11-23", [2026])


@pytest.mark.parametrize(
    ("instant", "listed"),
    [
        (datetime(2026, 3, 31, 15, 30, tzinfo=UTC), False),  # 23:30 in Kunming
        (datetime(2026, 3, 31, 16, 30, tzinfo=UTC), True),  # 00:30 in Kunming
    ],
)
def test_today_begins_at_midnight_in_kunming(client, world, instant, listed):
    world.now = instant
    assert (TERM in client.get(ADDRESS).json["items"]) is listed


def test_rules_are_asked_for_by_kind_state_and_day(client):
    terms = client.get(f"{ADDRESS}?kind=term&on=2026-03-31").json["items"]
    assert {item["kind"] for item in terms} == {"term"}
    assert "令58 行政处罚" in {item["name"] for item in terms}

    unverified = client.get(f"{ADDRESS}?state=unverified").json["items"]
    assert {item["source_status"] for item in unverified} == {"unverified"}

    expiring = client.get(f"{ADDRESS}?state=expiring&kind=term&on=2026-03-31")
    assert "令58 行政处罚" in names(expiring)
    assert all(item["expiring"] for item in expiring.json["items"])
    assert names(client.get(f"{ADDRESS}?state=expiring")) == []


def test_labels_and_texts_are_english_for_an_english_app(client):
    reply = client.get(f"{ADDRESS}?kind=clock", headers={"Accept-Language": "en"})

    first = reply.json["items"][0]
    assert (first["kind_label"], first["text"]) == ("time limit", "7 working days")
    assert first["source_status_label"] == "from a secondary source"


@pytest.mark.parametrize(
    ("query", "place", "detail"),
    [
        ("kind=law", "?kind", "不在可选的值之内。"),
        ("state=all", "?state", "不在可选的值之内。"),
        ("on=tomorrow", "?on", "应为日期，写作 2026-05-11。"),
        ("on=2026-02-30", "?on", "应为日期，写作 2026-05-11。"),
    ],
)
def test_a_wrong_question_is_refused_with_what_is_wrong(client, query, place, detail):
    reply = client.get(f"{ADDRESS}?{query}")

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_request")
    assert reply.json["errors"] == [{"pointer": place, "detail": detail}]


def test_who_has_the_newest_answer_is_told_so(client, world):
    first = client.get(ADDRESS)
    tag = first.headers["ETag"]

    again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)

    english = client.get(ADDRESS, headers={"If-None-Match": tag, "Accept-Language": "en"})
    assert english.status_code == 200
    world.now = datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


def test_a_refusal_has_no_tag(client):
    assert "ETag" not in client.get(f"{ADDRESS}?kind=law").headers
