"""A data request at the console: read for a purpose, decided by two, in its own words."""

import re

import pytest

from core import applying, data_request, persons, realname
from core.applying import Office
from core.audit.trail import Entry, TrailKind
from core.cases import Case, CaseState
from core.data_request import Right
from core.db import Reading, Writing
from core.eligibility import Applicant
from core.persons import Given
from core.realname import Verified
from core.staff.roles import Role
from tests.console.conftest import NOW
from tests.core.given import account


@pytest.fixture
def request_(parts, database):
    """Let a verified person ask; return the case."""
    number = "530112199001010020"
    with Writing() as session:
        subject_id = persons.known(session, parts.vault, [Given(number, "李华")], now=NOW)[number]
    by = Applicant(account(), None, subject_id)
    form = applying.Form("请删除我的旧电话", (Right.DELETE, Right.EXPLAIN))
    with Writing() as session:
        realname.bind(session, by.account_id, Verified("issuer", "p", subject_id), now=NOW)
        office = Office(parts.rules, parts.vault)
        return data_request.file(session, by, form=form, office=office, now=NOW)


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def test_two_of_the_staff_answer_it_and_the_person_sees_who_looked(enter, request_):
    clerk, reviewer = enter(Role.CASE_HANDLER), enter(Role.REVIEWER)
    place = f"/console/cases/{request_.id}"
    assert "个人信息请求" in clerk.get("/console/cases/").text
    assert "请删除我的旧电话" not in clerk.get(place).text  # not before a purpose is given

    steps, reviewed = place, f"{place}?purpose=confirm_case"
    place += "?purpose=handle_case"
    page = clerk.get(place)
    for text in ("请删除我的旧电话", "删除、说明处理个人信息的规则", "答复个人信息请求"):
        assert text in page.text
    clerk.send(f"{steps}/accept", version=version(page))
    given = {"outcome": "upheld", "reasons": "right_granted", "text": "已删除"}
    clerk.send(f"{steps}/propose", version=version(clerk.get(place)), **given)
    reviewer.send(f"{steps}/confirm", version=version(reviewer.get(reviewed)))

    with Reading() as session:
        assert session.get_one(Case, request_.id).state is CaseState.UPHELD
        looks = session.query(Entry).filter(Entry.kind == TrailKind.ACCESS).all()
    assert {clerk.staff.actor, reviewer.staff.actor} <= {one.actor for one in looks}
    assert {one.subject_id for one in looks} == {request_.subject_id}
    assert "同意办理" in clerk.get(place).text
