"""Whether one may apply, from when, with what, where: told before the form is filled in."""

from datetime import date

import pytest

from core.records import RecordState


@pytest.fixture
def ask(client, representative):
    def ask(record_id, headers=None, **others):
        headers = (representative if headers is None else headers) | others
        return client.get(f"/api/v1/records/{record_id}/eligibility", headers=headers)

    return ask


def test_it_is_told_from_when_why_with_what_where_and_how_long(ask, add_record):
    rule = "令36 一般行政处罚"
    one = add_record(repairable_from=date(2026, 12, 1), rule=rule)

    said = ask(one.id).json["repair"]

    assert (said["may"], said["opens_on"]) == (False, "2026-12-01")
    assert said["reasons"][0]["code"] == "repair_too_early"
    assert said["because"].startswith("自 2026-12-01 起可以申请修复：")
    assert "个月" in said["because"]
    assert [need["code"] for need in said["needs"]] == ["proof_of_performance", "promise"]
    assert said["promise"].startswith("本单位（本人）承诺")
    assert {place["code"] for place in said["places"]} == {"app", "service_hall", "upstream"}
    assert (said["working_days"], said["answered_by"]) == (10, "2026-12-07")
    assert said["provisional"] is False


def test_an_objection_needs_no_promise(ask, record):
    said = ask(record.id).json["objection"]

    assert (said["may"], said["reasons"], said["promise"]) == (True, [], None)
    assert (said["working_days"], said["answered_by"]) == (7, "2026-12-02")


def test_it_is_told_in_english_too(ask, add_record):
    one = add_record(repairable_from=date(2026, 12, 1), rule="令36 一般行政处罚")

    said = ask(one.id, **{"Accept-Language": "en"}).json["repair"]

    assert said["because"].startswith("Repair may be applied for from 2026-12-01")
    assert said["promise"].startswith("We (I) promise")


def test_the_answer_is_what_filing_says(ask, object_to, repair, add_record):
    gone = add_record(state=RecordState.WITHDRAWN)
    one = add_record()
    object_to(one.id)

    assert ask(gone.id).json["objection"]["reasons"][0]["code"] == object_to(gone.id).json["code"]
    assert ask(one.id).json["objection"]["reasons"][0]["code"] == object_to(one.id).json["code"]
    assert ask(one.id).json["repair"]["may"] is (repair(one.id).status_code == 201)


@pytest.mark.parametrize("wrong", ["0", "x", "9" * 30, "999999"])
def test_what_is_no_record_is_not_found(ask, record, wrong):
    assert (ask(wrong).status_code, ask(wrong).json["code"]) == (404, "record_not_found")


def test_a_stranger_is_told_nothing(ask, add_record, stranger, citizen):
    shown, hidden = add_record(), add_record(state=RecordState.WITHDRAWN)

    for headers in (stranger, citizen):
        assert ask(shown.id, headers).json["code"] == "not_entitled"
        assert ask(hidden.id, headers).json["code"] == "record_not_found"
