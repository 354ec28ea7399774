"""A supervisor lets the platform act for a department without accounts, at the page of the case."""

import re

import pytest

from core.cases import Holder
from core.staff.roles import Role
from tests.console.conftest import NOW
from tests.console.given_cases import an_objection
from tests.core.given_cases import moved, read

BEHALF = "信用昆明平台（代昆明市人力资源和社会保障局）"


@pytest.fixture
def case(parts, database):
    one, _, _ = an_objection(parts)
    moved(one, "annotated", "forwarded", now=NOW)
    return read(one)


def version(page):
    return re.search(r'name="version" value="(\d+)"', page)[1]


def test_a_case_is_taken_over_and_given_back(enter, case):
    supervisor, handler = enter(Role.SUPERVISOR), enter(Role.CASE_HANDLER)
    place = f"/console/cases/{case.id}?purpose=supervise_case"
    step = f"/console/cases/{case.id}"
    page = supervisor.get(place).text
    assert "由平台代办" in page
    assert "由平台代办" not in handler.get(f"{step}?purpose=handle_case").text

    answer = supervisor.send(f"{step}/stand-in", version=version(page), purpose="supervise_case")

    assert answer.location == place
    page = supervisor.get(place).text
    assert "已由平台代办，申请人会收到通知。" in page
    assert BEHALF in page
    assert "提出拟办意见" in handler.get(f"{step}?purpose=handle_case").text
    assert f'href="/console/cases/{case.id}"' in handler.get("/console/cases/").text

    supervisor.send(f"{step}/give-back", version=version(page))
    assert read(case).holder is Holder.DEPARTMENT
    assert "您现在没有要办的。" in handler.get(f"{step}?purpose=handle_case").text


def test_who_saw_it_before_it_changed_is_told_so(enter, case):
    supervisor = enter(Role.SUPERVISOR)

    answer = supervisor.send(f"/console/cases/{case.id}/stand-in", version="1")

    assert answer.status_code == 409
    assert "又有了变化" in answer.text
    assert supervisor.send("/console/cases/999/stand-in", version="1").status_code == 404


def test_a_department_with_its_own_handler_keeps_its_cases(enter, hire, case):
    hire(Role.CASE_HANDLER, department_id=case.holder_id)
    supervisor = enter(Role.SUPERVISOR)
    place = f"/console/cases/{case.id}"

    assert "由平台代办" not in supervisor.get(f"{place}?purpose=supervise_case").text
    answer = supervisor.send(f"{place}/stand-in", version=str(case.version))
    assert (answer.status_code, "有自己的经办人员" in answer.text) == (409, True)
