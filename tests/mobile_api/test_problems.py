import io
import re

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from core.errors import CaseNotFoundError
from messages import wording
from messages.wording import api_en, api_zh
from mobile_api import words
from mobile_api.gate import LARGEST_BODY
from mobile_api.problems import _OF_HTTP, STATUS
from tests.fixtures import refusals

from .conftest import World, create_app


@pytest.mark.parametrize("code", sorted(kind.code for kind in refusals.every()))
def test_every_refusal_of_core_has_a_status(code):
    assert 400 <= STATUS[code] < 500


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("code", STATUS)
def test_every_problem_has_words(code, language):
    assert words.title(code, language)
    assert words.detail(code, language)


def test_both_languages_say_the_same_things():
    for table in ("TITLES", "DETAILS", "FAULTS"):
        assert getattr(api_zh, table).keys() == getattr(api_en, table).keys()
    assert api_zh.TITLES.keys() == STATUS.keys()
    assert set(_OF_HTTP.values()) <= STATUS.keys()
    for name, said in api_zh.FAULTS.items():
        assert said.count("{}") == api_en.FAULTS[name].count("{}")


def test_a_problem_is_whole(client):
    reply = client.get("/api/v1/nowhere", headers={"X-Request-Id": "app-1234_ABC"})

    assert reply.mimetype == "application/problem+json"
    assert reply.json == {
        "type": "/problems/not_found",
        "title": "没有这个地址",
        "status": 404,
        "detail": "这个地址不存在，请核对。",
        "instance": "app-1234_ABC",
        "code": "not_found",
    }
    assert "没有这个地址" in reply.text  # and not \uXXXX
    assert reply.headers["X-Request-Id"] == "app-1234_ABC"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Content-Language"] == "zh"
    assert "Accept-Language" in reply.headers["Vary"]


@pytest.mark.parametrize(
    "offered", ["short", "x" * 65, "with space", "110101199003078515", "中文中文中文中文", ""]
)
def test_a_request_id_that_does_not_fit_is_replaced(client, offered):
    sent = {"X-Request-Id": offered.encode().decode("latin-1")}

    given = client.get("/api/v1/nowhere", headers=sent).headers["X-Request-Id"]

    assert re.fullmatch("[0-9a-f]{32}", given)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("en", "No such address"),
        ("en-GB,zh;q=0.5", "No such address"),
        ("zh-CN,en;q=0.5", "没有这个地址"),
        ("fr", "没有这个地址"),
        ("fr,en;q=0", "没有这个地址"),
        ("", "没有这个地址"),
    ],
)
def test_a_problem_is_told_in_the_language_asked_for(client, asked, title):
    reply = client.get("/api/v1/nowhere", headers={"Accept-Language": asked})

    assert reply.json["title"] == title


def test_a_wrong_method_is_told_the_right_ones(client):
    reply = client.delete("/api/v1/entities")

    assert (reply.status_code, reply.json["code"]) == (405, "method_not_allowed")
    assert "GET" in reply.headers["Allow"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_is_not_called_json_is_not_read(client, representative, kind):
    headers = representative | ({"Content-Type": kind} if kind else {})

    reply = client.post("/api/v1/repairs", data=b'{"record_id": "1"}', headers=headers)

    assert (reply.status_code, reply.json["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"[" * 50_000, b'{"record_id": ' + b"9" * 5000 + b"}"],
    ids=["empty", "cut off", "no UTF-8", "deep", "endless number"],
)
def test_what_is_no_json_is_refused(client, representative, body):
    headers = representative | {"Content-Type": "application/json"}

    reply = client.post("/api/v1/repairs", data=body, headers=headers)

    assert (reply.status_code, reply.json["code"]) == (400, "bad_json")


@pytest.mark.parametrize("with_length", [True, False])
def test_a_body_that_is_too_large_is_refused(client, representative, with_length):
    body = b'{"statement": "' + b"x" * LARGEST_BODY + b'"}'
    sent = {"data": body} if with_length else {"input_stream": io.BytesIO(body)}
    options = {} if with_length else {"environ_overrides": {"wsgi.input_terminated": True}}

    reply = client.post(
        "/api/v1/repairs",
        headers=representative,
        content_type="application/json",
        **sent,
        **options,
    )

    assert (reply.status_code, reply.json["code"]) == (413, "too_large")


def test_a_trailing_slash_is_another_address(client):
    assert client.get("/api/v1/entities/").json["code"] == "not_found"


def test_a_missing_file_of_the_page_is_a_problem_too(client):
    assert client.get("/api/v1/docs/static/none.js").json["code"] == "not_found"


@pytest.mark.parametrize(
    ("away", "status", "code"), [((), 500, "internal_error"), (..., 503, "unavailable")]
)
def test_a_failure_is_told_without_its_reason(
    database, record, representative, capfd, caplog, away, status, code
):
    away = (OperationalError, ProgrammingError) if away is ... else away
    app = create_app(World(away=away))
    with database.engine.begin() as connection:
        connection.execute(text("alter table cases rename to cases_away"))
    form = {"record_id": str(record.id), "statement": "一个秘密 110101199003078515"}

    with structlog.testing.capture_logs() as logs:
        reply = app.test_client().post(
            "/api/v1/repairs",
            json=form,
            headers=representative,
        )

    assert (reply.status_code, reply.json["code"]) == (status, code)
    assert ("Retry-After" in reply.headers) is (status == 503)
    [entry] = logs
    assert entry["request_id"] == reply.json["instance"]
    assert entry["error"] in {"OperationalError", "ProgrammingError"}
    seen = f"{reply.text}{logs}{caplog.text}{capfd.readouterr()}"
    for trace in ("秘密", "110101199003078515", "Traceback", "insert", "INSERT"):
        assert trace not in seen


def test_other_doors_keep_their_own_errors():
    app = create_app(World())

    @app.errorhandler(404)
    def lost(error):
        return "门牌号不对", 404

    @app.get("/page")
    def page():
        raise CaseNotFoundError

    client = app.test_client()

    assert client.get("/nowhere").text == "门牌号不对"
    assert client.get("/api/v1/nowhere").json["code"] == "not_found"
    assert client.get("/api/v1/docs/static/none.js").json["code"] == "not_found"
    assert client.get("/page").status_code == 500
    assert "X-Request-Id" not in client.get("/nowhere").headers


def test_a_host_that_is_not_ours_is_a_problem():
    app = create_app(World())
    app.config["TRUSTED_HOSTS"] = ["credit.example"]

    reply = app.test_client().get("/api/v1/nowhere")

    assert (reply.status_code, reply.json["code"]) == (400, "bad_request")
