"""How every operation of the document behaves: what it tells, and what no request makes of it."""

import json
import re
import uuid
from datetime import datetime

import pytest

from mobile_api.gate import LANGUAGES
from mobile_api.problems import STATUS

from .conftest import NOW, World, create_app

PROBLEM = "application/problem+json"
# Every request can end like this.
ALWAYS = {"400", "426", "429", "500", "503"}
METHODS = ("get", "post", "put", "patch", "delete")


def _document():
    return create_app(World()).test_client().get("/api/v1/openapi.json").json


DOCUMENT = _document()
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
}
every_operation = pytest.mark.parametrize("name", OPERATIONS)


def good(operation):
    return {status: answer for status, answer in operation["responses"].items() if status[0] == "2"}


def schemas(found, seen):
    """Give every object schema that a schema leads to, by its name."""
    if isinstance(found, list):
        for inner in found:
            yield from schemas(inner, seen)
    if not isinstance(found, dict):
        return
    name = found.get("$ref", "").partition("#/components/schemas/")[2]
    if name and name not in seen:
        seen.add(name)
        yield name, DOCUMENT["components"]["schemas"][name]
        yield from schemas(DOCUMENT["components"]["schemas"][name], seen)
    for inner in found.values():
        yield from schemas(inner, seen)


@every_operation
def test_it_says_what_it_is_and_shows_examples(name):
    _, _, operation = OPERATIONS[name]

    assert re.fullmatch("[a-z]+[A-Za-z]+", name)
    assert operation["tags"]
    assert not operation["summary"].isascii()
    assert operation["description"]
    for answer in good(operation).values():
        assert answer["description"]
        for kind, content in answer.get("content", {}).items():
            assert kind != "application/json" or content["example"]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        assert content["example"]
    for asked in operation.get("parameters", []):
        assert asked["in"] == "path" or asked["description"], asked["name"]


@every_operation
def test_it_names_every_way_to_end_badly(name):
    _, _, operation = OPERATIONS[name]

    assert operation["responses"].keys() >= ALWAYS
    for status, answer in operation["responses"].items():
        if status[0] in "45":
            [(kind, content)] = answer["content"].items()
            assert kind == PROBLEM
            assert content["examples"]
            for code, example in content["examples"].items():
                assert (example["value"]["code"], STATUS[code]) == (code, int(status))


@every_operation
def test_every_field_of_its_answers_is_described_and_every_code_has_a_label(name):
    _, _, operation = OPERATIONS[name]

    for called, schema in schemas(good(operation), set()):
        for field, held in schema.get("properties", {}).items():
            assert held.get("description"), (called, field)
            assert held.get("type") != "number" or "_share" in field, (called, field)
            codes = [code for code in held.get("enum", []) if code and "/" not in code]
            if codes and field != "code" and called not in OF_THE_APP:
                label = NAMED_BY.get(field, f"{field}_label")
                assert label in schema["properties"], (called, field)
                assert all(re.fullmatch("[a-z0-9_]+", code) for code in codes), (called, field)
                assert "今后可能增加" in held["description"]
            if field == "code" and codes:
                assert {"label", "text", "detail"} & schema["properties"].keys(), called


NAMED_BY = {"holder_role": "holder"}
OF_THE_APP = {"OneInstallation"}  # what the app said of itself, told back
# What is told of a person is never told again unread: the trail names each reading. A code that
# proves who one is belongs to signing in, as tokens do: it has limits of its own.
NEVER_REPLAYED = {
    "checkPerson",
    "requestNewPhoneCode",
    "requestSignInCode",
    "requestStepUpCode",
}


@every_operation
def test_what_makes_something_makes_it_once(name):
    method, _, operation = OPERATIONS[name]
    asked = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}

    makes = method == "POST" and bool({"201", "202"} & operation["responses"].keys())
    assert "Idempotency-Key" in asked or not makes or name in NEVER_REPLAYED


@every_operation
def test_a_list_of_it_is_bounded(name):
    _, _, operation = OPERATIONS[name]
    limits = [one for one in operation.get("parameters", []) if one["name"] == "limit"]

    for limit in limits:
        assert 1 <= limit["schema"]["default"] <= limit["schema"]["maximum"] <= 100
    for called, schema in schemas(good(operation), set()):
        if "next_cursor" in schema.get("properties", {}):
            assert limits, called


@pytest.fixture
def database_url(sqlite_url):
    """PostgreSQL is asked the same by the tests of each resource, and by schemathesis."""
    return sqlite_url


@pytest.fixture
def knock(client, representative, register):
    """Ask an operation, as a citizen and an institution at once; `odd` stands in its path."""
    key = register(NOW).key()

    def knock(name, odd="x", *, method=None, query="", **headers):
        asked, path, _ = OPERATIONS[name]
        address = re.sub(r"{\w+}", odd, path)
        once = {"Idempotency-Key": uuid.uuid4().hex}
        sent = {**representative, **key, **once, **headers}
        return client.open(f"{address}{query}", method=method or asked, headers=sent)

    return knock


def is_sound(reply):
    """Say whether an answer is one that we mean to give: a success, or a problem of theirs."""
    if reply.status_code < 400 or reply.request.method == "HEAD":
        return reply.status_code < 500
    return reply.mimetype == PROBLEM and reply.status_code == STATUS[reply.json["code"]] < 500


@every_operation
def test_nothing_in_its_path_or_its_query_breaks_it(knock, name):
    asked = OPERATIONS[name][2].get("parameters", [])
    fields = [one["name"] for one in asked if one["in"] == "query"]
    for odd in ("%00", "a%00b", "%FF", "%E6%98", "%zz", "..%2f..", "9" * 30, "x" * 3000, "'"):
        assert is_sound(knock(name, odd)), odd
        for field in (*fields, "unheard_of"):
            assert is_sound(knock(name, query=f"?{field}={odd}")), (field, odd)


@every_operation
def test_no_header_breaks_it(knock, name):
    for header in (
        *("Authorization", "X-Api-Key", "Idempotency-Key", "If-None-Match", "If-Match"),
        *("X-Request-Id", "X-Installation-Id", "X-Platform", "X-App-Version"),
        *("Accept-Language", "Content-Type", "Range", "Accept", "Cookie", "If-Modified-Since"),
    ):
        for odd in ("", "\xff\xfe", "x" * 20_000, '"', "W/", ",,,", "%00"):
            assert is_sound(knock(name, **{header: odd})), (header, odd)


@every_operation
def test_no_method_breaks_it(knock, name):
    for method in ("TRACE", "BREW", "PROPFIND"):
        reply = knock(name, method=method)
        assert (reply.status_code, reply.json["code"]) == (405, "method_not_allowed")
        assert OPERATIONS[name][0] in reply.headers["Allow"]
    assert is_sound(knock(name, method="HEAD"))


@every_operation
def test_pages_of_other_hosts_are_let_in_by_nothing(knock, name):
    origin = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    for method in (None, "OPTIONS"):
        reply = knock(name, method=method, **origin)
        assert not [header for header, _ in reply.headers if header.startswith("Access-Control")]
    assert (reply.status_code, reply.data) == (200, b"")


@every_operation
def test_no_cache_that_others_share_keeps_what_is_ones_own(knock, name):
    kept = knock(name).headers["Cache-Control"]

    assert kept in {"private, no-cache", "no-store"} or (
        kept.startswith("public, max-age=") and not OPERATIONS[name][2].get("security")
    )


@every_operation
def test_an_app_that_is_too_old_and_who_speaks_english_are_told_so(knock, name):
    reply = knock(name, **{"X-Platform": "ios", "X-App-Version": "0.1", "Accept-Language": "en"})

    assert reply.status_code == (200 if name == "getMeta" else 426)
    assert reply.json.get("title") == (None if name == "getMeta" else "App too old")


@pytest.mark.parametrize("code", STATUS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_type_of_every_problem_leads_to_a_page_that_explains_it(client, code, language):
    page = client.get(f"/problems/{code}", headers={"Accept-Language": language})

    assert (page.status_code, page.mimetype) == (200, "text/html")
    titles = re.findall("<h1>(.+)</h1>", page.text)
    assert len(set(titles)) == 2
    assert titles[0].isascii() is (language == "en")
    assert code in page.text
    assert "script" not in page.headers["Content-Security-Policy"].partition("script-src 'self'")[2]


def test_no_page_explains_what_does_not_exist(client):
    reply = client.get("/problems/<script>")

    assert (reply.status_code, reply.json["code"]) == (404, "not_found")


def test_examples_hold_kunmings_time():
    moments = re.findall(r'"(\d{4}-\d\d-\d\dT[^"]+)"', json.dumps(DOCUMENT))

    assert moments
    for moment in moments:
        assert datetime.fromisoformat(moment).utcoffset().total_seconds() == 8 * 3600
