"""Administrators decide on others' access, at once; never on their own, and one always stays."""

import pytest
from sqlalchemy import select

from core import departments
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.staff import administration, members
from core.staff.administration import OPERATOR
from core.staff.errors import (
    InvitationNotFoundError,
    LastAdministratorError,
    MemberNotFoundError,
    NoRoleError,
    NotPermittedError,
    OwnAccessError,
    StaffError,
)
from core.staff.members import MemberState
from core.staff.roles import Role
from tests.core.given import NOW, at_once
from tests.core.staff.conftest import STEP, VAULT, accept, invite, look

ADMIN = Role.ADMINISTRATOR


@pytest.fixture
def admin(hire):
    return hire("admin", ADMIN)


@pytest.fixture
def li(hire):
    return hire("li.hua", Role.CASE_HANDLER)


def set_roles(by, member_id, *roles):
    with Writing() as session:
        administration.set_roles(session, by, member_id, roles=roles, now=NOW)


def disable(by, member_id):
    with Writing() as session:
        administration.disable(session, by, member_id, now=NOW)


def reset(by, member_id):
    with Writing() as session:
        return administration.reset(session, VAULT, by, member_id=member_id, now=NOW)


def set_department(by, member_id, department_id):
    with Writing() as session:
        administration.set_department(session, by, member_id, department_id=department_id, now=NOW)


def still(somebody, epoch):
    with Reading() as session:
        return members.still(session, somebody.staff.id, epoch=epoch)


def test_other_roles_are_in_force_in_the_sessions_that_are_open(admin, li):
    epoch = li.sign_in().epoch

    set_roles(admin.staff, li.staff.id, Role.REVIEWER, Role.AUDITOR)

    assert still(li, epoch).roles == {Role.REVIEWER, Role.AUDITOR}
    with Reading() as session:
        act = session.scalars(select(Entry).where(Entry.action == "set_roles")).one()
    assert (act.actor, act.object) == (admin.staff.actor, li.staff.actor)
    assert act.facts == {"auditor": 1, "reviewer": 1}


def test_a_member_is_moved_to_a_department_and_back(admin, li):
    with Writing() as session:
        department_id = departments.known(session, "昆明市应急管理局", None)
    epoch = li.sign_in().epoch

    set_department(admin.staff, li.staff.id, department_id)
    assert still(li, epoch).department_id == department_id

    set_department(admin.staff, li.staff.id, None)
    assert still(li, epoch).department_id is None


def test_who_is_disabled_is_out_at_once(admin, li):
    epoch = li.sign_in().epoch

    disable(admin.staff, li.staff.id)

    assert still(li, epoch) is None
    assert li.row().state is MemberState.DISABLED
    assert li.sign_in(now=NOW + 4 * STEP) is None


def test_an_invitation_of_who_is_disabled_is_void(admin):
    code = invite("zhao")
    with Reading() as session:
        member_id = administration.by_login(session, "zhao").id

    disable(admin.staff, member_id)

    with pytest.raises(InvitationNotFoundError):
        look(code)


def test_after_a_reset_nothing_of_before_is_good(admin, li):
    epoch = li.sign_in().epoch

    code = reset(admin.staff, li.staff.id)

    assert still(li, epoch) is None
    assert li.sign_in(now=NOW + 4 * STEP) is None
    again = accept(code)
    assert again.secret != li.secret
    assert again.sign_in().staff == li.staff
    assert still(li, epoch) is None


def test_who_was_disabled_comes_back_by_a_reset(admin, li):
    disable(admin.staff, li.staff.id)

    assert accept(reset(admin.staff, li.staff.id)).sign_in()


def test_nobody_decides_on_their_own_access(admin, hire):
    hire("other", ADMIN)
    me, mine = admin.staff, admin.staff.id

    for change in (
        lambda: set_roles(me, mine, ADMIN, Role.REVIEWER),
        lambda: set_department(me, mine, None),
        lambda: disable(me, mine),
        lambda: reset(me, mine),
    ):
        with pytest.raises(OwnAccessError):
            change()


def test_the_last_administrator_stays(admin, hire):
    zhao = hire("zhao", ADMIN)
    disable(admin.staff, zhao.staff.id)

    with pytest.raises(LastAdministratorError):
        disable(OPERATOR, admin.staff.id)
    with pytest.raises(LastAdministratorError):
        set_roles(OPERATOR, admin.staff.id, Role.AUDITOR)
    set_roles(OPERATOR, admin.staff.id, ADMIN, Role.AUDITOR)


def test_the_last_administrator_who_lost_the_telephone_is_reset_on_the_machine(admin):
    assert accept(reset(OPERATOR, admin.staff.id)).sign_in()


def test_who_was_never_in_can_be_switched_off_though_an_administrator(database):
    invite("admin", ADMIN)
    with Reading() as session:
        member_id = administration.by_login(session, "admin").id

    disable(OPERATOR, member_id)


def test_two_administrators_cannot_remove_each_other_at_once(admin, hire):
    other = hire("other", ADMIN)
    pairs = [(admin.staff, other.staff.id), (other.staff, admin.staff.id)]

    def try_it():
        try:
            disable(*pairs.pop())
        except StaffError as refusal:
            return type(refusal)
        return None

    assert sorted(map(str, at_once(2, try_it))) == sorted(map(str, [None, LastAdministratorError]))


@pytest.mark.parametrize("role", set(Role) - {ADMIN})
def test_only_administrators_manage(admin, li, role):
    other = members.Staff(77, "赵", frozenset({role}))

    for change in (
        lambda: set_roles(other, li.staff.id, Role.REVIEWER),
        lambda: set_department(other, li.staff.id, None),
        lambda: disable(other, li.staff.id),
        lambda: reset(other, li.staff.id),
    ):
        with pytest.raises(NotPermittedError):
            change()


def test_who_is_not_there_is_not_found(admin):
    with pytest.raises(MemberNotFoundError):
        disable(admin.staff, 999)
    with Reading() as session, pytest.raises(MemberNotFoundError):
        administration.by_login(session, "nobody")


def test_somebody_without_any_role_is_refused(admin, li):
    with pytest.raises(NoRoleError):
        set_roles(admin.staff, li.staff.id)


def test_the_list_has_everybody_by_login(admin, li):
    with Reading() as session:
        assert [one.login for one in administration.everyone(session)] == ["admin", "li.hua"]
