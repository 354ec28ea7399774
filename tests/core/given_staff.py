"""What tests of the staff's work begin with: members."""

from sqlalchemy import func, select

from core.db import Writing
from core.staff import members
from core.staff.members import Member, MemberState
from tests.core.given import NOW


def member(login, name, *roles, now=NOW, **others):
    """Return a row of somebody in these roles who can work."""
    row = {
        "login": login,
        "name": name,
        "roles": " ".join(roles),
        "state": MemberState.ACTIVE,
        "failures": 0,
        "epoch": 0,
        "created_at": now,
        "changed_at": now,
    }
    return Member(**row | others)


def hired(*roles, department_id=None, now=NOW):
    """Hire somebody in these roles, of the platform or of a department."""
    with Writing() as session:
        count = session.scalar(select(func.count()).select_from(Member))
        names = f"staff{count + 1}", f"工作人员{count + 1}"
        row = member(*names, *roles, department_id=department_id, now=now)
        session.add(row)
        session.flush()
        return members.at_work(row)
