import hashlib
import json
import re
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

import mobile_api
from mobile_api.problems import STATUS

from .conftest import USCC

VENDOR = Path(mobile_api.__file__).parent / "static" / "vendor"


@pytest.fixture
def document(client):
    return client.get("/api/v1/openapi.json").json


@pytest.fixture
def operations(document):
    held = [
        operation
        for path in document["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
    ]
    named = {operation["operationId"]: operation for operation in held}
    assert len(named) == len(held)
    return named


def test_the_document_is_valid_openapi_3_1(document):
    validate(document, cls=OpenAPIV31SpecValidator)

    assert document["openapi"].startswith("3.1.")


def test_every_operation_is_named_tagged_and_summed_up_in_chinese(operations):
    for operation in operations.values():
        assert operation["tags"]
        assert not operation["summary"].isascii()


def test_what_nobody_listed_is_a_problem_too(document, operations):
    unlisted = document["components"]["responses"]["DEFAULT_ERROR"]

    assert list(unlisted["content"]) == ["application/problem+json"]
    for operation in operations.values():
        assert operation["responses"]["default"]["$ref"].endswith("/DEFAULT_ERROR")


def test_every_operation_shows_each_problem_that_it_can_answer(operations):
    for operation in operations.values():
        assert {"200", "201", "202", "204"} & operation["responses"].keys()
        assert {"500", "503"} <= operation["responses"].keys()
        for status, response in operation["responses"].items():
            if not status.startswith("4") and not status.startswith("5"):
                continue
            content = response["content"]["application/problem+json"]
            for code, example in content["examples"].items():
                assert example["value"]["code"] == code
                assert STATUS[code] == int(status)


def test_what_is_about_the_asker_asks_for_a_token(document):
    mine = {path: held for path, held in document["paths"].items() if "/me/" in path}

    assert len(mine) > 5
    for path, held in mine.items():
        for method, operation in held.items():
            assert method == "parameters" or operation["security"] == [{"bearer": []}], path


def test_answers_leave_room_for_new_fields_and_forms_do_not(document):
    schemas = document["components"]["schemas"]

    assert "additionalProperties" not in schemas["Entity"]
    assert schemas["ObjectionForm"]["additionalProperties"] is False
    assert set(schemas["Record"]["properties"]) == set(schemas["Record"]["required"])
    assert schemas["Record"]["properties"]["severity"]["type"] == ["string", "null"]


def test_what_a_form_refuses_the_document_does_not_offer(document):
    paths = "/api/v1/entities", "/api/v1/promises"
    asked = [each for path in paths for each in document["paths"][path]["get"]["parameters"]]
    schemas = {each["name"]: each["schema"] for each in asked}

    assert "natural_person" not in schemas["kind"]["enum"]
    assert re.search(schemas["q"]["pattern"], " 昆明\n第二行")
    assert not re.search(schemas["q"]["pattern"], " \t\n")
    assert not re.search(schemas["q"]["pattern"], "昆明\0")
    assert re.search(schemas["from"]["pattern"], "2026-11-30")
    assert not re.search(schemas["from"]["pattern"], "1949-12-31")


def test_every_operation_says_whom_it_is_for(operations):
    for operation in operations.values():
        assert ("无需登录" in operation["description"]) is not bool(operation.get("security"))


def test_the_tags_that_it_shows_are_tags_that_we_give(document, client, subject):
    shown = {
        (one["name"], one["example"])
        for path in document["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
        for one in operation.get("parameters", ())
        if one["name"] in ("If-Match", "If-None-Match")
    }
    given = client.get(f"/api/v1/entities/{USCC}").headers["ETag"]

    told = document["paths"]["/api/v1/entities/{uscc}"]["get"]["responses"]["200"]["headers"]
    assert {name for name, _ in shown} == {"If-Match", "If-None-Match"}
    for tag in (given, *(example for _, example in shown)):
        assert re.fullmatch(told["ETag"]["schema"]["pattern"], tag)


def test_the_page_runs_files_of_our_own_host_only(client):
    page = client.get("/api/v1/docs")

    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    for address in {*_quoted(page.text, "src"), *_quoted(page.text, "href")}:
        assert address.startswith("/api/v1/")
        assert client.get(address).status_code == 200
    assert page.text.count("<script") == page.text.count("<script src=")
    assert "http" not in client.get("/api/v1/docs/static/docs.js").text


def test_every_vendored_file_is_the_one_that_was_checked_in():
    held = json.loads((VENDOR / "VENDOR.json").read_text())
    said = {path: digest for one in held for path, digest in one["sha256"].items()}
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }

    assert said == found
    for one in held:
        assert {"name", "version", "licence"} <= one.keys()
        assert any("LICENSE" in path for path in one["sha256"])


def _quoted(page, attribute):
    return [part.partition('"')[0] for part in page.split(f'{attribute}="')[1:]]


# Names that the world has registered: media types need no words of ours.
_REGISTERED = {"media_type"}


def test_every_enum_is_in_snake_case_and_has_words_beside_it(document):
    wanting = []
    for name, schema in document["components"]["schemas"].items():
        fields = schema.get("properties", {})
        for field, described in fields.items():
            values = [value for value in _choices(described) if value is not None]
            if field in _REGISTERED or not values:
                continue
            if not all(re.fullmatch("[a-z][a-z0-9_]*", value) for value in values):
                wanting.append((name, field, values))
            is_question = schema.get("additionalProperties") is False
            if not is_question and not {f"{field}_label", *_BESIDE.get(field, ())} & fields.keys():
                wanting.append((name, field))
    assert wanting == []


# The words for a plain code.
_BESIDE = {"code": ("label", "text")}


def _choices(described):
    """Return the values that a field may have, itself or in a list, a map or one of several."""
    held = [described.get("enum", ())]
    held += [_choices(described[part]) for part in ("items", "propertyNames") if part in described]
    held += [
        _choices(one) for many in ("anyOf", "oneOf", "allOf") for one in described.get(many, ())
    ]
    return [value for values in held for value in values]


def test_every_code_that_is_asked_for_or_told_has_words_in_both_languages(client, document):
    entries = {
        language: {
            one["name"]: {entry["code"]: entry["label"] for entry in one["items"]}
            for one in client.get(
                "/api/v1/dictionaries", headers={"Accept-Language": language}
            ).json["items"]
        }
        for language in ("zh", "en")
    }

    assert entries["zh"].keys() == entries["en"].keys()
    for name, words in entries["zh"].items():
        assert words.keys() == entries["en"][name].keys(), name
        assert all([*words.values(), *entries["en"][name].values()]), name
