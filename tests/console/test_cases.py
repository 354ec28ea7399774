"""The queue at the console: lights, filters, a receipt code, and the workbook of it."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from core import privacy
from core.audit.trail import Entry
from core.db import Reading
from core.staff.roles import Role
from tests.console.given_cases import an_objection, step


@pytest.fixture
def clerk(enter):
    return enter(Role.CASE_HANDLER)


def test_a_case_is_in_the_queue_with_its_light(clerk, enter, parts, world):
    case, _, _ = an_objection(parts)
    code = privacy.show_code(case.receipt_code)

    page = clerk.get("/console/cases/").text
    assert code in page
    assert "快到期" in page

    world.now += timedelta(days=3)
    late = enter(Role.CASE_HANDLER).get("/console/cases/?light=red")
    assert code in late.text
    assert "已超期的办件" in enter(Role.CASE_HANDLER).get("/console/").text
    assert code not in enter(Role.CASE_HANDLER).get("/console/cases/?light=green").text


def test_filters_choose_and_unknown_values_are_passed_over(clerk, parts):
    case, _, _ = an_objection(parts)
    code = privacy.show_code(case.receipt_code)

    for query in ("kind=objection", "state=submitted", "whose=x&kind=y", "after=x", ""):
        assert code in clerk.get(f"/console/cases/?{query}").text, query
    for query in ("kind=repair", "state=annotated", "whose=mine", "after=2030-01-01.5"):
        assert code not in clerk.get(f"/console/cases/?{query}").text, query


def test_a_receipt_code_leads_to_its_case(clerk, parts):
    case, _, _ = an_objection(parts)

    found = clerk.get(f"/console/cases/?code={privacy.show_code(case.receipt_code).lower()}")

    assert found.status_code == 303
    assert found.location.endswith(f"/console/cases/{case.id}")
    assert "没有找到这个受理编号" in clerk.get("/console/cases/?code=0000").text


def test_a_long_queue_has_pages(clerk, parts, monkeypatch):
    from console import cases

    monkeypatch.setattr(cases, "_PAGE", 2)
    codes = [privacy.show_code(an_objection(parts)[0].receipt_code) for _ in range(3)]

    first = clerk.get("/console/cases/").text
    place = first.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    second = clerk.get(place.replace("&amp;", "&")).text

    assert [code in first for code in codes] == [True, True, False]
    assert [code in second for code in codes] == [False, False, True]


def test_a_department_sees_what_has_come_to_it(enter, hire, parts, clerk):
    case, one, _ = an_objection(parts)
    code = privacy.show_code(case.receipt_code)
    theirs = enter(Role.CASE_HANDLER, department_id=one.department_id)
    assert code not in theirs.get("/console/cases/").text
    assert theirs.get(f"/console/cases/{case.id}").status_code == 404

    step("annotate", parts, clerk.staff, case)
    step("forward", parts, clerk.staff, case)

    assert code in theirs.get("/console/cases/").text
    assert code not in clerk.get("/console/cases/").text
    assert code in clerk.get("/console/cases/?whose=departments").text


def test_the_workbook_has_texts_only_and_the_trail_knows(enter, hire, parts, clerk):
    case, _, _ = an_objection(parts)
    step("annotate", parts, clerk.staff, case)

    answer = clerk.get("/console/cases/export.xlsx?kind=objection", buffered=True)

    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = list(sheet.iter_rows())
    assert "f" not in {cell.data_type for row in rows for cell in row}
    assert rows[1][0].value == privacy.show_code(case.receipt_code)
    assert rows[1][7].value == clerk.staff.name
    with Reading() as session:
        act = session.scalar(select(Entry).where(Entry.action == "export_cases"))
    assert (act.actor, act.facts) == (clerk.staff.actor, {"rows": 1})
