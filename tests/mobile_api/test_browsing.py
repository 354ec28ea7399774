"""Lists, 双公示 and promises over the app's door."""

from datetime import date

import pytest

from core.records import RecordKind, RecordState

from .conftest import USCC

LISTED = {"kind": RecordKind.BLACK_LIST, "list_kind": "WAGE_ARREARS", "severity": None}
PATHS = ["/lists/WAGE_ARREARS/records", "/double-publicity", "/promises"]


def get(client, path, **query):
    return client.get(f"/api/v1{path}", query_string=query)


def test_every_list_of_the_rules_is_named(client, database):
    reply = get(client, "/lists")

    assert reply.status_code == 200
    assert {
        "list_kind": "WAGE_ARREARS",
        "name": "拖欠农民工工资失信联合惩戒对象",
        "kind": "black_list",
        "kind_label": "严重失信主体名单",
        "newest_release": None,
    } in reply.json["items"]


def test_a_list_shows_whom_it_names_and_until_when(client, add_record):
    held = add_record(**LISTED, state=RecordState.DISPUTED)

    (item,) = get(client, PATHS[0]).json["items"]

    assert (item["id"], item["name"], item["uscc"]) == (
        str(held.id),
        "昆明示例商贸有限公司",
        USCC,
    )
    assert (item["mark"], item["ends_on"], item["published_on"]) == (
        "异议处理中",
        "2027-05-08",
        "2026-11-23",
    )
    assert [one["code"] for one in item["what_to_do"]] == ["repair_now", "await_objection"]


def test_pages_go_on_by_cursor_until_there_is_none(client, add_record):
    held = [str(add_record(**LISTED).id) for _ in range(5)]
    seen, cursor = [], None
    while not seen or cursor:
        page = get(client, PATHS[0], limit=2, **({"cursor": cursor} if cursor else {})).json
        seen.append([item["id"] for item in page["items"]])
        cursor = page["next_cursor"]

    assert [number for page in seen for number in page] == held[::-1]
    assert [len(page) for page in seen] == [2, 2, 1]


@pytest.mark.parametrize("path", PATHS)
def test_a_cursor_of_another_query_is_refused(client, add_record, path):
    for _ in range(2):
        add_record(**LISTED)
    cursor = get(client, PATHS[0], limit=1).json["next_cursor"]

    reply = get(client, path, limit=1, cursor=cursor, district="530102")

    assert (reply.status_code, reply.json["code"]) == (422, "bad_cursor")


def test_penalties_and_licences_are_told_apart(client, add_record):
    penalty = add_record()
    licence = add_record(kind=RecordKind.LICENCE, severity=None)

    assert [one["id"] for one in get(client, PATHS[1]).json["items"]] == [str(penalty.id)]
    licences = get(client, PATHS[1], kind="licence").json["items"]
    assert [one["id"] for one in licences] == [str(licence.id)]


def test_a_promise_is_shown_with_how_far_it_is_kept(client, add_record):
    facts = {"promise_type": "主动型", "fulfilment": "全部履行"}
    add_record(kind=RecordKind.PROMISE, severity=None, facts=facts)
    add_record(kind=RecordKind.PROMISE, severity=None)

    items = get(client, PATHS[2]).json["items"]

    assert [one["fulfilment"] for one in items] == [None, "performed"]
    assert [one["fulfilment_label"] for one in items] == [None, "全部履行"]


def test_promises_are_narrowed_by_how_far_they_are_kept(client, add_record):
    for fulfilment in ("全部履行", "违背", "违背"):
        facts = {"fulfilment": fulfilment}
        add_record(kind=RecordKind.PROMISE, severity=None, facts=facts)

    broken = get(client, PATHS[2], fulfilment="broken", limit=1).json
    page = get(client, PATHS[2], fulfilment="broken", limit=1, cursor=broken["next_cursor"]).json

    assert [one["fulfilment"] for one in broken["items"] + page["items"]] == ["broken", "broken"]
    assert page["next_cursor"] is None
    assert get(client, PATHS[2], fulfilment="not_performed").json["items"] == []
    reply = get(client, PATHS[2], fulfilment="差不多")
    assert [fault["pointer"] for fault in reply.json["errors"]] == ["?fulfilment"]


@pytest.mark.parametrize("path", PATHS)
def test_a_list_is_narrowed_by_district_department_and_days(client, add_record, department, path):
    shared = {"event_date": date(2026, 5, 8)}
    add_record(**LISTED, **shared)
    add_record(**shared)
    add_record(kind=RecordKind.PROMISE, **shared)

    def number(**query):
        return len(get(client, path, **query).json["items"])

    assert number(district="530100", department=department.id) == 1
    assert number(**{"from": "2026-05-08", "to": "2026-05-08"}) == 1
    assert number(district="530102") == 0
    assert number(department=department.id + 1) == 0
    assert number(**{"from": "2026-05-09"}) == 0
    assert number(to="2026-05-07") == 0


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"from": "2026-02-30"}, "?from"),
        ({"to": "gestern"}, "?to"),
        ({"to": "0001-01-01"}, "?to"),
        ({"department": "x"}, "?department"),
        ({"department": "0"}, "?department"),
        ({"district": "53"}, "?district"),
        ({"limit": "51"}, "?limit"),
    ],
)
@pytest.mark.parametrize("path", PATHS)
def test_a_question_that_makes_no_sense_is_refused(client, database, path, query, pointer):
    reply = get(client, path, **query)

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_request")
    assert [fault["pointer"] for fault in reply.json["errors"]] == [pointer]


@pytest.mark.parametrize("code", ["NOBODYS", "x" * 500, "%00"])
def test_a_list_that_there_is_not_is_not_found(client, database, code):
    reply = get(client, f"/lists/{code}/records")

    assert (reply.status_code, reply.json["code"]) == (404, "list_not_found")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_hidden_is_listed(client, add_record, path):
    for kind in (LISTED, {}, {"kind": RecordKind.PROMISE}):
        add_record(**kind, state=RecordState.REPAIRED)

    assert get(client, path).json["items"] == []
