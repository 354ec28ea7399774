"""Departments (数据来源单位): who decides, who reports, who holds a case."""

from enum import StrEnum

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, BigId, PrimaryKey, insert


class Level(StrEnum):
    """Whose department it is: of the state, the province, the city, a county, a zone (园区)."""

    STATE = "state"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"


class Department(Base):
    """One government body that decides on records or reports them.

    `successor_id` names the body that took over in the reform of 2018 and 2019 (机构改革).
    """

    __tablename__ = "departments"

    id: Mapped[PrimaryKey]
    uscc: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    level: Mapped[Level | None]
    district: Mapped[str | None]
    successor_id: Mapped[BigId | None] = mapped_column(ForeignKey("departments.id"))


def known(session: Session, name: str, uscc: str | None) -> int:
    """Return the id of a department, added if it is new; the name decides."""
    found = session.scalar(select(Department.id).where(Department.name == name))
    if found is not None:
        return found
    new = insert(session, Department).values(name=name, uscc=uscc or None).on_conflict_do_nothing()
    added: int | None = session.scalar(new.returning(Department.id))
    if added is not None:
        return added
    # Somebody else was faster, or the code is held under a former name. Without a code only the
    # name may decide: "no code" would match every department that has none.
    same = Department.name == name
    if uscc:
        same = same | (Department.uscc == uscc)
    first = (Department.name == name).desc()
    return session.scalars(select(Department.id).where(same).order_by(first)).first() or 0
