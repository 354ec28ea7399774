"""The identity provider: who logs in, what goes back to the client, codes that are good once."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sandbox.provider import ISSUER, REDIRECT, USCC, address, claims, exchange, log_in, walked


def test_a_citizen_is_told_of_by_name_and_number(desk):
    said = walked(desk)

    assert (said["name"], said["nonce"]) == ("张三", "n")
    assert said["acr"] == "urn:sandbox:real-name"
    assert said["auth_time"] == said["iat"] == int(desk.options.now())
    assert said["exp"] - said["iat"] == 300
    assert "organisation" not in said


def test_numbers_are_valid_of_adults_and_of_no_district(desk):
    from core.identifiers import citizen_id_check_ok

    numbers = [walked(desk, citizen)["id_number"] for citizen in ("zhangsan", "lisi", "wangwu")]

    assert len(set(numbers)) == 3
    assert all(citizen_id_check_ok(number) for number in numbers)
    assert all(number.startswith("530199") for number in numbers)
    assert all("1950" <= number[6:10] <= "2004" for number in numbers)


def test_a_citizen_can_be_young(desk):
    desk.order("citizens", openid="oYoung", name="小明", born="2015-03-01")

    assert walked(desk, "oYoung")["id_number"][6:14] == "20150301"


def test_a_representative_confirms(desk):
    form = {"organisation": f" {USCC.lower()} "}
    asked_again = desk.client.post(address(), data={"citizen": "zhangsan"} | form)

    assert asked_again.status_code == 200
    assert "请确认您代表这家单位" in asked_again.text
    assert walked(desk, form=form | {"confirm": "yes"})["organisation"] == USCC


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"citizen": "nobody"}, "请选择一位市民"),
        ({"citizen": "lisi", "organisation": "1", "confirm": "yes"}, "统一社会信用代码应为 18 位"),
    ],
)
def test_a_wrong_choice_is_asked_again(desk, form, fault):
    reply = desk.client.post(address(), data=form)

    assert reply.status_code == 200
    assert fault in reply.text


def test_whoever_cancels_goes_back_without_a_code(desk):
    back = log_in(desk, form={"cancel": "yes"})

    assert back == {"error": "access_denied", "state": "s"}


def test_the_same_citizen_has_the_same_number_and_another_another(desk):
    subjects = [walked(desk, citizen)["sub"] for citizen in ("zhangsan", "zhangsan", "lisi")]

    assert subjects[0] == subjects[1] != subjects[2]
    assert "zhangsan" not in subjects[0]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
    ],
)
def test_what_is_asked_wrongly_goes_back(desk, changed, error):
    reply = desk.client.get(address(**changed))

    query = parse_qs(urlsplit(reply.headers["Location"]).query)
    assert query == {"error": [error], "state": ["s"]}


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "somebody"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": "http://127.0.0.1:8000.evil.example/"},
        {"redirect_uri": None},
    ],
)
def test_nobody_is_sent_to_a_stranger(desk, changed):
    reply = desk.client.get(address(**changed))

    assert reply.status_code == 400
    assert "Location" not in reply.headers


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": None},
        {"code_verifier": "w" * 43},
        {"redirect_uri": f"{REDIRECT}/other"},
        {"code": "guessed"},
    ],
)
def test_a_code_is_good_only_for_whoever_asked(desk, changed):
    reply = exchange(desk, **({"code": log_in(desk)["code"]} | changed))

    assert (reply.status_code, reply.get_json()) == (400, {"error": "invalid_grant"})


def test_a_code_is_good_once_and_for_a_minute(desk, clock):
    code, late = log_in(desk)["code"], log_in(desk)["code"]

    assert exchange(desk, code).status_code == 200
    assert exchange(desk, code).get_json() == {"error": "invalid_grant"}
    clock.forward(60)
    assert exchange(desk, late).get_json() == {"error": "invalid_grant"}


def test_only_codes_are_exchanged(desk):
    reply = exchange(desk, "c", grant_type="password")

    assert reply.get_json() == {"error": "unsupported_grant_type"}


def basic(secret):
    text = f"credit-kunming-sandbox:{secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(text).decode()}"}


def test_a_client_with_a_secret_must_give_it(make):
    desk = make(identity_secret="s3cret")
    code = log_in(desk)["code"]

    for headers in (None, basic("guessed"), {"Authorization": "Basic ?"}):
        assert exchange(desk, code, headers).status_code == 401
    assert exchange(desk, code, basic("s3cret"), client_id=None).status_code == 200


def test_a_browser_is_known_until_the_client_wants_a_login(desk, clock):
    log_in(desk, "lisi")

    clock.forward(60)
    known = desk.client.get(address())
    code = parse_qs(urlsplit(known.headers["Location"]).query)["code"][0]
    said = claims(desk, exchange(desk, code).get_json()["id_token"])
    assert (said["name"], said["iat"] - said["auth_time"]) == ("李四", 60)
    for changed in ({"prompt": "login"}, {"max_age": "0"}, {"max_age": "30"}):
        assert "我是" in desk.client.get(address(**changed)).text


def test_a_client_may_ask_for_no_page(desk):
    reply = desk.client.get(address(prompt="none"))

    assert "error=login_required" in reply.headers["Location"]


def test_after_the_page_the_browser_may_go_back_to_the_client(desk):
    policy = desk.client.get(address(prompt="login")).headers["Content-Security-Policy"]

    assert "form-action 'self' http://127.0.0.1:8000" in policy


def test_the_provider_describes_itself(desk):
    described = desk.client.get("/identity/.well-known/openid-configuration").get_json()

    assert described["issuer"] == ISSUER
    assert described["jwks_uri"] == f"{ISSUER}/jwks.json"
    assert described["token_endpoint"] == f"{ISSUER}/token"
    assert described["code_challenge_methods_supported"] == ["S256"]


def test_the_register_can_be_read(desk):
    assert "李四" in desk.client.get("/identity").text
