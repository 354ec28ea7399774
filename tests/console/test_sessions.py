"""Sessions: how they begin, how long they last, and who ends them."""

from datetime import timedelta

import pytest
from redis import Redis

from console import sessions
from core.db import Writing
from core.staff import administration
from core.staff.roles import Role
from tests.console.signed import cookie, is_in, sign_in, token_of


def test_redis_holds_no_id_that_opens_anything(client, somebody, redis):
    token = token_of(sign_in(client, somebody))

    held = b"".join(key + (redis.dump(key) or b"") for key in redis.keys("*"))
    assert token.encode() not in held
    assert sessions.handle_of(token).encode() in held


def test_signing_out_ends_the_session_for_every_copy_of_it(app, client, somebody):
    token = token_of(sign_in(client, somebody))

    answer = client.send("/console/account/sign-out")

    assert cookie(answer).startswith("console=; Expires=")
    copy = app.test_client()
    copy.set_cookie("console", token)
    assert not is_in(copy)


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


class Late(Redis):
    """Loses what it has just read: somebody else ended the session in between."""

    def get(self, name):
        held = super().get(name)
        self.delete(name)
        return held


def test_a_session_that_was_ended_meanwhile_is_not_written_again(redis, valkey_url, world):
    token, kept = sessions.open_(redis, (1, 0), browser="x", address="x", now=world.now)

    with Late.from_url(valkey_url) as late:
        sessions.find(late, token, now=world.now + timedelta(minutes=2))

    assert sessions.find(redis, token, now=world.now) is None
    assert redis.exists(f"console:session:{kept.handle}") == 0
