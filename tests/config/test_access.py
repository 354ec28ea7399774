"""The access log says enough to find a request, and nothing that names a person."""

import logging
import re

import pytest
import structlog

from config.access import request_id, with_request

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() for record in caplog.records]


def test_a_request_is_logged_by_its_route(app, lines, capsys):
    reply = app.test_client().get("/api/v1/cases/0123456789ABCDEF?who=530112199001010004")

    said = "\n".join(lines()) + capsys.readouterr().out
    assert "route=/api/v1/cases/<" in said
    assert reply.headers["X-Request-Id"] in said
    assert "0123456789ABCDEF" not in said
    assert "530112199001010004" not in said


def test_links_and_unknown_addresses_are_not_logged(app, lines, capsys):
    for path in ("/wechat/notices/1-1-abcdef", "/nowhere/53011219900101000X"):
        assert app.test_client().get(path).status_code == 404

    said = "\n".join(lines()) + capsys.readouterr().out
    assert said.count("status") >= 2
    assert "abcdef" not in said
    assert "1990" not in said


def test_pushes_and_health_are_silent(app, citizen, lines, capsys):
    app.test_client().get("/healthz")
    citizen.say("帮助")

    assert "request" not in "\n".join(lines()) + capsys.readouterr().out


def test_every_line_of_a_request_carries_its_id(own_app):
    log = structlog.get_logger()

    @own_app.get("/twice")
    def twice():
        return [with_request(log, "info", {"event": "a"}), with_request(log, "info", {})]

    first, second = own_app.test_client().get("/twice").json
    other, _ = own_app.test_client().get("/twice").json

    assert first["request_id"] == second["request_id"] != other["request_id"]
    assert with_request(log, "info", {"event": "a"}) == {"event": "a"}


def test_a_line_during_an_api_request_carries_the_id_that_the_app_is_told(own_app):
    heard = []
    own_app.after_request(lambda response: heard.append(request_id()) or response)

    reply = own_app.test_client().get("/api/v1/cases/0")

    assert heard == [reply.headers["X-Request-Id"]]


def test_a_page_is_logged_with_an_id(app, lines, capsys):
    app.test_client().get("/wechat/articles/1")

    said = "\n".join(lines()) + capsys.readouterr().out
    assert re.search(r"request_id=.{0,9}[0-9a-f]{32}", said)
