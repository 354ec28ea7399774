"""Signing in and out: one form, a new session every time, and no way around it."""

import re
from datetime import timedelta

import pytest

from console import sessions, tries
from core.db import Writing
from core.staff import administration
from core.staff.roles import Role
from tests.console.conftest import ORIGIN

PLACE = "/console/sign-in"


@pytest.fixture
def somebody(member):
    return member("li.hua", Role.AUDITOR)


def proof_of(client):
    return re.search(r'name="csrf" value="([^"]+)"', client.get(PLACE).text)[1]


def sign_in(client, who, **changed):
    form = {"login": who.login, "password": who.password, "code": who.code()}
    return client.post(PLACE, data=form | {"csrf": proof_of(client)} | changed)


def cookie(answer, name="console"):
    found = [held for held in answer.headers.getlist("Set-Cookie") if held.startswith(f"{name}=")]
    return found[0] if found else None


def token_of(answer):
    return cookie(answer).partition("=")[2].partition(";")[0]


def is_in(client):
    return client.get("/console/").status_code == 200


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


def test_redis_holds_no_id_that_opens_anything(client, somebody, redis):
    token = token_of(sign_in(client, somebody))

    held = b"".join(key + (redis.dump(key) or b"") for key in redis.keys("*"))
    assert token.encode() not in held
    assert sessions.handle_of(token).encode() in held


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


def test_signing_out_ends_the_session_for_every_copy_of_it(app, client, somebody):
    token = token_of(sign_in(client, somebody))

    answer = client.send("/console/account/sign-out")

    assert cookie(answer).startswith("console=; Expires=")
    copy = app.test_client()
    copy.set_cookie("console", token)
    assert not is_in(copy)


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


@pytest.mark.parametrize("deed", ["disable", "reset"])
def test_a_session_dies_when_an_administrator_says_so(client, somebody, member, parts, deed):
    boss = member("boss", Role.ADMINISTRATOR).staff
    sign_in(client, somebody)
    assert is_in(client)

    with Writing() as session:
        now, who = parts.clock(), somebody.staff.id
        if deed == "disable":
            administration.disable(session, boss, who, now=now)
        else:
            administration.reset(session, parts.vault, boss, member_id=who, now=now)

    assert not is_in(client)


def test_other_roles_are_in_force_at_the_next_request(client, member, parts):
    boss, somebody = member("boss", Role.ADMINISTRATOR), member("li.hua", Role.ADMINISTRATOR)
    sign_in(client, somebody)
    assert client.get("/console/jobs/").status_code == 200

    with Writing() as session:
        who, roles = somebody.staff.id, {Role.AUDITOR}
        administration.set_roles(session, boss.staff, who, roles=roles, now=parts.clock())

    assert client.get("/console/jobs/").status_code == 403


def test_changing_the_password_ends_every_other_session_and_this_one_goes_on(
    app, client, somebody, world
):
    sign_in(client, somebody)
    world.now += timedelta(minutes=1)
    elsewhere = app.test_client()
    sign_in(elsewhere, somebody)
    before = client.get_cookie("console").value

    anew = "滇池边的红嘴鸥又回来了很多只"
    form = {"current": somebody.password, "new": anew, "again": anew}
    answer = client.send("/console/account/password", **form)

    assert answer.status_code == 303
    assert "密码已更改" in client.get("/console/account/").text
    assert client.get_cookie("console").value != before
    assert not is_in(elsewhere)
    world.now += timedelta(minutes=1)
    assert sign_in(elsewhere, somebody).status_code == 422
    assert sign_in(elsewhere, somebody, password=anew).status_code == 303


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"current": "not the password"}, "现在的密码不对"),
        ({"new": "short", "again": "short"}, "密码要 12 到 200 个字符"),
        ({"again": "something else altogether"}, "两次输入的新密码不一样"),
    ],
)
def test_a_password_is_not_changed_unless_all_is_right(client, somebody, changed, said):
    sign_in(client, somebody)
    anew = "滇池边的红嘴鸥又回来了很多只"
    form = {"current": somebody.password, "new": anew, "again": anew}

    answer = client.send("/console/account/password", **(form | changed))

    assert answer.status_code == 422
    assert said in answer.text
    assert is_in(client)


def test_my_sessions_are_listed_and_ended_one_by_one_or_all_others(app, client, somebody, world):
    sign_in(client, somebody)
    others = []
    for _ in range(3):
        world.now += timedelta(minutes=1)
        others.append(app.test_client())
        sign_in(others[-1], somebody)

    page = client.get("/console/account/").text
    assert page.count("结束</button>") == 4
    handle = sessions.handle_of(others[0].get_cookie("console").value)

    client.send("/console/account/sessions/end", session=handle)
    assert [is_in(one) for one in others] == [False, True, True]

    client.send("/console/account/sessions/end-others")
    assert [is_in(one) for one in others] == [False, False, False]
    assert is_in(client)


def test_nobody_ends_the_session_of_another(client, somebody, enter):
    token = token_of(sign_in(client, somebody))

    enter(Role.ADMINISTRATOR).send(
        "/console/account/sessions/end", session=sessions.handle_of(token)
    )

    assert is_in(client)


def test_an_idle_session_is_over_after_half_an_hour(enter, world):
    browser = enter(Role.AUDITOR)
    for _ in range(3):
        world.now += timedelta(minutes=29)
        assert is_in(browser)

    world.now += timedelta(minutes=30)

    assert not is_in(browser)


def test_no_session_lasts_longer_than_a_shift(enter, world):
    browser = enter(Role.AUDITOR)
    for _ in range(12 * 60 // 20 - 1):
        world.now += timedelta(minutes=20)
        assert is_in(browser)

    world.now += timedelta(minutes=20)

    assert not is_in(browser)


def test_redis_forgets_a_session_by_itself(client, somebody, redis):
    token = token_of(sign_in(client, somebody))

    assert 0 < redis.ttl(f"console:session:{sessions.handle_of(token)}") <= 30 * 60


def test_a_session_that_was_ended_meanwhile_is_not_written_again(redis, world):
    token, kept = sessions.open_(redis, (1, 0), browser="x", address="x", now=world.now)
    sessions.end(redis, kept)

    redis.set("console:session:" + kept.handle, "x", xx=True)

    assert sessions.find(redis, token, now=world.now) is None


def test_the_log_holds_no_session_id_no_password_and_no_code(client, somebody, capsys, caplog):
    token = token_of(sign_in(client, somebody))
    client.get("/console/account/")
    client.get("/console/nothing-here")

    said = capsys.readouterr()
    text = said.out + said.err + caplog.text
    for secret in (token, sessions.handle_of(token), somebody.password, somebody.code()):
        assert secret not in text
