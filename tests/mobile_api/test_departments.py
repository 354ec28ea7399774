"""Departments and their scoreboard over the app's door."""

from datetime import UTC, datetime

import pytest

from core import departments
from core.db import Writing
from core.departments import Level, Succession


@pytest.fixture
def reform(database):
    with Writing() as session:
        body = Succession(
            "昆明市市场监督管理局", Level.CITY, ("昆明市工商行政管理局", "昆明市质监局"), "530100"
        )
        departments.take_over(session, [body])


def test_a_department_names_its_successor_and_its_predecessors(client, reform):
    items = client.get("/api/v1/departments").json["items"]

    by_name = {one["name"]: one for one in items}
    market, former = by_name["昆明市市场监督管理局"], by_name["昆明市质监局"]
    assert market["level"] == "city"
    assert market["district"] == "530100"
    assert [one["name"] for one in market["predecessors"]] == [
        "昆明市工商行政管理局",
        "昆明市质监局",
    ]
    assert (former["successor"]["id"], former["level"]) == (market["id"], None)


def test_departments_go_on_by_cursor_and_are_narrowed_by_district(client, reform):
    first = client.get("/api/v1/departments?limit=2").json
    second = client.get(f"/api/v1/departments?limit=2&cursor={first['next_cursor']}").json

    assert [len(page["items"]) for page in (first, second)] == [2, 1]
    assert second["next_cursor"] is None
    assert len(client.get("/api/v1/departments?district=530100").json["items"]) == 1
    wrong = client.get(f"/api/v1/departments?district=530100&cursor={first['next_cursor']}")
    assert wrong.json["code"] == "bad_cursor"


def test_the_scoreboard_says_who_was_in_time(client, add_record, department):
    add_record(received_at=datetime(2026, 5, 9, 4, tzinfo=UTC))
    add_record(received_at=datetime(2026, 6, 9, 4, tzinfo=UTC))
    add_record(received_at=datetime(2026, 6, 9, 4, tzinfo=UTC))

    told = client.get("/api/v1/departments/scoreboard?from=2026-05-01&to=2026-05-31").json

    assert told == {
        "within_working_days": 7,
        "provisional": False,
        "items": [
            {
                "id": str(department.id),
                "name": "昆明市市场监督管理局",
                "received": 3,
                "in_time": 1,
                "in_time_share": 0.3333,
                "objections": 0,
                "upheld": 0,
                "upheld_share": None,
                "overdue": 0,
            }
        ],
        "as_of": "2026-11-23T09:00:00+08:00",
    }


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=2026-05-02&to=2026-05-01", "?to"),
        ("from=2026-01-01&to=2026-04-03", "?to"),
        ("from=2026-01-01", "?to"),
        ("to=2026-01-01", "?from"),
        ("from=1026-01-01&to=2026-01-01", "?from"),
    ],
)
def test_a_period_that_is_none_or_too_long_is_refused(client, database, query, pointer):
    reply = client.get(f"/api/v1/departments/scoreboard?{query}")

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_request")
    assert pointer in [fault["pointer"] for fault in reply.json["errors"]]


def test_a_quarter_of_a_year_is_not_too_long(client, database):
    reply = client.get("/api/v1/departments/scoreboard?from=2026-07-01&to=2026-09-30")

    assert (reply.status_code, reply.json["items"]) == (200, [])
