"""The page to which the provider sends a browser that no app takes over."""

from dataclasses import replace

import pytest

from . import conftest
from .conftest import NOBODY, World

ANSWER = "/verification/return?code=c0de&state=st4te"


@pytest.fixture(scope="module")
def browsers():
    """A browser at home with the app, and one on a desk."""
    apps = [conftest.create_app(World(), replace(NOBODY, on_desk=desk)) for desk in (False, True)]
    return [app.test_client() for app in apps]


def test_the_page_says_to_return_to_the_app_and_shows_nothing(browsers):
    page = browsers[0].get(ANSWER)

    assert page.status_code == 200
    assert "身份认证已完成" in page.text
    assert "请回到“信用昆明”App" in page.text
    assert "c0de" not in page.text
    assert "st4te" not in page.text


def test_on_a_desk_it_shows_what_the_app_would_hand_in(browsers):
    page = browsers[1].get(ANSWER)

    assert "{&#34;code&#34;: &#34;c0de&#34;, &#34;state&#34;: &#34;st4te&#34;}" in page.text


@pytest.mark.parametrize("query", ["?error=access_denied&state=x", "", "?code=&state=x"])
def test_without_an_answer_it_says_to_begin_again(browsers, query):
    for browser in browsers:
        page = browser.get(f"/verification/return{query}")
        assert "身份认证没有完成" in page.text
        assert "access_denied" not in page.text


def test_it_speaks_english(browsers):
    page = browsers[0].get(ANSWER, headers={"Accept-Language": "en-GB, zh;q=0.5"})

    assert '<html lang="en">' in page.text
    assert "Please return to the Credit Kunming app" in page.text


def test_it_runs_nothing_is_kept_nowhere_and_tells_nobody(browsers):
    page = browsers[0].get("/verification/return?code=<script>alert(1)</script>&state=s")

    assert "<script" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    style = page.text.split('href="')[1].split('"')[0]
    assert browsers[0].get(style).status_code == 200
