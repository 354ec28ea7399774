"""Signing in and out: one form, a new session every time, and no way around it."""

import re
from datetime import timedelta

import pytest

from console import sessions, tries
from tests.console.conftest import ORIGIN
from tests.console.signed import PLACE, cookie, is_in, proof_of, sign_in, token_of


def test_login_password_and_code_let_a_member_in(client, somebody):
    answer = sign_in(client, somebody)

    assert (answer.status_code, answer.location) == (303, "/console/")
    assert "李华" in client.get("/console/").text


@pytest.mark.parametrize(
    "wrong", [{"login": "li.hui"}, {"password": "not the password"}, {"code": "000000"}]
)
def test_whatever_is_wrong_the_answer_is_the_same(client, somebody, wrong):
    answer = sign_in(client, somebody, **wrong)

    assert answer.status_code == 422
    assert "登录名、密码或动态码不对" in answer.text
    assert cookie(answer) is None
    assert not is_in(client)


@pytest.mark.parametrize("odd", ["\0", "李" * 5000, "' or 1=1 --", "<script>", "\ud800"])
def test_odd_text_is_no_login(client, somebody, odd):
    answer = sign_in(client, somebody, login=odd.encode("utf-8", "surrogatepass"))

    assert answer.status_code in {400, 413, 422}


def test_the_cookie_is_for_this_host_alone_and_for_no_script(client, somebody):
    attributes = cookie(sign_in(client, somebody)).split("; ")[1:]

    assert set(attributes) == {"HttpOnly", "Path=/", "SameSite=Strict"}


def test_over_https_the_cookie_travels_by_https_alone(secure_client, somebody):
    answer = sign_in(secure_client, somebody)

    attributes = cookie(answer, "__Host-console").split("; ")[1:]
    assert set(attributes) == {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}
    assert is_in(secure_client)


def test_a_form_from_plain_http_is_refused_where_people_come_by_https(secure_client, somebody):
    answer = sign_in(secure_client, somebody)
    assert answer.status_code == 303

    refused = secure_client.post(
        "/console/account/sign-out",
        data={"csrf": secure_client.proof()},
        headers={"Origin": "http://localhost"},
    )

    assert refused.status_code == 403


def test_the_session_that_a_browser_had_before_is_over(app, client, somebody, world):
    sign_in(client, somebody)
    planted = client.get_cookie("console").value
    world.now += timedelta(minutes=1)

    answer = sign_in(client, somebody)

    assert token_of(answer) != planted
    thief = app.test_client()
    thief.set_cookie("console", planted)
    assert not is_in(thief)
    assert is_in(client)


def test_an_id_that_somebody_else_chose_is_never_taken_over(app, client, somebody):
    client.set_cookie("console", "chosen-by-somebody-else")

    answer = sign_in(client, somebody)

    assert token_of(answer) != "chosen-by-somebody-else"
    thief = app.test_client()
    thief.set_cookie("console", "chosen-by-somebody-else")
    assert not is_in(thief)


def test_a_code_is_good_once(app, client, somebody):
    code = somebody.code()
    assert sign_in(client, somebody, code=code).status_code == 303

    again = sign_in(app.test_client(), somebody, code=code)

    assert again.status_code == 422


def test_five_wrong_passwords_lock_even_the_right_one_out_for_a_while(client, somebody, world):
    for _ in range(5):
        sign_in(client, somebody, password="not the password")

    assert sign_in(client, somebody).status_code == 422
    world.now += timedelta(minutes=16)
    assert sign_in(client, somebody).status_code == 303


def test_one_address_may_not_guess_at_many_members(client, somebody, monkeypatch):
    monkeypatch.setattr(tries, "MOST", 3)
    for number in range(3):
        sign_in(client, somebody, login=f"guess{number}")

    answer = sign_in(client, somebody)

    assert answer.status_code == 429
    assert "试得太多" in answer.text
    assert not is_in(client)


def test_after_signing_in_one_stays_in_the_console(client, somebody):
    evil = "https://evil.example/"
    assert evil not in client.get(PLACE, query_string={"next": evil}).text

    assert sign_in(client, somebody, next=evil).location == "/console/"


def test_one_comes_to_the_page_that_one_wanted(client, somebody):
    stopped = client.get("/console/account/?x=1")
    assert stopped.location == "/console/sign-in?next=/console/account/"

    page = client.get(stopped.location).text
    next_ = re.search(r'name="next" value="([^"]+)"', page)[1]

    assert sign_in(client, somebody, next=next_).location == "/console/account/"


def test_the_form_must_come_from_the_browser_that_fetched_it(app, client, somebody):
    other = proof_of(app.test_client())

    assert sign_in(client, somebody, csrf=other).status_code == 403
    assert sign_in(client, somebody, csrf="").status_code == 403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", f"{ORIGIN}.evil.example", f"{ORIGIN}:8080"]
)
def test_a_form_that_was_elsewhere_is_refused(client, somebody, origin):
    proof = proof_of(client)
    form = {"login": somebody.login, "password": somebody.password, "code": somebody.code()}

    answer = client.post(PLACE, data=form | {"csrf": proof}, headers={"Origin": origin})

    assert answer.status_code == 403
    assert 'data-code="form_expired"' in answer.text


def test_the_log_holds_no_session_id_no_password_and_no_code(client, somebody, capsys, caplog):
    token = token_of(sign_in(client, somebody))
    client.get("/console/account/")
    client.get("/console/nothing-here")

    said = capsys.readouterr()
    text = said.out + said.err + caplog.text
    for secret in (token, sessions.handle_of(token), somebody.password, somebody.code()):
        assert secret not in text
