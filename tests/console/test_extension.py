"""A term is prolonged at the console once a rule lets it be: here by one that the test has made."""

import re
from dataclasses import replace

import pytest

from core.rules import Clock
from core.staff.roles import Role
from tests.console.conftest import NOW
from tests.console.given_cases import an_objection
from tests.core.given_cases import moved, read


@pytest.fixture
def parts(parts):
    """The console under rules that let an objection be decided five working days later."""
    clocks = (
        replace(one, extension_days=5) if one.clock is Clock.OBJECTION_DECIDE else one
        for one in parts.rules.clocks
    )
    return replace(parts, rules=replace(parts.rules, clocks=tuple(clocks)))


@pytest.fixture
def case(parts, database):
    one, _, _ = an_objection(parts)
    moved(one, "annotated", "forwarded", now=NOW)
    return read(one)


def test_a_handler_prolongs_a_term_once_and_sees_the_new_day(enter, case, parts):
    theirs = enter(Role.CASE_HANDLER, department_id=case.holder_id)
    place = f"/console/cases/{case.id}"
    page = theirs.get(place).text
    assert "只能延长一次" in page
    given = {"version": re.search(r'name="version" value="(\d+)"', page)[1], "text": "须现场核查"}

    refused = theirs.send(f"{place}/extend", **given)
    assert (refused.status_code, read(case).due_on) == (409, case.due_on)
    theirs.send(f"{place}/extend", **given, reasons="complex_case")

    after, page = read(case), theirs.get(place).text
    assert parts.rules.workdays.working_days_between(case.due_on, after.due_on) == 5
    assert "期限已延长。" in page
    assert f"{after.due_on:%Y年%-m月%-d日}" in page
    assert "只能延长一次" not in page
