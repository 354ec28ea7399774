"""Members of the staff: one row each. Whoever leaves is switched off, never deleted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, BigId, PrimaryKey
from core.departments import Department
from core.staff import roles as table
from core.staff.errors import NotPermittedError
from core.staff.roles import Deed, Role

TOTP = "staff_members.totp"  # the column that the secret of the second factor is sealed for


class MemberState(StrEnum):
    """Whether a member may sign in; of one who is only invited no password is known yet."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class Member(Base):
    """One member of the staff.

    Without `department_id` one works for this platform; else for that department, and sees what is
    that department's alone. `roles` are joined by spaces. `totp_step` is the last step of the
    second factor that was used: none is good twice. Sessions of an older `epoch` are over.
    """

    __tablename__ = "staff_members"

    id: Mapped[PrimaryKey]
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    roles: Mapped[str]
    department_id: Mapped[BigId | None] = mapped_column(ForeignKey(Department.id))
    state: Mapped[MemberState]
    password_hash: Mapped[str | None]
    totp_sealed: Mapped[str | None]
    totp_step: Mapped[BigId | None]
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    epoch: Mapped[int]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def granted(self) -> frozenset[Role]:
        """Return the roles of this member."""
        return frozenset(map(Role, self.roles.split()))


@dataclass(frozen=True)
class Staff:
    """Who is at work: what core functions are told of a member of the staff."""

    id: int
    name: str
    roles: frozenset[Role]
    department_id: int | None = None

    @property
    def actor(self) -> str:
        """Return how the trail names this member."""
        return f"staff:{self.id}"

    def may(self, deed: Deed) -> bool:
        """Say whether this member may do this."""
        return table.may(self.roles, deed)

    def demand(self, deed: Deed) -> None:
        """Raise NotPermittedError unless this member may do this."""
        if not self.may(deed):
            raise NotPermittedError


def at_work(member: Member) -> Staff:
    """Return a member as core functions take it."""
    return Staff(member.id, member.name, member.granted, member.department_id)


def still(session: Session, staff_id: int, *, epoch: int) -> Staff | None:
    """Return a member whose sessions of this epoch are not over."""
    member = session.get(Member, staff_id)
    is_good = member and member.state is MemberState.ACTIVE and member.epoch == epoch
    return at_work(member) if member and is_good else None


def names(session: Session, ids: set[int]) -> dict[int, str]:
    """Return the names of members by their ids."""
    named = select(Member.id, Member.name).where(Member.id.in_(sorted(ids)))
    return {row.id: row.name for row in session.execute(named)}
