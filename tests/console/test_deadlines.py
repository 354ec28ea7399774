"""Notices, escalations, departments and rules, as those who may see them do."""

from datetime import UTC, datetime, timedelta

import pytest

from core.casework import reminders
from core.casework.saying import Say
from core.db import Writing
from core.staff.roles import Role
from tests.core.department_files import RULES
from tests.core.given import record, subject
from tests.core.given_cases import moved, object_to
from tests.core.given_casework import do
from tests.core.given_casework import hire as taken_on

# Filed on Monday 11-23, forwarded at once; the department has five working days, until 11-30.
FILED = datetime(2026, 11, 23, 1, tzinfo=UTC)
LATE = FILED + timedelta(days=10)
SAY = Say(("fault_unclear",), "请指出是哪一项")


@pytest.fixture
def case(database, world):
    entity = subject("昆明示例滇味餐饮有限公司")
    one = object_to(entity, record(entity.id), now=FILED)
    moved(one, "annotated", "forwarded", now=FILED)
    world.now = LATE
    return one


@pytest.fixture
def their_id(case):
    return case.holder_id


def remind(now=LATE):
    with Writing() as session:
        return reminders.remind(session, RULES, now=now)


def test_a_department_sees_what_it_is_late_with_and_for_how_long(enter, case, their_id):
    remind()
    browser = enter(Role.CASE_HANDLER, department_id=their_id)

    page = browser.get("/console/notices/").text

    assert "已超期" in page
    assert "，已过 3 天" in page
    assert "核查并作出决定" in page
    assert f'href="/console/cases/{case.id}"' in page
    assert "昆明示例滇味餐饮有限公司" not in page
    home = browser.get("/console/").text
    assert 'href="/console/notices/"' in home
    assert "1 件" in home


def test_who_has_nothing_is_told_so(enter, case):
    remind()

    page = enter(Role.CASE_HANDLER).get("/console/notices/").text

    assert "没有快到期或超期的。" in page


def test_a_supervisor_sees_what_waits_too_long_until_it_is_done(enter, case, their_id):
    remind()
    browser = enter(Role.SUPERVISOR)
    assert "昆明市人力资源和社会保障局" in browser.get("/console/escalations/").text
    assert "需要督办" in browser.get("/console/").text

    do(
        "want_supplement",
        taken_on(Role.CASE_HANDLER, department_id=their_id),
        case,
        now=LATE,
        say=SAY,
    )

    assert "没有需要督办的。" in browser.get("/console/escalations/").text


def test_many_notices_are_turned_over(enter, database, world):
    world.now = LATE
    entity = subject()
    for _ in range(51):
        object_to(entity, record(entity.id), now=FILED)
    remind()
    browser = enter(Role.CASE_HANDLER)

    first = browser.get("/console/notices/").text
    assert first.count("<tr><td>") == 50
    following = first.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    second = browser.get(following).text

    assert second.count("<tr><td>") == 1
    assert "上一页" in second


def test_the_scoreboard_says_who_is_late_and_what_is_escalated(enter, case):
    remind()

    page = enter(Role.AUDITOR).get("/console/departments/").text

    row = page.split('<th scope="row">昆明市人力资源和社会保障局</th>')[1].split("</tr>")[0]
    assert row.count('<span class="light red">1</span>') == 2
    assert "应在 7 个工作日内报送" in page


@pytest.mark.parametrize(
    "asked", ["from=2026-01-01&to=2026-12-31", "from=x", "from=2026-11-02&to=2026-11-01"]
)
def test_a_period_that_is_none_is_said_to_be_none(enter, asked):
    page = enter(Role.AUDITOR).get(f"/console/departments/?{asked}")

    assert page.status_code == 200
    assert "请选择一段日期" in page.text


def test_rules_are_listed_with_citation_and_state(enter):
    browser = enter(Role.ADMINISTRATOR)

    page = browser.get("/console/rules/").text
    assert "国办发〔2025〕22号" in page
    assert "已核对原文" in page

    clocks = browser.get("/console/rules/?kind=clock&state=unverified").text
    assert "超期督办" in clocks
    assert "双公示上网" not in clocks
    assert "没有这样的规则。" in browser.get("/console/rules/?kind=door&state=expiring").text


def test_a_day_that_is_none_is_today(enter):
    page = enter(Role.ADMINISTRATOR).get("/console/rules/?on=2026-13-01&kind=x&state=y").text

    assert "日期不对" in page
    assert "2026年11月23日" in page
