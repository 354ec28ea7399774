"""Dictionaries: every code with its name."""

import pytest

from core.records import STANDING, RecordKind

ADDRESS = "/api/v1/dictionaries"


def entries(client, name, **headers):
    items = client.get(f"{ADDRESS}/{name}", headers=headers).json["items"]
    return {one["code"]: one["label"] for one in items}


def test_codes_are_named_in_the_language_asked_for(client):
    assert entries(client, "record_kinds")["penalty"] == "行政处罚"
    english = entries(client, "record_kinds", **{"Accept-Language": "en"})
    assert english["penalty"] == "Administrative penalty"
    assert english.keys() == set(RecordKind)


def test_districts_zones_and_lists_are_there(client):
    assert entries(client, "districts")["530126"] == "石林彝族自治县"
    assert "昆明滇池国家旅游度假区" in entries(client, "zones").values()
    assert entries(client, "lists")["WAGE_ARREARS"] == "拖欠农民工工资失信联合惩戒对象"
    assert entries(client, "record_states").keys() == STANDING


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_code_is_without_a_name_and_each_can_be_asked_for_alone(client, language):
    headers = {"Accept-Language": language}
    every = client.get(ADDRESS, headers=headers).json["items"]

    assert len(every) > 15
    for one in every:
        assert one["items"]
        assert all(entry["label"] for entry in one["items"])
        assert client.get(f"{ADDRESS}/{one['name']}", headers=headers).json == one


@pytest.mark.parametrize("name", ["none", "%00", "Record_Kinds", "昆明"])
def test_an_unknown_one_is_not_found(client, name):
    reply = client.get(f"{ADDRESS}/{name}")

    assert (reply.status_code, reply.json["code"]) == (404, "dictionary_not_found")


def test_anybody_may_keep_them_for_an_hour(client):
    reply = client.get(ADDRESS)

    assert reply.headers["Cache-Control"] == "public, max-age=3600"
    assert "Accept-Language" in reply.headers["Vary"]
