"""What tests of the staff begin with: an administrator, and somebody who is at work."""

from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest

from core.db import Reading, Writing
from core.staff import administration, entry, invitations, members, passwords
from core.staff.administration import OPERATOR, Newcomer
from core.staff.members import Member, Staff
from core.staff.roles import Role
from core.vault import Vault
from tests.core.given import NOW

VAULT = Vault({"k1": b"v" * 32}, (b"h" * 32,))
PASSWORD = "五华区翠湖的春天来了很多海鸥"
STEP = timedelta(seconds=30)


@dataclass
class Somebody:
    """One of the staff with their telephone."""

    login: str
    staff: Staff
    secret: str
    password: str = PASSWORD

    def code(self, now=NOW):
        return pyotp.TOTP(self.secret).at(now)

    def row(self):
        with Reading() as session:
            return session.get_one(Member, self.staff.id)

    def sign_in(self, *, password=None, code=None, now=NOW + STEP):
        with Reading() as session:
            known = entry.find(session, self.login)
        checked = entry.check(known, password or self.password)
        return settle(checked, code or self.code(now), now=now)


def settle(checked, code, *, now=NOW + STEP):
    with Writing() as session:
        return entry.sign_in(session, VAULT, checked, code=code, now=now)


def invite(login="li.hua", *roles, name="李华", department_id=None, by=OPERATOR, now=NOW):
    granted = frozenset(roles or [Role.CASE_HANDLER])
    newcomer = Newcomer(login, name, granted, department_id)
    with Writing() as session:
        return administration.invite(session, VAULT, by, newcomer=newcomer, now=now)


def look(code, *, now=NOW):
    with Reading() as session:
        return invitations.look(session, VAULT, code, now=now)


def accept(code, *, factor=None, password=PASSWORD, now=NOW):
    shown = look(code, now=now)
    kept = passwords.new(password, login=shown.login)
    factor = factor or pyotp.TOTP(shown.secret).at(now)
    with Writing() as session:
        invitations.accept(session, VAULT, code, password=kept, factor=factor, now=now)
    with Reading() as session:
        member = administration.by_login(session, shown.login)
    return Somebody(shown.login, members.at_work(member), shown.secret, password)


@pytest.fixture
def hire(database):
    """Invite somebody, who accepts."""

    def hire(login="li.hua", *roles, **others):
        return accept(invite(login, *roles, **others))

    return hire
