"""The pages of people and roles: who manages whom, and the link that is shown once."""

import re

import pytest

from core import departments
from core.db import Reading, Writing
from core.staff import administration, invitations, members
from core.staff.members import MemberState
from core.staff.roles import Role

FORM = {"login": "li.hua", "name": "李华", "role": "reviewer", "department": ""}


@pytest.fixture
def admin(enter):
    return enter(Role.ADMINISTRATOR)


def by_login(login):
    with Reading() as session:
        return administration.by_login(session, login)


def link(answer):
    return re.search(r"http://localhost/console/invitation/(\w{16})<", answer.text)[1]


def test_a_colleague_is_invited_and_the_link_is_shown_once(admin, parts, world):
    answer = admin.send("/console/members/invite", **FORM)

    assert answer.status_code == 200
    with Reading() as session:
        shown = invitations.look(session, parts.vault, link(answer), now=world.now)
    assert (shown.login, shown.name) == ("li.hua", "李华")
    listed = admin.get("/console/members/").text
    assert "李华" in listed
    assert "复核" in listed
    assert "已邀请" in listed
    assert link(answer) not in listed
    assert link(answer) not in admin.get(f"/console/members/{by_login('li.hua').id}").text


def test_several_roles_and_a_department_are_given_with_the_invitation(admin):
    with Writing() as session:
        department_id = departments.known(session, "昆明市应急管理局", None)

    form = FORM | {"role": ["reviewer", "case_handler", "king"], "department": "昆明市应急管理局"}
    assert admin.send("/console/members/invite", data=form).status_code == 200

    member = by_login("li.hua")
    assert member.granted == {Role.REVIEWER, Role.CASE_HANDLER}
    assert member.department_id == department_id
    assert "昆明市应急管理局" in admin.get("/console/members/").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"login": "李"}, "登录名要"),
        ({"login": "staff1"}, "已经有人用过"),
        ({"name": ""}, "姓名要"),
        ({"role": ""}, "至少要有一个角色"),
        ({"department": "没有的局"}, "没有这个部门"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays_filled_in(admin, wrong, words):
    answer = admin.send("/console/members/invite", data=FORM | {"name": "李华"} | wrong)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="' + (FORM | wrong)["login"] in answer.text


def test_a_name_is_shown_as_text_whatever_stands_in_it(admin):
    form = FORM | {"name": "<script>alert(1)</script>"}

    for page in (admin.send("/console/members/invite", data=form), admin.get("/console/members/")):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;" in page.text


@pytest.fixture
def li(hire):
    return hire(Role.REVIEWER)


def row(staff):
    with Reading() as session:
        return administration.by_id(session, staff.id)


def test_roles_are_changed(admin, li):
    answer = admin.send(f"/console/members/{li.id}/roles", role=["auditor", "supervisor"])

    assert answer.status_code == 303
    assert row(li).granted == {Role.AUDITOR, Role.SUPERVISOR}
    assert "角色已更改" in admin.get(answer.location).text


def test_a_member_is_moved_to_a_department(admin, li):
    with Writing() as session:
        department_id = departments.known(session, "昆明市应急管理局", None)

    admin.send(f"/console/members/{li.id}/department", department="昆明市应急管理局")
    assert row(li).department_id == department_id
    assert "昆明市应急管理局" in admin.get(f"/console/members/{li.id}").text

    answer = admin.send(f"/console/members/{li.id}/department", department="没有的局")
    assert answer.status_code == 409
    assert "没有这个部门" in answer.text


def test_who_is_switched_off_is_out_at_once(admin, enter):
    browser = enter(Role.REVIEWER)

    admin.send(f"/console/members/{browser.staff.id}/disable")

    assert row(browser.staff).state is MemberState.DISABLED
    assert browser.get("/console/").status_code == 303
    page = admin.get(f"/console/members/{browser.staff.id}").text
    assert "已停用" in page
    assert "/disable" not in page


def test_a_reset_shows_a_new_link_once(admin, enter, parts, world):
    browser = enter(Role.REVIEWER)

    answer = admin.send(f"/console/members/{browser.staff.id}/reset")

    assert browser.get("/console/").status_code == 303
    with Reading() as session:
        shown = invitations.look(session, parts.vault, link(answer), now=world.now)
        assert shown.name == browser.staff.name
        assert members.still(session, browser.staff.id, epoch=0) is None


def test_nobody_changes_their_own_access(admin):
    mine = admin.staff.id
    assert "/disable" not in admin.get(f"/console/members/{mine}").text

    for deed in ("roles", "disable", "reset", "department"):
        answer = admin.send(f"/console/members/{mine}/{deed}", role="administrator")
        assert answer.status_code == 409
        assert "由另一位管理员办理" in answer.text


def test_who_is_not_there_is_not_found(admin):
    assert admin.get("/console/members/999").status_code == 404
    for deed in ("roles", "disable", "reset", "department"):
        assert admin.send(f"/console/members/999/{deed}", role="auditor").status_code == 404


def test_a_member_who_is_locked_out_is_shown_as_such(admin, li, world):
    with Writing() as session:
        administration.by_id(session, li.id).locked_until = world.now.replace(hour=23)

    assert "锁定到" in admin.get("/console/members/").text
