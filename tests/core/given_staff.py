"""What tests of the staff's work begin with: members."""

from sqlalchemy import func, select

from core.db import Writing
from core.staff import members
from core.staff.members import Member, MemberState
from tests.core.given import NOW


def hired(*roles, department_id=None):
    """Hire somebody in these roles, of the platform or of a department."""
    with Writing() as session:
        count = session.scalar(select(func.count()).select_from(Member))
        row = Member(
            login=f"staff{count}",
            name=f"工作人员{count}",
            roles=" ".join(roles),
            department_id=department_id,
            state=MemberState.ACTIVE,
            failures=0,
            epoch=0,
            created_at=NOW,
            changed_at=NOW,
        )
        session.add(row)
        session.flush()
        return members.at_work(row)
