"""An invitation lets one member in once, within three days, with the telephone at hand."""

from datetime import timedelta
from urllib.parse import unquote

import pyotp
import pytest
from sqlalchemy import select

from core.audit.trail import Entry
from core.db import Reading, Writing
from core.staff import administration, members
from core.staff.administration import OPERATOR
from core.staff.errors import (
    DepartmentNotKnownError,
    FactorRefusedError,
    InvitationNotFoundError,
    LoginRefusedError,
    LoginTakenError,
    NameRefusedError,
    NoRoleError,
    NotPermittedError,
)
from core.staff.invitations import LASTS, Invitation
from core.staff.members import Member, MemberState
from core.staff.roles import Role
from tests.core.given import NOW, at_once
from tests.core.staff.conftest import STEP, VAULT, accept, invite, look


def test_who_accepts_is_at_work_in_the_roles_of_the_invitation(database):
    somebody = accept(invite("li.hua", Role.REVIEWER, Role.AUDITOR))

    assert somebody.staff.roles == {Role.REVIEWER, Role.AUDITOR}
    assert somebody.row().state is MemberState.ACTIVE
    assert somebody.sign_in()
    with Reading() as session:
        acts = session.execute(select(Entry.actor, Entry.action).order_by(Entry.id)).all()
    assert [tuple(act) for act in acts[:2]] == [
        ("cli", "invite"),
        (somebody.staff.actor, "accept_invitation"),
    ]


def test_an_invitation_shows_whom_it_is_for_and_what_to_scan(database):
    shown = look(invite("li.hua", name="李华"))

    assert (shown.login, shown.name) == ("li.hua", "李华")
    scanned = pyotp.parse_uri(shown.address)
    assert scanned.secret == shown.secret
    assert unquote(shown.address).startswith("otpauth://totp/信用昆明:li.hua?")


def test_neither_code_nor_secret_stands_in_the_database(database):
    code = invite()
    secret = look(code).secret

    with Reading() as session:
        (kept,) = session.scalars(select(Invitation))
        (member,) = session.scalars(select(Member))
    assert len(code) == 16  # of 32 letters: 80 bits
    assert code not in (kept.code_hash, member.totp_sealed)
    assert secret not in member.totp_sealed
    assert VAULT.open(member.totp_sealed, members.TOTP) == secret


def test_an_invitation_is_good_once_whoever_is_first(database):
    code = invite()
    factor = pyotp.TOTP(look(code).secret).at(NOW)

    def try_it():
        try:
            return accept(code, factor=factor)
        except InvitationNotFoundError:
            return None

    assert sum(one is not None for one in at_once(4, try_it)) == 1
    with pytest.raises(InvitationNotFoundError):
        look(code)


def test_an_invitation_is_over_after_three_days(database):
    code = invite()

    look(code, now=NOW + LASTS - STEP)
    with pytest.raises(InvitationNotFoundError):
        look(code, now=NOW + LASTS)
    with pytest.raises(InvitationNotFoundError):
        look("0" * 16)


def test_a_wrong_code_leaves_the_invitation_open(database):
    code = invite()

    with pytest.raises(FactorRefusedError):
        accept(code, factor="000000")

    assert accept(code).sign_in()


def test_a_login_is_given_to_one_only(database):
    invite("li.hua")

    with pytest.raises(LoginTakenError):
        invite("LI.HUA")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"login": "李华"}, LoginRefusedError),
        ({"login": "x"}, LoginRefusedError),
        ({"name": " "}, NameRefusedError),
        ({"name": "李" * 51}, NameRefusedError),
        ({"name": "李\n华"}, NameRefusedError),
        ({"department_id": 999}, DepartmentNotKnownError),
    ],
)
def test_what_cannot_be_is_refused(database, given, error):
    with pytest.raises(error):
        invite(**given)


def test_a_member_needs_a_role(database):
    newcomer = administration.Newcomer("li.hua", "李华", frozenset())

    with Writing() as session, pytest.raises(NoRoleError):
        administration.invite(session, VAULT, OPERATOR, newcomer=newcomer, now=NOW)


@pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR})
def test_only_an_administrator_invites(database, role):
    with pytest.raises(NotPermittedError):
        invite(by=members.Staff(7, "李华", frozenset({role})))


def test_a_second_invitation_makes_the_first_void(hire):
    code = invite("zhao")
    with Writing() as session:
        member_id = administration.by_login(session, "zhao").id
    with Writing() as session:
        later = NOW + timedelta(hours=1)
        again = administration.reset(session, VAULT, OPERATOR, member_id=member_id, now=later)

    with pytest.raises(InvitationNotFoundError):
        look(code)
    assert accept(again).sign_in()
