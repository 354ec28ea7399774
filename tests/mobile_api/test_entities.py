from datetime import UTC, date, datetime

import pytest

from core.records import RecordKind, RecordState

from .conftest import USCC

MERGED, HEIR = "91530102000000019G", "91530111000000027C"


def test_an_entity_is_shown_with_labels_and_the_time_of_asking(client, record):
    reply = client.get(f"/api/v1/entities/{USCC}")

    assert reply.status_code == 200
    assert reply.json == {
        "uscc": USCC,
        "name": "昆明示例商贸有限公司",
        "district": "530100",
        "uscc_check_ok": True,
        "kind": "legal_entity",
        "kind_label": "法人或非法人组织",
        "state": "unknown",
        "state_label": "登记状态未提供",
        "state_since": None,
        "successor": None,
        "zone": None,
        "former_names": [],
        "numbers": [],
        "registered_as_of": None,
        "counts": {"penalty": 1},
        "as_of": "2026-11-23T09:00:00+08:00",
    }


def test_a_merged_entity_leads_to_its_successor_and_tells_its_names_and_numbers(client, registrar):
    registrar(
        {"状态日期": "2026-06-01", "登记状态": "合并", "存续主体代码": HEIR},
        {"统一社会信用代码": HEIR, "主体名称": "云南示例集团有限公司", "曾用名": ""},
    )

    shown = client.get(f"/api/v1/entities/{MERGED}").json

    assert (shown["state_label"], shown["state_since"]) == ("合并注销", "2026-06-01")
    heir = shown["successor"]
    assert (heir["uscc"], heir["name"], heir["state"]) == (HEIR, "云南示例集团有限公司", "active")
    assert client.get(f"/api/v1/entities/{heir['uscc']}").json["name"] == heir["name"]
    assert (shown["zone"], shown["district"]) == ("昆明高新技术产业开发区", "530102")
    assert shown["former_names"][-1] == {
        "name": "昆明示例滇味小吃有限公司",
        "since": None,
        "until": "2019-05-01",
    }
    (number,) = [one for one in shown["numbers"] if one["scheme"] == "registration_no"]
    assert (number["scheme_label"], number["value"]) == ("工商注册号", "530100100000004")
    assert (number["valid_from"], number["valid_to"]) == ("2010-03-01", "2015-10-01")
    assert shown["registered_as_of"] == "2026-11-01"
    found = client.get("/api/v1/entities", query_string={"q": "滇味小吃"}).json["items"]
    assert (found[0]["uscc"], found[0]["former_name"]) == (MERGED, "昆明示例滇味小吃有限公司")


def test_labels_are_english_for_an_english_app(client, subject):
    reply = client.get(f"/api/v1/entities/{USCC}", headers={"Accept-Language": "en-GB"})

    assert reply.json["kind_label"] == "legal entity or unincorporated organisation"
    assert reply.json["state_label"] == "registration state not provided"


@pytest.mark.parametrize(
    "typed", [USCC.lower(), "９１５３０１００ＭＡ６Ｋ３Ｑ５Ｒ８Ｔ", f" {USCC}"]
)
def test_a_code_is_forgiven_how_it_is_typed(client, subject, typed):
    assert client.get(f"/api/v1/entities/{typed}").json["uscc"] == USCC


@pytest.mark.parametrize("uscc", ["91530100MA6K99999X", "x", "昆明", "%00", "%FF", "9" * 500])
@pytest.mark.parametrize("tail", ["", "/records"])
def test_an_unknown_entity_is_not_found(client, subject, uscc, tail):
    reply = client.get(f"/api/v1/entities/{uscc}{tail}")

    assert (reply.status_code, reply.json["code"]) == (404, "entity_not_found")


def test_a_record_is_shown_whole(client, record):
    reply = client.get(f"/api/v1/entities/{USCC}/records")

    assert reply.json["items"] == [
        {
            "id": str(record.id),
            "kind": "penalty",
            "kind_label": "行政处罚",
            "list_kind": None,
            "title": "罚款",
            "severity": "general",
            "severity_label": "一般",
            "state": "published",
            "state_label": "公示中",
            "mark": None,
            "authority": "昆明市市场监督管理局",
            "document_no": "昆市监罚〔2026〕1号",
            "event_date": "2026-05-08",
            "published_on": "2026-11-23",
            "repairable_from": "2026-08-08",
            "ends_on": "2027-05-08",
            "what_to_do": WHAT_TO_DO,
        }
    ]
    assert reply.json["truncated"] is False
    assert reply.json["as_of"] == "2026-11-23T09:00:00+08:00"


def test_the_gravest_kinds_come_first_and_absent_facts_are_null(client, add_record):
    bare = dict.fromkeys(("severity", "repairable_from", "ends_on"))
    add_record(kind=RecordKind.LICENCE, **bare)
    add_record(kind=RecordKind.BLACK_LIST, list_kind="WAGE_ARREARS", **bare)

    first, last = client.get(f"/api/v1/entities/{USCC}/records").json["items"]

    assert (first["kind"], first["list_kind"], last["kind"]) == (
        "black_list",
        "WAGE_ARREARS",
        "licence",
    )
    assert [last[name] for name in bare] == [None] * 3
    assert last["severity_label"] is None


@pytest.mark.parametrize(("held", "shown", "truncated"), [(50, 50, False), (51, 50, True)])
def test_a_list_of_records_is_bounded_and_says_so(client, add_record, held, shown, truncated):
    for _ in range(held):
        add_record()

    reply = client.get(f"/api/v1/entities/{USCC}/records")

    assert (len(reply.json["items"]), reply.json["truncated"]) == (shown, truncated)
    assert client.get(f"/api/v1/entities/{USCC}").json["counts"] == {"penalty": held}


WHAT_TO_DO = [
    {"code": "repair_now", "text": "现在可以申请信用修复。"},
    {"code": "object", "text": "认为这条记录有误，可以提出异议。"},
]
HIDDEN = [
    {"state": RecordState.LOADED},
    {"state": RecordState.HELD},
    {"state": RecordState.QUARANTINED},
    {"state": RecordState.REPAIRED},
    {"state": RecordState.WITHDRAWN},
    {"ends_on": date(2026, 11, 22)},
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_record_that_is_not_public_is_nowhere(
    client, add_record, object_to, repair, stranger, hidden
):
    record = add_record(**hidden)

    assert client.get(f"/api/v1/entities/{USCC}").json["counts"] == {}
    assert client.get(f"/api/v1/entities/{USCC}/records").json["items"] == []
    for file in (object_to, repair):
        found, missing = (file(number, stranger).json for number in (record.id, record.id + 1000))
        assert found["code"] == "record_not_found"
        assert found | {"instance": ""} == missing | {"instance": ""}


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        (datetime(2027, 5, 8, 15, 30, tzinfo=UTC), 1),  # 23:30 in Kunming, its last day
        (datetime(2027, 5, 8, 16, 30, tzinfo=UTC), 0),  # 00:30 in Kunming, the day after
    ],
)
def test_a_record_is_shown_until_midnight_in_kunming(client, world, record, instant, shown):
    world.now = instant

    assert len(client.get(f"/api/v1/entities/{USCC}/records").json["items"]) == shown
