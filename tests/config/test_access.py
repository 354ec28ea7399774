"""The access log says enough to find a request, and nothing that names a person."""

import logging

import pytest

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
