"""One record over the app's door, with its legal basis and what may be done."""

import pytest

from core.records import RecordKind, RecordState, Severity

from .test_entities import HIDDEN


def test_a_record_is_told_with_its_basis_in_plain_words(client, add_record):
    facts = {
        "legal_basis": "《食品安全法》第三十四条",
        "fine_wan": "0.500000",
        "publication_end": "x",
    }
    held = add_record(facts=facts, rule="令36 一般行政处罚", state=RecordState.CORRECTED)

    told = client.get(f"/api/v1/records/{held.id}").json

    assert (told["name"], told["department"], told["mark"]) == (
        "昆明示例商贸有限公司",
        "昆明市市场监督管理局",
        "已更正",
    )
    assert told["legal_basis"] == (
        "行政处罚，一般：自决定之日起，最长 12 个月，满 3 个月可申请提前终止。"
        "依据：《信用修复管理办法》（国家发展改革委令第36号）。"
    )
    assert told["facts"] == [
        {"code": "legal_basis", "label": "处罚依据", "text": "《食品安全法》第三十四条"},
        {"code": "fine_wan", "label": "罚款（万元）", "text": "0.500000"},
    ]
    assert (told["event_date"], told["published_on"]) == ("2026-05-08", "2026-11-23")
    assert (told["repairable_from"], told["ends_on"]) == ("2026-08-08", "2027-05-08")


def test_it_is_told_in_english_too(client, add_record):
    held = add_record(rule="令36 一般行政处罚", facts={"content": "罚款"})

    told = client.get(f"/api/v1/records/{held.id}", headers={"Accept-Language": "en"}).json

    assert told["legal_basis"].startswith("Administrative penalty; general: from the day")
    assert told["what_to_do"][0]["text"] == "Repair may be applied for now."
    assert told["facts"][0]["label"] == "What was decided"


def test_repair_that_is_to_come_is_named_with_its_day(client, add_record):
    from datetime import date

    held = add_record(repairable_from=date(2026, 11, 24))

    told = client.get(f"/api/v1/records/{held.id}").json

    assert told["what_to_do"][0]["text"] == "2026年11月24日 起可以申请信用修复。"


def test_a_minor_penalty_that_is_shown_is_called_wrong(client, add_record):
    held = add_record(severity=Severity.MINOR)

    told = client.get(f"/api/v1/records/{held.id}").json

    assert told["what_to_do"][0]["text"] == "轻微行政处罚不应公示，请马上提出异议。"
    assert told["legal_basis"] is None


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_hidden_record_is_answered_like_a_missing_one(client, add_record, hidden):
    held = add_record(**hidden)

    found = client.get(f"/api/v1/records/{held.id}")
    missing = client.get(f"/api/v1/records/{held.id + 1000}")

    assert found.status_code == missing.status_code == 404
    assert found.json | {"instance": ""} == missing.json | {"instance": ""}
    assert found.json["code"] == "record_not_found"


@pytest.mark.parametrize("number", ["0", "x", "-1", "9" * 19, "1.0", "%00"])
def test_what_is_no_number_is_not_found(client, database, number):
    reply = client.get(f"/api/v1/records/{number}")

    assert (reply.status_code, reply.json["code"]) == (404, "record_not_found")


def test_a_list_that_has_no_fixed_term_says_so(client, add_record):
    held = add_record(
        kind=RecordKind.ABNORMAL_OPERATION, list_kind="ABNORMAL_OPERATION", rule="经营异常名录"
    )

    told = client.get(f"/api/v1/records/{held.id}").json["legal_basis"]
    assert told.startswith("经营异常名录：自列入之日起，没有固定期限")
