"""Whoever holds an invitation sets a password, ties a telephone to it, and can sign in."""

import html
import re

import pyotp
import pytest

from core.db import Reading, Writing
from core.staff import administration, invitations
from core.staff.administration import OPERATOR, Newcomer
from core.staff.members import MemberState
from core.staff.roles import Role
from tests.console.conftest import PASSWORD


@pytest.fixture
def invite(database, parts, world):
    def invite(name="李华"):
        newcomer = Newcomer("li.hua", name, frozenset([Role.REVIEWER]))
        with Writing() as session:
            return administration.invite(
                session, parts.vault, OPERATOR, newcomer=newcomer, now=world.now
            )

    return invite


@pytest.fixture
def secret(parts, world):
    def secret(code):
        with Reading() as session:
            return invitations.look(session, parts.vault, code, now=world.now).secret

    return secret


@pytest.fixture
def submit(client, secret, world):
    """Fill in the form as the page asks; say what is to be different."""

    def submit(invited, **others):
        page = client.get(f"/console/invitation/{invited}")
        proof = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]
        form = {"password": PASSWORD, "again": PASSWORD, "csrf": html.unescape(proof)}
        form["code"] = pyotp.TOTP(secret(invited)).at(world.now)
        return client.post(f"/console/invitation/{invited}", data=form | others)

    return submit


def state():
    with Reading() as session:
        return administration.by_login(session, "li.hua").state


def test_the_page_shows_who_is_invited_and_a_picture_to_scan(client, invite, secret):
    code = invite()

    page = client.get(f"/console/invitation/{code}")

    assert page.status_code == 200
    assert "李华，欢迎" in page.text
    assert "li.hua" in page.text
    assert "<svg" in page.text
    assert secret(code) in page.text.replace(" ", "")
    assert page.headers["Cache-Control"] == "no-store"
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]
    assert "style=" not in page.text


def test_who_accepts_can_sign_in(submit, invite):
    answer = submit(invite())

    assert answer.status_code == 200
    assert "可以登录了" in answer.text
    assert state() is MemberState.ACTIVE


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"again": "别的一句话别的一句话别的"}, "两次输入的密码不一样"),
        ({"password": "太短了", "again": "太短了"}, "密码要 12 到 200 个字符"),
        ({"code": "000000"}, "动态码不对"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(submit, invite, others, words):
    code = invite()

    answer = submit(code, **others)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert PASSWORD not in answer.text
    assert state() is MemberState.INVITED
    assert submit(code).status_code == 200


def test_a_form_that_was_not_fetched_here_is_refused(client, invite):
    code = invite()

    answer = client.post(f"/console/invitation/{code}", data={"password": PASSWORD})

    assert answer.status_code == 403
    assert state() is MemberState.INVITED


def test_an_invitation_that_was_used_is_nobodys(client, submit, invite):
    code = invite()
    submit(code)

    for odd in (code, "0" * 16, "%00", "x" * 300):
        answer = client.get(f"/console/invitation/{odd}")
        assert answer.status_code in {400, 404}
        assert "<svg" not in answer.text


def test_a_code_is_forgiven_how_it_was_typed(client, invite):
    code = invite()

    typed = "-".join(re.findall("....", code.lower()))
    assert client.get(f"/console/invitation/{typed}").status_code == 200


def test_a_name_is_shown_as_text(client, invite):
    page = client.get(f"/console/invitation/{invite('<b>李</b>')}")

    assert "<b>李" not in page.text
