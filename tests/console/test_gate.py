"""How every answer of this door is protected, and what is shown when something goes wrong."""

import re

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import staffing
from config.web import Ground, create_app
from console import gate
from core.db import Writing
from core.staff.members import Member
from core.staff.roles import Role
from tests.console.conftest import build
from tests.console.role_table import ROUTES
from tests.console.test_roles import ask

STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def test_every_answer_carries_the_strict_policy_and_stays_in_no_cache(enter):
    for route in [*ROUTES, "GET /console/nothing-here", "GET /console"]:
        browser = enter(*Role)
        answer = ask(browser, route, proof=browser.proof())

        assert set(answer.headers["Content-Security-Policy"].split("; ")) == STRICT, route
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store", route
        assert "Strict-Transport-Security" not in answer.headers


def test_no_page_has_a_script_or_a_style_inside(enter):
    for route in ROUTES:
        answer = ask(enter(*Role), route) if route.startswith("GET") else None
        text = answer.text if answer and answer.mimetype == "text/html" else ""

        assert " style=" not in text, route
        assert "<style" not in text, route
        assert "<script>" not in text, route
        assert " onclick=" not in text, route


def test_a_static_file_is_kept_for_ever_under_the_address_that_names_its_content(client):
    page = client.get("/console/sign-in").text
    address = page.partition('stylesheet" href="')[2].partition('"')[0]

    with client.get(address) as right, client.get(f"{address}0") as wrong:
        assert right.headers["Cache-Control"] == gate.KEPT
        assert wrong.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/console/nothing-here", 404, "没有这个页面"),
        ("/console/account/password", 405, "不支持这种请求"),
        ("/console/?next=%00", 400, "请求有误"),
        ("/console/a%00b", 400, "请求有误"),
    ],
)
def test_a_wrong_address_is_answered_in_words_with_an_id(client, path, status, said):
    answer = client.get(path)

    assert answer.status_code == status
    assert said in answer.text
    assert answer.headers["X-Request-Id"] in answer.text


def test_a_form_that_is_too_large_is_refused(enter):
    browser = enter(Role.AUDITOR)

    answer = browser.send("/console/account/sessions/end", session="x" * 300_000)

    assert answer.status_code == 413
    assert "内容过大" in answer.text


def test_no_byte_of_a_form_is_read_before_it_is_clear_who_sends_it(client):
    answer = client.post("/console/account/password", data={"new": "x" * 300_000})

    assert answer.status_code == 303


def test_text_with_a_null_character_is_refused(enter):
    answer = enter(Role.AUDITOR).send("/console/account/sessions/end", session="a\0b")

    assert answer.status_code == 400


def test_what_fails_is_a_page_in_words_with_the_id_of_the_request(app, enter, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("13987654321")

    browser = enter(Role.ADMINISTRATOR)
    monkeypatch.setattr("console.jobs.standing.by_state", fail)

    answer = browser.get("/console/jobs/")

    assert answer.status_code == 500
    assert "服务出了问题" in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    assert "13987654321" not in answer.text


def test_a_part_that_fails_takes_the_place_of_the_page(enter):
    answer = enter(Role.AUDITOR).get("/console/jobs/", headers={"HX-Request": "true"})

    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#main"
    assert "您的角色不能做这件事" in answer.text


@pytest.mark.parametrize("path", ["/console/", "/console/account/"])
def test_without_redis_nobody_is_let_in(settings, world, hire, path):
    gone = Redis.from_url("redis://127.0.0.1:1", retry=Retry(NoBackoff(), 0))
    browser = build(staffing.parts(settings, gone, clock=lambda: world.now)).test_client()
    browser.set_cookie("console", "any")

    answer = browser.get(path)

    assert answer.status_code == 503
    assert "系统繁忙" in answer.text
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Content-Security-Policy"] == gate.POLICY


def test_a_name_is_shown_and_never_run(enter):
    browser = enter(Role.AUDITOR)
    with Writing() as session:
        session.get_one(Member, browser.staff.id).name = "<script>alert(1)</script>"

    page = browser.get("/console/account/").text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_navigation_shows_what_a_role_may_open(enter):
    administrator, auditor = enter(Role.ADMINISTRATOR), enter(Role.AUDITOR)

    assert 'href="/console/jobs/"' in administrator.get("/console/").text
    assert 'href="/console/jobs/"' not in auditor.get("/console/").text


def test_the_navigation_marks_where_one_is_even_on_a_page_below(enter):
    browser = enter(*Role)

    for path, text in [("/console/audit/chain", "审计"), ("/console/cases/9", "办件")]:
        marked = re.findall(r'aria-current="page"[^>]*>([^<]*)<', browser.get(path).text)
        assert marked == [text], path


def test_the_whole_application_has_this_door_and_the_others_keep_their_headers(
    settings, database, redis
):
    client = create_app(settings, Ground(database.engine, redis)).test_client()

    assert "登录工作台" in client.get("/console/sign-in").text
    assert client.get("/console/").location == "/console/sign-in?next=/console/"
    assert client.get("/healthz").headers.get("Content-Security-Policy") is None
