"""The life of a notice at the console: what the command says, for a purpose if it is a person's."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import accounts, departments, watch
from core.audit.trail import Entry, TrailKind
from core.casework import reminders
from core.db import Reading, Writing
from core.records import RecordKind
from core.staff.roles import Role
from messages.wording import life_zh
from tests.console.conftest import NOW
from tests.console.given_cases import a_persons, an_objection
from tests.core.department_files import RULES
from tests.core.given import account, expanded, record, refused, subject

PAGE = "/console/why/"


@pytest.fixture
def told(database):
    """An alert that WeChat took and a phone refused; returns its event and account."""
    return refused()


@pytest.fixture
def alert(database):
    """An alert about an entity's record; the record's id and its event's."""
    entity = subject()
    one = record(entity.id)
    with Writing() as session:
        watch.alert(session, [one.id], now=NOW, max_age=timedelta(days=9999))
    expanded(now=NOW)
    return one


def looks():
    with Reading() as session:
        found = sa.select(Entry).where(Entry.kind == TrailKind.ACCESS)
        return session.scalars(found).all()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_persons_notice_is_told_for_a_purpose_and_who_looked_is_noted(enter, told, role):
    event, whose = told
    place, browser = f"{PAGE}?event={event}&account={whose}", enter(role)

    asked = browser.get(place).text
    assert "请先选择查看的目的" in asked
    assert "没有送达" not in asked
    assert looks() == []

    page = browser.get(f"{place}&purpose=check_notice").text
    for text in (
        f"消息 {event}：",
        "没有送达（本人拒收：failed:user block），经微信模板消息",
        "微信回执",
    ):
        assert text in page
    (look,) = looks()
    assert (look.actor, look.purpose) == (browser.staff.actor, "check_notice")
    assert "<code>check_notice</code>" in enter(Role.AUDITOR).get("/console/audit/").text


def test_an_event_for_one_account_is_that_accounts(enter, told):
    assert "请先选择查看的目的" in enter(Role.AUDITOR).get(f"{PAGE}?event={told[0]}").text


def test_a_record_of_an_entity_is_told_without_asking_what_for(enter, alert):
    page = enter(Role.ADMINISTRATOR).get(f"{PAGE}?record={alert.id}").text

    assert f"（主体 {alert.subject_id}）的人" in page
    assert "还没有送给任何人" in page
    assert looks() == []


def test_why_an_account_heard_nothing_of_a_record_is_told(enter, alert):
    place = f"{PAGE}?record={alert.id}&account={account()}&purpose=answer_notice"

    assert life_zh.WHY_NOT["never_followed"] in enter(Role.SUPERVISOR).get(place).text


def test_a_case_tells_every_notice_that_it_owed(enter, parts):
    case, _, _ = an_objection(parts)
    late = NOW + timedelta(days=10)
    with Writing() as session:
        reminders.remind(session, RULES, now=late)
    expanded(now=late)

    page = enter(Role.SUPERVISOR).get(f"{PAGE}?case={case.id}").text

    assert life_zh.KINDS["case_opened"] in page
    assert life_zh.KINDS["case_overdue"] in page
    assert looks() == []  # the entity's own representative filed it


def test_a_persons_case_is_noted_for_that_person(enter, parts, on_record):
    case, person = a_persons(parts, on_record)
    browser = enter(Role.SUPERVISOR)

    assert life_zh.KINDS["case_opened"] not in browser.get(f"{PAGE}?case={case.id}").text
    page = browser.get(f"{PAGE}?case={case.id}&purpose=check_notice").text

    assert life_zh.KINDS["case_opened"] in page
    assert {one.subject_id for one in looks()} == {person}


def test_numbers_from_outside_lead_there_and_stand_in_no_address(enter, told, parts):
    case, _, _ = an_objection(parts)
    with Reading() as session:
        openid = accounts.openid_of(session, told[1])
    browser = enter(Role.AUDITOR)

    wanted = {
        "m1": f"{PAGE}?event={told[0]}&account={told[1]}",
        openid: f"{PAGE}?account={told[1]}",
        case.receipt_code: f"{PAGE}?case={case.id}",
    }
    assert {text: browser.send(PAGE, text=text).location for text in wanted} == wanted
    assert browser.send(PAGE, text="nothing").status_code == 404


def test_what_is_not_there_and_what_is_no_number_is_said(enter, database):
    browser = enter(Role.AUDITOR)

    assert browser.get(f"{PAGE}?event=99").status_code == 404
    assert browser.get(f"{PAGE}?case=99").status_code == 404
    assert browser.get(f"{PAGE}?record=99").status_code == 404
    assert browser.get(f"{PAGE}?event=x").status_code == 422
    assert browser.get(f"{PAGE}?event={10**13}").status_code == 422
    assert "没有消息" in browser.get(f"{PAGE}?account=99&purpose=check_notice").text


def test_a_department_asks_about_its_own_records_alone(enter, alert):
    theirs = enter(Role.SUPERVISOR, department_id=alert.department_id)
    others = enter(Role.SUPERVISOR, department_id=another())

    assert theirs.get(f"{PAGE}?record={alert.id}").status_code == 200
    assert others.get(f"{PAGE}?record={alert.id}").status_code == 404
    assert theirs.get(f"{PAGE}?event=1").status_code == 403


def another():
    with Writing() as session:
        return departments.known(session, "昆明市财政局", None)


def test_a_record_that_was_told_to_nobody_says_why(enter, database):
    entity = subject()
    licence = record(entity.id, kind=RecordKind.LICENCE)

    page = enter(Role.SUPERVISOR).get(f"{PAGE}?record={licence.id}").text

    assert "这条记录没有发过任何消息" in page
    assert life_zh.SILENT["no_news"] in page
