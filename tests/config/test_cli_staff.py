"""`./xinyong staff`: how the first administrator gets in, and how the others are managed."""

import re

import pytest

from config import settings
from core import db, departments
from core.audit.trail import Entry
from core.staff import invitations


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def invited(typed):
    """Invite somebody; return what was said."""

    def invite(login="admin", name="管理员", *words):
        code, said, wrong = typed("staff", "invite", login, name, *words)
        assert (code, wrong) == (0, "")
        return said

    return invite


ADMIN = ("--role", "administrator")


def test_the_first_administrator_gets_a_link_that_is_good(invited, database):
    said = invited("admin", "管理员", *ADMIN)

    code = re.search(r"/console/invitation/(\S+)", said)[1]
    assert "只显示这一次，3 天内有效" in said
    vault = settings.read().vault
    db.bind(database.engine)
    with db.Reading() as session:
        entry = session.query(Entry).one()
        shown = invitations.look(session, vault, code, now=entry.at)
    assert (entry.actor, entry.action) == ("cli", "invite")
    assert shown.name == "管理员"


def test_members_are_listed_with_what_they_are(typed, invited, database):
    assert "./xinyong staff invite admin" in typed("staff", "list")[1]
    db.bind(database.engine)
    with db.Writing() as session:
        departments.known(session, "昆明市应急管理局", None)
    invited("admin", "管理员", *ADMIN)
    roles = ("--role", "reviewer", "--role", "case_handler")
    invited("li.hua", "李华", *roles, "--department", "昆明市应急管理局")

    said = typed("staff", "list")[1].splitlines()

    assert said == [
        "admin  管理员  信用中心  管理员  已邀请",
        "li.hua  李华  昆明市应急管理局  办件经办、复核  已邀请",
    ]


def test_roles_are_changed_and_a_member_is_switched_off_and_invited_again(typed, invited):
    first = invited("li.hua", "李华", "--role", "reviewer")

    assert typed("staff", "roles", "li.hua", "--role", "auditor")[1] == "li.hua：审计\n"
    assert typed("staff", "disable", "li.hua")[1] == "li.hua：已停用\n"
    code, again, _ = typed("staff", "reset", "li.hua")

    assert code == 0
    assert "/console/invitation/" in again
    assert first != again
    assert "已邀请" in typed("staff", "list")[1]


def test_what_is_refused_is_said_in_words(typed, invited):
    invited("admin", "管理员", *ADMIN)

    assert "已经有人用过" in typed("staff", "invite", "admin", "李华", *ADMIN)[2]
    assert "登录名要" in typed("staff", "invite", "李华", "李华", *ADMIN)[2]
    assert "没有这个部门" in typed("staff", "invite", "li", "李", *ADMIN, "--department", "无")[2]
    assert "没有这位" in typed("staff", "disable", "nobody")[2]
    assert "没有 boss" in typed("staff", "invite", "li", "李", "--role", "boss")[2]
    assert typed("staff", "invite", "li", "李")[0] == 2
