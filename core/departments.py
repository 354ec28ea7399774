"""Departments (数据来源单位): who decides, who reports, who holds a case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ForeignKey, or_, select, update
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
    named = select(Department.id, Department.uscc).where(Department.name == name)
    if found := session.execute(named).one_or_none():
        department_id, code = found
        if uscc and code is None:
            _give_code(session, department_id, uscc)
        return int(department_id)
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


def _give_code(session: Session, department_id: int, uscc: str) -> None:
    """Give a department that was known by its name alone its code, unless somebody else has it."""
    other = select(Department.id).where(Department.uscc == uscc).exists()
    bare = Department.id == department_id, Department.uscc.is_(None), ~other
    session.execute(update(Department).where(*bare).values(uscc=uscc))


@dataclass(frozen=True)
class Succession:
    """One body of today and those whose tasks it took over."""

    name: str
    level: Level
    took_over: tuple[str, ...]
    district: str | None = None


def take_over(session: Session, successions: Iterable[Succession]) -> None:
    """Write down who took over from whom; what stands there already is left alone."""
    for one in successions:
        successor_id = known(session, one.name, None)
        facts = {"level": one.level, "district": one.district}
        for name, value in facts.items():
            column = getattr(Department, name)
            changed = Department.id == successor_id, column.is_distinct_from(value)
            session.execute(update(Department).where(*changed).values({name: value}))
        former = [known(session, name, None) for name in one.took_over]
        differs = Department.successor_id.is_distinct_from(successor_id)
        moved = update(Department).where(Department.id.in_(former), differs)
        session.execute(moved.values(successor_id=successor_id))


def with_predecessors(session: Session, department_id: int) -> list[int]:
    """Return a department and all that it took over, directly or not."""
    line = select(Department.id).where(Department.id == department_id).cte("line", recursive=True)
    line = line.union(select(Department.id).where(Department.successor_id == line.c.id))
    return list(session.scalars(select(line.c.id)))


def successors(session: Session) -> Mapping[int, int]:
    """Return of every department the body that has its tasks today; of most that is itself."""
    next_one = {row.id: row.successor_id for row in session.execute(_NEXT)}
    return {one: _last(one, next_one) for one in next_one}


_NEXT = select(Department.id, Department.successor_id)


def _last(one: int, next_one: Mapping[int, int | None]) -> int:
    seen = {one}
    while (after := next_one[one]) is not None and after not in seen:
        seen.add(after)
        one = after
    return one


def listing(
    session: Session, *, limit: int, after: int = 0, district: str | None = None
) -> Sequence[Department]:
    """List departments in the order of their ids, those of one district if so wanted."""
    found = select(Department).where(Department.id > after).order_by(Department.id).limit(limit)
    if district is not None:
        found = found.where(Department.district == district)
    return session.scalars(found).all()


def named(session: Session, name: str) -> int | None:
    """Return the id of the department of this name, if there is one."""
    return session.scalar(select(Department.id).where(Department.name == name.strip()))


def name(session: Session, department_id: int | None) -> str | None:
    """Return how a department is called; None for none."""
    return None if department_id is None else session.get_one(Department, department_id).name


def names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of departments by their ids."""
    wanted = select(Department.id, Department.name).where(Department.id.in_(sorted(set(ids))))
    return {row.id: row.name for row in session.execute(wanted)}


def called(session: Session, department_id: int | None) -> frozenset[str] | None:
    """Return the names that a department and those before it have had; None stands for all."""
    if department_id is None:
        return None
    line = Department.id.in_(with_predecessors(session, department_id))
    return frozenset(session.scalars(select(Department.name).where(line)))


def relatives(session: Session, ids: Iterable[int]) -> Sequence[Department]:
    """Return the successors and the direct predecessors of some departments."""
    chosen = list(ids)
    after = select(Department.successor_id).where(Department.id.in_(chosen))
    near = or_(Department.successor_id.in_(chosen), Department.id.in_(after))
    return session.scalars(select(Department).where(near).order_by(Department.id)).all()
