"""Signing in: by a code, by WeChat, and staying so; nobody learns who has an account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import func, select

from core.accounts import Account
from core.codes import TRIES, Code
from core.consents import Consent
from core.sign_ins import Pair, SignIn

from .conftest import NOW
from .people import AGREED, NUMBER, PHONE

SMS, BY_PHONE, REFRESH = ("/api/v1/auth/sms-codes", "/api/v1/auth/phone", "/api/v1/auth/refresh")


@pytest.fixture
def ask(client, database):
    return lambda number=NUMBER, **options: client.post(SMS, json={"phone": number}, **options)


@pytest.fixture
def enter(client, database):
    def enter(code, **changed):
        form = {"phone": NUMBER, "code": code, "device": PHONE, "agreed": AGREED}
        return client.post(BY_PHONE, json=form | changed)

    return enter


@pytest.fixture
def refresh(client, database):
    return lambda token: client.post(REFRESH, json={"refresh_token": token})


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_newcomer_asks_for_a_code_and_is_signed_in(ask, enter, texted, peek, session):
    asked = ask()
    reply = enter(texted())

    assert (asked.status_code, asked.json) == (202, {"resend_after": 60, "expires_in": 300})
    assert reply.status_code == 200
    assert set(reply.json) == {
        *("token_type", "access_token", "access_until"),
        *("refresh_token", "refresh_until", "sign_in_id"),
    }
    assert reply.json["access_until"] == "2026-11-23T09:15:00+08:00"
    assert reply.json["refresh_until"] == "2026-12-23T09:00:00+08:00"
    assert reply.headers["Cache-Control"] == "no-store"
    assert peek(reply.json["access_token"]) == 200
    given = session.execute(select(Consent.document, Consent.version)).all()
    assert {document.value: version for document, version in given} == AGREED


def test_the_same_number_is_the_same_account(arrive, world, session):
    arrive()
    world.now = NOW + timedelta(minutes=1)
    again = arrive(device=PHONE | {"installation": "another device"})

    assert again.status_code == 200
    assert session.scalar(select(func.count(Account.id))) == 1
    assert session.scalar(select(func.count(SignIn.id))) == 2
    assert session.scalar(select(func.count(Consent.id))) == len(AGREED)


def test_nobody_learns_whether_a_number_has_an_account(ask, enter, arrive, world):
    arrive()
    world.now = NOW + timedelta(minutes=1)

    asked = [ask(), ask("13900139000")]
    entered = [enter("000000", phone=number) for number in (NUMBER, "13900139000", "13700137000")]

    assert asked[0].status_code == asked[1].status_code == 202
    assert asked[0].json == asked[1].json
    assert {reply.json["code"] for reply in entered} == {"code_refused"}
    same = {"title", "detail", "status", "code", "type"}
    assert (
        len({tuple(sorted((name, str(reply.json[name])) for name in same)) for reply in entered})
        == 1
    )


def test_guessing_stops_after_a_few_tries(ask, enter, texted):
    ask()
    code = texted()

    for _ in range(TRIES):
        assert enter(wrong(code)).json["code"] == "code_refused"

    assert enter(code).json["code"] == "code_refused"


def test_a_wrong_try_counts_although_it_is_refused(ask, enter, texted, session):
    ask()
    enter(wrong(texted()))

    assert session.scalars(select(Code.tries)).one() == 1


def test_a_code_too_many_is_refused_with_when_to_come_again(ask, world):
    ask()
    world.now = NOW + timedelta(seconds=18)

    reply = ask()

    assert (reply.status_code, reply.json["code"]) == (429, "too_many_codes")
    assert reply.headers["Retry-After"] == "42"


def test_an_outdated_consent_lets_nobody_in_and_leaves_the_code_good(ask, enter, texted):
    ask()
    code = texted()

    reply = enter(code, agreed=AGREED | {"privacy": "2020-01-01"})

    assert (reply.status_code, reply.json["code"]) == (409, "consent_outdated")
    assert enter(code).status_code == 200


@pytest.mark.parametrize(
    ("changed", "pointer", "detail"),
    [
        ({"phone": "12800138000"}, "#/phone", "应为中国大陆的 11 位手机号码。"),
        ({"phone": "13800138000\n"}, "#/phone", "应为中国大陆的 11 位手机号码。"),
        ({"phone": "+8613800138000"}, "#/phone", "应为中国大陆的 11 位手机号码。"),
        ({"phone": 13800138000}, "#/phone", "应为文字。"),
        ({"code": "12345"}, "#/code", "应为 6 位数字。"),
        ({"code": "１２３４５６"}, "#/code", "应为 6 位数字。"),
        ({"device": None}, "#/device", "不能为 null。"),
        ({"device": []}, "#/device", "应为 JSON 对象。"),
        ({"device": PHONE | {"platform": "symbian"}}, "#/device/platform", "不在可选的值之内。"),
        (
            {"device": PHONE | {"installation": "short"}},
            "#/device/installation",
            "应为 8 到 64 个字符。",
        ),
        ({"agreed": {"privacy": "2026-11-25"}}, "#/agreed/terms", "必填。"),
    ],
)
def test_a_wrong_field_is_named(enter, changed, pointer, detail):
    reply = enter(**{"code": "123456"} | changed)

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_request")
    assert reply.json["errors"] == [{"pointer": pointer, "detail": detail}]


def test_refreshing_gives_new_tokens_and_uses_the_old_one_up(arrive, refresh, peek, world):
    first = arrive().json
    world.now = NOW + timedelta(minutes=14)
    second = refresh(first["refresh_token"]).json
    world.now = NOW + timedelta(minutes=16)

    assert peek(first["access_token"]) == 401
    assert peek(second["access_token"]) == 200
    assert second["sign_in_id"] == first["sign_in_id"]

    stolen = refresh(first["refresh_token"])

    assert (stolen.status_code, stolen.json["code"]) == (401, "sign_in_over")
    assert "invalid_token" in stolen.headers["WWW-Authenticate"]
    assert peek(second["access_token"]) == 401
    assert refresh(second["refresh_token"]).status_code == 401


def test_two_refreshes_at_once_both_get_tokens(app, arrive, peek):
    token = arrive().json["refresh_token"]

    def refresh(_):
        return app.test_client().post(REFRESH, json={"refresh_token": token})

    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(refresh, range(2)))

    assert [reply.status_code for reply in replies] == [200, 200]
    assert {peek(reply.json["access_token"]) for reply in replies} == {200}


def test_a_token_that_never_was_is_refused_alike(arrive, refresh):
    arrive()

    for token in ("never", "长" * 200):
        assert refresh(token).json["code"] == "sign_in_over"


def test_the_door_says_nothing_personal_to_the_log(ask, enter, texted, refresh, caplog, capfd):
    with structlog.testing.capture_logs() as logs:
        ask()
        code = texted()
        enter(wrong(code))
        reply = enter(code).json
        refresh(reply["refresh_token"])
        refresh("never")

    said = f"{logs}{caplog.text}{capfd.readouterr()}"
    for secret in (NUMBER, code, reply["access_token"], reply["refresh_token"], PHONE["name"]):
        assert secret not in said


def test_the_policies_that_are_agreed_to_can_be_read(client):
    items = client.get("/api/v1/policies").json["items"]

    assert {item["document"]: item["version"] for item in items} == AGREED
    assert items[0]["title"] == "信用昆明隐私政策"
    english = client.get("/api/v1/policies", headers={"Accept-Language": "en"}).json["items"]
    assert english[1]["title"] == "Credit Kunming terms of use"
    assert all(len(item["text"]) > 200 for item in items + english)


def test_a_pair_is_kept_as_hashes(arrive, session):
    reply = arrive().json

    held = session.execute(select(Pair.access_hash, Pair.refresh_hash)).one()
    assert not {reply["access_token"], reply["refresh_token"]} & set(held)
