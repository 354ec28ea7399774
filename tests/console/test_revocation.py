"""Revocation at the console: asked for by one, decided by another, shown to nobody else."""

import re

import pytest

from core import cases, departments
from core.cases import Case, CaseState
from core.db import Reading, Writing
from core.records import Record, RecordState
from core.staff.approvals import Approval
from core.staff.roles import Role
from tests.core.given import account, record, subject
from tests.core.given_cases import moved, opened

SAY = {"reasons": "false_proof", "text": "缴款凭证是<b>伪造</b>的。"}


@pytest.fixture
def case(database, parts):
    """A repair that was granted: its record is no longer shown."""
    one = record(subject().id, state=RecordState.REPAIRED, rule="令45 拖欠农民工工资")
    case = opened(one, account_id=account())
    with Writing() as session:
        sealed = parts.vault.seal("已付清", cases.STATEMENT)
        session.get_one(Case, case.id).statement_sealed = sealed
    return moved(case, "forwarded", "accepted", "upheld", "applied")


@pytest.fixture
def place(case):
    return f"/console/cases/{case.id}/revocation"


@pytest.fixture
def clerk(enter):
    return enter(Role.CASE_HANDLER)


@pytest.fixture
def reviewer(enter):
    return enter(Role.REVIEWER)


def state(case):
    with Reading() as session:
        return session.get_one(Case, case.id).state


def asked():
    with Reading() as session:
        return session.query(Approval).order_by(Approval.id.desc()).first()


def test_two_revoke_a_repair_and_the_record_is_back(clerk, reviewer, case, place):
    assert "撤销修复" in clerk.get(f"/console/cases/{case.id}").text
    assert "履行证明是假的" in clerk.get(place).text
    assert clerk.send(place, **SAY).status_code == 303
    assert state(case) is CaseState.APPLIED
    assert "已经有人提出" in clerk.get(place).text

    assert "缴款凭证是&lt;b&gt;伪造&lt;/b&gt;的。" in reviewer.get("/console/approvals/").text
    done = reviewer.send(f"/console/approvals/{asked().id}/approve")

    assert done.status_code == 303
    assert state(case) is CaseState.REVOKED
    with Reading() as session:
        assert session.get_one(Record, case.record_id).state is RecordState.PUBLISHED
    assert "不能撤销" in clerk.get(place).text


def test_without_a_reason_what_was_typed_is_kept(clerk, place):
    reply = clerk.send(place, text="凭证是假的")

    assert reply.status_code in {409, 422}
    assert "凭证是假的" in reply.text
    assert re.search(r'role="alert"', reply.text)


def test_another_office_sees_nothing_of_it(enter, case, place, clerk):
    clerk.send(place, **SAY)
    with Writing() as session:
        elsewhere = departments.known(session, "昆明市生态环境局", None)
    stranger = enter(Role.CASE_HANDLER, Role.REVIEWER, department_id=elsewhere)

    assert stranger.get(place).status_code == 404
    assert stranger.send(place, **SAY).status_code == 404
