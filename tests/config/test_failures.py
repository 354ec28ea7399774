"""What the web answers when it cannot, and what it logs then."""

import logging

import pytest

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_front_page_leads_to_the_document(app):
    reply = app.test_client().get("/")

    assert (reply.status_code, reply.headers["Location"]) == (302, "/api/v1/docs")


def test_unknown_addresses_are_answered_in_chinese(app):
    missing = app.test_client().get("/nowhere")
    wrong = app.test_client().put("/healthz")

    assert (missing.status_code, missing.text[:6]) == (404, "没有这个页面")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "OPTIONS, GET, HEAD") or (
        wrong.status_code == 405 and "GET" in wrong.headers["Allow"]
    )


def test_a_number_too_large_for_a_row_is_just_not_there(app):
    for path in ("/wechat/articles/99999999999999999999", f"/wechat/notices/{10**20}-1-ab"):
        assert app.test_client().get(path).status_code == 404


def test_an_unforeseen_error_is_logged_without_a_value(own_app, caplog, capsys):
    caplog.set_level(logging.INFO)

    @own_app.get("/secrets/<key>")
    def fail(key):
        raise ValueError(f"530112199001010004 {key}")

    own_app.config["PROPAGATE_EXCEPTIONS"] = False
    reply = own_app.test_client().get("/secrets/abcdef")

    said = caplog.text + capsys.readouterr().out
    assert reply.status_code == 500
    assert "服务暂时出了问题" in reply.text
    assert "ValueError" in said
    assert "/secrets/<key>" in said
    for value in ("530112199001010004", "abcdef"):
        assert value not in said
        assert value not in reply.text
