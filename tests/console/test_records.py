"""The pages of records: found, read, corrected, kept back; persons only for a purpose."""

import re

import pytest
import sqlalchemy as sa

from core import accounts
from core.accounts import Channel
from core.audit.trail import Entry, TrailKind
from core.db import Reading, Writing
from core.records import Record, RecordState
from core.staff.roles import Role
from tests.core.conftest import NOW, on_the_day, take_in
from tests.core.department_files import CITIZEN_ID, LISTING, PENALTY
from tests.core.given_cases import opened
from tests.core.test_persons import OF_A_PERSON

__all__ = ["on_the_day", "take_in"]  # fixtures
S = RecordState


@pytest.fixture
def handler(enter):
    return enter(Role.CASE_HANDLER, Role.INTAKE_CLERK)


@pytest.fixture
def penalty(take_in):
    take_in(PENALTY, publish=True)
    return one()


@pytest.fixture
def person(take_in, parts):
    take_in(OF_A_PERSON, vault=parts.vault)
    return one()


def one():
    with Reading() as session:
        return session.scalars(sa.select(Record)).one()


def looks():
    with Reading() as session:
        rows = session.scalars(sa.select(Entry).where(Entry.kind == TrailKind.ACCESS)).all()
    return [(row.actor, row.purpose, row.subject_id) for row in rows]


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "滇味餐饮"},
        {"uscc": "91530102000000019G"},
        {"document_no": "昆市监罚〔2026〕12号"},
        {"department": "昆明市市场监督管理局", "state": "published", "kind": "penalty"},
    ],
)
def test_a_record_is_found_by_what_is_known_of_it(handler, penalty, asked):
    page = handler.get("/console/records/", query_string=asked)

    assert f'href="/console/records/{penalty.id}"' in page.text


@pytest.mark.parametrize(
    "asked", [{"name": "滇"}, {"name": "没有"}, {"state": "withdrawn"}, {"department": "没有"}]
)
def test_what_is_not_there_is_said_so(handler, penalty, asked):
    assert "没有找到" in handler.get("/console/records/", query_string=asked).text


def test_nothing_asked_nothing_found(handler, penalty):
    assert "填一项或几项" in handler.get("/console/records/").text


def test_a_long_list_has_a_next_page(handler, take_in):
    rows = [PENALTY | {"行政处罚决定书文号": f"昆市监罚〔2026〕{n}号"} for n in range(51)]
    take_in(*rows)

    first = handler.get("/console/records/?kind=penalty").text
    following = re.search(r'href="([^"]+before=\d+[^"]*)" rel="next"', first)[1]

    assert handler.get(following.replace("&amp;", "&")).text.count('<th scope="row">') == 1


def test_a_record_is_shown_with_its_history(handler, penalty):
    page = handler.get(f"/console/records/{penalty.id}").text

    for text in ("经营超过保质期的食品", "昆市监罚〔2026〕12号", "公示中", "已入库", "载入"):
        assert text in page


def test_a_correction_is_made_and_shown(handler, penalty):
    form = {"version": 1, "why": "金额有误", "field_fine_wan": "0.4", "before_fine_wan": "0.500000"}
    form |= {"field_content": "罚款0.5万元", "before_content": "罚款0.5万元"}

    answer = handler.send(f"/console/records/{penalty.id}/correct", **form)

    assert answer.status_code == 303
    page = handler.get(answer.location).text
    assert "已更正。公示期按规则重新计算" in page
    assert "0.500000 → 0.400000" in page
    assert handler.staff.name in page
    assert one().state is S.CORRECTED


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"field_fine_wan": "很多", "why": "有误"}, "“罚款（万元）”填得不对"),
        ({"field_fine_wan": "0.4", "why": ""}, "请写明理由"),
        ({"field_fine_wan": "0.4", "why": "有误", "version": 7}, "刚刚被别人改过"),
        ({"why": "有误"}, "没有变化"),
    ],
)
def test_a_correction_that_cannot_be_keeps_what_was_typed(handler, penalty, form, said):
    answer = handler.send(f"/console/records/{penalty.id}/correct", **form)

    assert answer.status_code == 409
    assert said in answer.text
    if "field_fine_wan" in form:
        assert f'value="{form["field_fine_wan"]}"' in answer.text
    assert one().version == 1


def test_a_record_goes_into_quarantine_and_out(handler, penalty):
    handler.send(f"/console/records/{penalty.id}/quarantine", why="有疑问")
    assert one().state is S.QUARANTINED

    answer = handler.send(f"/console/records/{penalty.id}/release", why="没有疑问")

    assert "已解除核实" in handler.get(answer.location).text
    assert one().state is S.LOADED


def test_a_record_is_shielded_and_shown_again(handler, penalty):
    handler.send(f"/console/records/{penalty.id}/shield", why="法院裁定")
    assert one().state is S.SHIELDED

    handler.send(f"/console/records/{penalty.id}/unshield", why="重整失败")

    assert one().state is S.PUBLISHED


def test_a_withdrawal_waits_for_another(handler, penalty, enter):
    handler.send(f"/console/records/{penalty.id}/withdraw", why="决定已撤销")
    assert "等另一位同事审批" in handler.get(f"/console/records/{penalty.id}").text
    assert "收回" in handler.get("/console/approvals/").text
    reviewer = enter(Role.REVIEWER)
    assert "1 项申请等您审批" in reviewer.get("/console/").text
    page = reviewer.get("/console/approvals/").text
    assert "决定已撤销" in page

    place = re.search(r'action="(/console/approvals/\d+/approve)"', page)[1]
    reviewer.send(place)

    assert one().state is S.WITHDRAWN
    assert reviewer.send(place).status_code == 404


def test_a_request_is_refused_or_taken_back(handler, penalty, enter):
    reviewer = enter(Role.REVIEWER)
    for number, (who, deed) in enumerate([(reviewer, "refuse"), (handler, "take-back")], 1):
        handler.send(f"/console/records/{penalty.id}/withdraw", why="决定已撤销")

        answer = who.send(f"/console/approvals/{number}/{deed}", why="依据不足")

        assert answer.status_code == 303
        assert "编号" not in who.get("/console/approvals/").text
    assert reviewer.send("/console/approvals/99/approve").status_code == 404
    assert reviewer.send("/console/approvals/99/refuse", why="依据不足").status_code == 404


def test_of_a_person_nothing_is_shown_without_a_purpose(handler, person):
    page = handler.get(f"/console/records/{person.id}").text

    assert "从业资格" not in page
    assert looks() == []


def test_a_persons_record_is_opened_for_a_purpose_which_is_noted(handler, person):
    place = f"/console/records/{person.id}/open"
    assert handler.send(place, purpose="curiosity").status_code == 409

    page = handler.send(place, purpose="objection").text

    assert "从业资格" in page
    assert looks() == [(handler.staff.actor, "objection", person.subject_id)]


def test_a_person_is_found_by_the_whole_number_alone(handler, person):
    page = handler.send("/console/records/person", number=CITIZEN_ID, purpose="find_record")

    assert f'href="/console/records/{person.id}"' in page.text
    assert CITIZEN_ID not in page.text
    assert looks() == [(handler.staff.actor, "find_record", person.subject_id)]
    short = handler.send("/console/records/person", number=CITIZEN_ID[:10], purpose="find_record")
    assert (short.status_code, "完整、正确" in short.text) == (409, True)
    other = handler.send(
        "/console/records/person", number="530112199001010020", purpose="find_record"
    )
    assert "没有找到" in other.text
    assert "没有找到" in handler.get("/console/records/?document_no=昆市监罚〔2026〕12号").text


def test_another_departments_record_is_not_there(enter, penalty, take_in):
    take_in(LISTING)
    with Reading() as session:
        other = session.scalars(sa.select(Record).where(Record.id != penalty.id)).one()
    own = enter(Role.CASE_HANDLER, department_id=penalty.department_id)

    assert own.get(f"/console/records/{penalty.id}").status_code == 200
    assert own.get(f"/console/records/{other.id}").status_code == 404
    assert f"/console/records/{other.id}" not in own.get("/console/records/?name=滇味餐饮").text


@pytest.mark.parametrize("place", ["records", "intake", "intake/batches", "lists/releases"])
def test_a_number_that_none_can_have_is_not_there(handler, place):
    assert handler.get(f"/console/{place}/{10**30}").status_code == 404


@pytest.mark.parametrize("place", ["records/?name=示例", "intake/?", "lists/releases/1?after=1"])
def test_a_place_that_none_can_be_is_passed_over(handler, place):
    assert handler.get(f"/console/{place}&before={10**30}").status_code in {200, 404}
    assert handler.get(f"/console/{place}&before=x").status_code in {200, 404}


def test_the_cases_about_a_record_are_named(handler, penalty):
    with Writing() as session:
        account_id = accounts.at(session, Channel.WECHAT, "oA", now=NOW)
    case = opened(penalty, account_id=account_id)

    page = handler.get(f"/console/records/{penalty.id}").text

    assert f'<a href="/console/cases/{case.id}">{case.receipt_code}</a>' in page
