"""The sandbox's text messages and its open platform, as a newcomer and as a script use them."""

import pytest
import requests

from sandbox.options import Options

KEY = Options().sms_key


@pytest.fixture
def send(sandbox):
    def send(key=KEY, **order):
        given = {"id": "1", "to": "+8613800138000", "text": "123456 是验证码"} | order
        bearer = {"Authorization": f"Bearer {key}"}
        return requests.post(f"{sandbox.url}/sms/messages", json=given, headers=bearer, timeout=5)

    return send


def test_a_message_is_read_on_the_page_and_by_a_script(sandbox, send):
    assert send().json() == {"status": "accepted"}
    send()
    send(id="2", to="+8613900139000", text="别人的")

    page = requests.get(f"{sandbox.url}/sms", {"to": "13800138000"}, timeout=5).text
    told = requests.get(f"{sandbox.url}/_control/texts", {"to": "13800138000"}, timeout=5).json()

    assert page.count("123456 是验证码") == 1
    assert "别人的" not in page
    assert [one["text"] for one in told["texts"]] == ["123456 是验证码"]
    assert requests.get(f"{sandbox.url}/sms", timeout=5).text.count("<strong>") == 2


def test_a_wrong_key_and_a_wrong_number_are_refused(send):
    assert send(key="wrong").status_code == 401
    assert send(to="+1202").status_code == 400


def test_the_page_of_the_open_platform_gives_a_code_that_the_app_exchanges(sandbox):
    page = requests.get(f"{sandbox.url}/open", timeout=5).text
    assert "张三" in page
    openid = page.partition('value="')[2].partition('"')[0]
    shown = requests.post(f"{sandbox.url}/open", data={"citizen": openid}, timeout=5).text
    code = shown.partition("readonly>")[2].partition("<")[0]

    given = {"appid": Options().open_appid, "secret": Options().open_secret, "code": code}
    asked = given | {"grant_type": "authorization_code"}
    answers = [
        requests.get(f"{sandbox.url}/sns/oauth2/access_token", asked | changed, timeout=5).json()
        for changed in (
            *({"secret": "wrong"}, {"appid": "other"}, {"grant_type": "x"}, {"code": ""}),
            *({}, {}, {"code": "other"}),
        )
    ]

    assert [answer.get("errcode", 0) for answer in answers] == [
        *(40125, 40013, 40002, 41008),
        *(0, 40163, 40029),
    ]
    assert answers[4]["openid"] != openid
    assert answers[4]["unionid"]


def test_nobody_gets_no_code(sandbox):
    refused = requests.post(f"{sandbox.url}/open/codes", json={"citizen": "nobody"}, timeout=5)

    assert refused.status_code == 400


def test_a_code_of_the_open_platform_ends_after_ten_minutes(tmp_path):
    from sandbox.app import create_sandbox

    now = [1_000_000.0]
    app = create_sandbox(Options(var=tmp_path, now=lambda: now[0]))
    client = app.test_client()
    code = client.post("/open/codes", json={"citizen": "lisi"}).json["code"]
    now[0] += 600

    given = {"appid": Options().open_appid, "secret": Options().open_secret, "code": code}
    asked = given | {"grant_type": "authorization_code"}
    answer = client.get("/sns/oauth2/access_token", query_string=asked)

    assert answer.get_json(force=True)["errcode"] == 40029
