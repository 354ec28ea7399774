"""Administration (人员管理): who is invited, in which roles, for which department, and who is out.

The last administrator cannot be taken away, and nobody decides on their own access.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.audit import trail
from core.db import insert
from core.departments import Department
from core.staff import invitations
from core.staff.errors import (
    DepartmentNotKnownError,
    LastAdministratorError,
    LoginTakenError,
    MemberNotFoundError,
    NoRoleError,
    OwnAccessError,
)
from core.staff.logins import new_login, new_name, read_login
from core.staff.members import Member, MemberState, Staff
from core.staff.roles import Deed, Role
from core.vault import Vault


class _Operator(Staff):
    @property
    def actor(self) -> str:
        return "cli"


# Whoever may type commands on the machine: that is how the first administrator gets in.
OPERATOR = _Operator(0, "命令行", frozenset({Role.ADMINISTRATOR}))


@dataclass(frozen=True)
class Newcomer:
    """Who is to be invited; without a department one works for the platform."""

    login: str
    name: str
    roles: frozenset[Role]
    department_id: int | None = None


def everyone(session: Session) -> Sequence[Member]:
    """List all that are or were members, by their logins."""
    return session.scalars(select(Member).order_by(Member.login)).all()


def by_login(session: Session, login: str) -> Member:
    """Return a member. Raises MemberNotFoundError."""
    found = session.scalar(select(Member).where(Member.login == read_login(login)))
    if found is None:
        raise MemberNotFoundError
    return found


def by_id(session: Session, member_id: int) -> Member:
    """Return a member. Raises MemberNotFoundError."""
    found = session.get(Member, member_id)
    if found is None:
        raise MemberNotFoundError
    return found


def invite(session: Session, vault: Vault, by: Staff, *, newcomer: Newcomer, now: datetime) -> str:
    """Invite somebody new; return the code of the invitation, which is told once.

    Raises NotPermittedError, LoginRefusedError, NameRefusedError, NoRoleError,
    DepartmentNotKnownError, LoginTakenError.
    """
    by.demand(Deed.MANAGE_STAFF)
    row = {
        "login": new_login(newcomer.login),
        "name": new_name(newcomer.name),
        "roles": _joined(newcomer.roles),
        "department_id": _department(session, newcomer.department_id),
        "state": MemberState.INVITED,
        "failures": 0,
        "epoch": 0,
        "created_at": now,
        "changed_at": now,
    }
    new = insert(session, Member).values(row).on_conflict_do_nothing()
    member = session.scalar(new.returning(Member))
    if member is None:
        raise LoginTakenError
    code = invitations.make(session, vault, member, now=now)
    _note(session, by, "invite", member=member, now=now)
    return code


def set_roles(
    session: Session, by: Staff, member_id: int, *, roles: Collection[Role], now: datetime
) -> None:
    """Give a member these roles instead of the former, at once.

    Raises NotPermittedError, OwnAccessError, MemberNotFoundError, NoRoleError,
    LastAdministratorError.
    """
    member = _held(session, by, member_id, keeps=Role.ADMINISTRATOR in roles)
    member.roles, member.changed_at = _joined(roles), now
    session.flush()
    _note(session, by, "set_roles", member=member, now=now)


def set_department(
    session: Session, by: Staff, member_id: int, *, department_id: int | None, now: datetime
) -> None:
    """Let a member work for a department, or for the platform, at once.

    Raises NotPermittedError, OwnAccessError, MemberNotFoundError, DepartmentNotKnownError.
    """
    member = _held(session, by, member_id, keeps=True)
    member.department_id, member.changed_at = _department(session, department_id), now
    session.flush()
    _note(session, by, "set_department", member=member, now=now)


def disable(session: Session, by: Staff, member_id: int, *, now: datetime) -> None:
    """Switch a member off: sessions and an open invitation are over at once.

    Raises NotPermittedError, OwnAccessError, MemberNotFoundError, LastAdministratorError.
    """
    member = _held(session, by, member_id, keeps=False)
    member.state, member.epoch, member.changed_at = MemberState.DISABLED, member.epoch + 1, now
    session.flush()
    invitations.withdraw(session, member.id)
    _note(session, by, "disable", member=member, now=now)


def reset(session: Session, vault: Vault, by: Staff, *, member_id: int, now: datetime) -> str:
    """Invite a member anew, who may have been switched off; return the code, told once.

    Password, second factor and sessions so far are void.
    Raises NotPermittedError, OwnAccessError, MemberNotFoundError.
    """
    member = _held(session, by, member_id, keeps=True)
    code = invitations.make(session, vault, member, now=now)
    _note(session, by, "reset", member=member, now=now)
    return code


def _held(session: Session, by: Staff, member_id: int, *, keeps: bool) -> Member:
    """Return a member to change, locked; with `keeps` an administrator stays one."""
    by.demand(Deed.MANAGE_STAFF)
    if by.id == member_id:
        raise OwnAccessError
    # All that are at work are locked in one order: two administrators cannot remove each other.
    meant = or_(Member.id == member_id, Member.state == MemberState.ACTIVE)
    locked = select(Member).where(meant).order_by(Member.id).with_for_update()
    rows = session.scalars(locked.execution_options(populate_existing=True))
    found = {one.id: one for one in rows}
    if member_id not in found:
        raise MemberNotFoundError
    member = found.pop(member_id)
    if not keeps and _manages(member) and not any(map(_manages, found.values())):
        raise LastAdministratorError
    return member


def _manages(member: Member) -> bool:
    return member.state is MemberState.ACTIVE and Role.ADMINISTRATOR in member.granted


def _joined(roles: Collection[Role]) -> str:
    if not roles:
        raise NoRoleError
    return " ".join(sorted(set(roles)))


def _department(session: Session, department_id: int | None) -> int | None:
    if department_id is not None and session.get(Department, department_id) is None:
        raise DepartmentNotKnownError
    return department_id


def _note(session: Session, by: Staff, action: str, *, member: Member, now: datetime) -> None:
    detail = {str(role): 1 for role in member.granted}
    if member.department_id:
        detail["department"] = member.department_id
    act = trail.Act(by.actor, "staff", action, f"staff:{member.id}", detail)
    trail.note(session, act, now=now)
