"""Departments: known by name, and whose tasks they have today."""

import pytest

from core import departments
from core.db import Reading, Writing
from core.departments import Department, Level, Succession

MARKET = Succession(
    "昆明市市场监督管理局", Level.CITY, ("昆明市工商行政管理局", "昆明市质量技术监督局"), "530100"
)


def settle(*successions):
    with Writing() as session:
        departments.take_over(session, successions)


def rows():
    with Reading() as session:
        return {
            one.name: (one.id, one.level, one.district, one.successor_id)
            for one in session.query(Department)
        }


def known(name, uscc=None):
    with Writing() as session:
        return departments.known(session, name, uscc)


def test_a_department_that_intake_knew_gets_its_successor(database):
    old = known("昆明市工商行政管理局", "11530100000000001X")

    settle(MARKET)

    held = rows()
    new = held["昆明市市场监督管理局"]
    assert new[1:] == (Level.CITY, "530100", None)
    assert held["昆明市工商行政管理局"] == (old, None, None, new[0])
    assert len(held) == 3


def test_settling_twice_changes_nothing(database):
    settle(MARKET)
    before = rows()

    settle(MARKET)

    assert rows() == before


def test_a_succession_that_was_wrong_is_put_right(database):
    settle(Succession("昆明市示例局", Level.COUNTY, ("昆明市工商行政管理局",), "530102"))

    settle(MARKET)

    held = rows()
    assert held["昆明市工商行政管理局"][3] == held["昆明市市场监督管理局"][0]


def test_tasks_are_followed_through_every_reform(database):
    settle(Succession("乙局", Level.CITY, ("甲局",)), Succession("丙局", Level.CITY, ("乙局",)))
    first, second, third = (known(name) for name in ("甲局", "乙局", "丙局"))

    with Reading() as session:
        assert departments.successors(session) == dict.fromkeys((first, second, third), third)
        assert sorted(departments.with_predecessors(session, third)) == sorted(
            [first, second, third]
        )
        assert departments.with_predecessors(session, first) == [first]
        assert {one.name for one in departments.relatives(session, [second])} == {"甲局", "丙局"}


def test_a_circle_ends(database):
    settle(Succession("乙局", Level.CITY, ("甲局",)), Succession("甲局", Level.CITY, ("乙局",)))
    first, second = known("甲局"), known("乙局")

    with Reading() as session:
        assert set(departments.successors(session)) == {first, second}
        assert sorted(departments.with_predecessors(session, first)) == sorted([first, second])


@pytest.mark.parametrize(("district", "names"), [(None, ["甲局", "乙局"]), ("530102", ["乙局"])])
def test_departments_are_listed_in_order(database, district, names):
    known("甲局")
    settle(Succession("乙局", Level.COUNTY, (), "530102"))

    with Reading() as session:
        found = departments.listing(session, limit=5, district=district)
        assert [one.name for one in found] == names
        assert departments.listing(session, limit=5, after=found[-1].id) == []


def test_a_department_that_was_known_by_its_name_alone_gets_its_code(database):
    settle(MARKET)
    code = "11530100000090018E"

    new = known("昆明市市场监督管理局", code)
    known("昆明市质量技术监督局", code)  # two names, one code: the first keeps it

    with Reading() as session:
        held = {one.name: one.uscc for one in session.query(Department)}
    assert held["昆明市市场监督管理局"] == code
    assert held["昆明市质量技术监督局"] is None
    assert rows()["昆明市市场监督管理局"][0] == new
