from datetime import UTC, date, datetime

import pytest

from core.records import RecordKind, RecordState

from .conftest import USCC


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
        "counts": {"penalty": 1},
        "as_of": "2026-11-23T09:00:00+08:00",
    }


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
def test_a_record_that_is_not_public_is_nowhere(client, add_record, object_to, repair, hidden):
    record = add_record(**hidden)

    assert client.get(f"/api/v1/entities/{USCC}").json["counts"] == {}
    assert client.get(f"/api/v1/entities/{USCC}/records").json["items"] == []
    for file in (object_to, repair):
        found, missing = file(record.id).json, file(record.id + 1000).json
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
