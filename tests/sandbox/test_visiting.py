"""WeChat's web authorisation as the sandbox has it."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.citizens import openid_of
from sandbox.options import Options

BACK = f"{Options().public_url}/h5/sign-in/return"


@pytest.fixture
def asked(sandbox):
    def asked(cookies=None, data=None, **changed):
        given = {
            "appid": Options().appid,
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": "s",
        }
        method = "POST" if data else "GET"
        url = f"{sandbox.url}/connect/oauth2/authorize"
        return requests.request(
            method,
            url,
            params=given | changed,
            data=data,
            cookies=cookies,
            allow_redirects=False,
            timeout=5,
        )

    return asked


@pytest.fixture
def exchange(sandbox):
    def exchange(code, **changed):
        given = {"appid": Options().appid, "secret": Options().secret, "code": code}
        given |= {"grant_type": "authorization_code"} | changed
        return requests.get(f"{sandbox.url}/sns/oauth2/access_token", given, timeout=5).json()

    return exchange


def _answer(reply):
    return {
        name: one[0] for name, one in parse_qs(urlsplit(reply.headers["Location"]).query).items()
    }


def test_whoever_holds_the_phone_is_named_without_a_question(sandbox, asked, exchange):
    openid = openid_of("lisi")
    held = requests.post(f"{sandbox.url}/phone/hold", json={"openid": openid}, timeout=5)

    answer = _answer(asked(cookies=held.cookies))

    assert answer["state"] == "s"
    assert exchange(answer["code"], secret="wrong")["errcode"] == 40125
    assert exchange(answer["code"])["openid"] == openid
    assert exchange(answer["code"])["errcode"] == 40163
    assert exchange("unknown")["errcode"] == 40029


def test_userinfo_asks_and_gives_the_unionid(sandbox, asked, exchange):
    assert "微信网页授权" in asked(scope="snsapi_userinfo").text
    code = _answer(asked(scope="snsapi_userinfo", data={"citizen": "lisi"}))["code"]

    assert exchange(code)["unionid"].startswith("oUNI_")


def test_a_snapshots_reader_is_nobody_real(asked, exchange):
    code = _answer(asked(data={"citizen": "lisi", "snapshot": "yes"}))["code"]

    told = exchange(code)

    assert told["is_snapshotuser"] == 1
    assert told["openid"] != openid_of("lisi")


def test_who_refuses_goes_back_without_a_code(asked):
    assert _answer(asked(data={"citizen": "lisi", "cancel": "yes"})) == {"state": "s"}


@pytest.mark.parametrize(
    "wrong",
    [{"appid": "wx-other"}, {"redirect_uri": "https://evil.example/"}, {"scope": "all"}],
    ids=["appid", "address", "scope"],
)
def test_nobody_is_sent_to_who_asks_wrongly(asked, wrong):
    assert asked(**wrong).status_code == 400


def test_each_phone_keeps_the_cookies_of_its_pages(sandbox):
    browser = requests.Session()
    zhang, li = openid_of("zhangsan"), openid_of("lisi")

    def hold(openid):
        browser.post(f"{sandbox.url}/phone/hold", json={"openid": openid}, timeout=5)
        return browser.cookies.get("h5")

    hold(zhang)
    browser.cookies.set("h5", "of-zhang", domain="127.0.0.1", path="/")
    assert hold(li) is None
    assert hold(zhang) == "of-zhang"
