"""What needs two is done by two, once, and the trail knows both."""

import pytest
from sqlalchemy import select

from core.audit.trail import Entry
from core.db import Reading, Writing
from core.staff import approvals
from core.staff.approvals import DEEDS, Approval, ApprovalState, Matter, Wish
from core.staff.errors import (
    AlreadyAskedError,
    ApprovalNotFoundError,
    NotPermittedError,
    SamePersonError,
    StaffError,
)
from core.staff.roles import TABLE, Deed, Role, may
from messages.wording import console_zh
from tests.core.department_files import VAULT
from tests.core.given import NOW
from tests.core.given_staff import hired

WISH = Wish(Matter.WITHDRAW_RECORD, 7, "处罚决定已被撤销")


@pytest.fixture
def hire(database):
    return hired


@pytest.fixture
def two(hire):
    return hire(Role.CASE_HANDLER, Role.REVIEWER), hire(Role.REVIEWER)


def ask(staff, wish=WISH):
    with Writing() as session:
        return approvals.ask(session, staff, wish, now=NOW)


def answer(staff, approval_id):
    with Writing() as session:
        return approvals.approve(session, staff, approval_id, now=NOW)


def test_what_one_asks_another_approves_once(two):
    asker, other = two
    asked = ask(asker)

    approval = answer(other, asked)

    assert (approval.state, approval.asked_by, approval.answered_by) == (
        ApprovalState.APPROVED,
        asker.id,
        other.id,
    )
    with pytest.raises(ApprovalNotFoundError):
        answer(other, asked)
    with Reading() as session:
        actions = session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert actions == ["ask_withdraw_record", "approved_withdraw_record"]


def test_nobody_approves_what_they_asked_for(two):
    asked = ask(two[0])

    with pytest.raises(SamePersonError):
        answer(two[0], asked)


def test_the_same_is_asked_once_until_it_is_answered(two):
    asked = ask(two[0])
    with pytest.raises(AlreadyAskedError):
        ask(two[0])

    with Writing() as session:
        approvals.refuse(session, two[1], asked, why="理由不充分", vault=VAULT, now=NOW)

    assert ask(two[0]) > asked


def test_only_who_asked_takes_it_back(two):
    asked = ask(two[0])
    with Writing() as session, pytest.raises(ApprovalNotFoundError):
        approvals.take_back(session, two[1], asked, now=NOW)

    with Writing() as session:
        approvals.take_back(session, two[0], asked, now=NOW)
    with Reading() as session:
        assert session.get_one(Approval, asked).state is ApprovalState.TAKEN_BACK
        assert approvals.waiting(session, [Matter.WITHDRAW_RECORD]) == []


@pytest.mark.parametrize("matter", Matter)
@pytest.mark.parametrize("role", Role)
def test_the_table_decides_who_may_ask_and_who_may_approve(hire, matter, role):
    may_ask, may_approve = (may([role], deed) for deed in DEEDS[matter])
    staff, wish = hire(role), Wish(matter, 1, "理由")
    if may_ask:
        ask(staff, wish)
    else:
        with pytest.raises(NotPermittedError):
            ask(staff, wish)
    asked = ask(hire(*Role), Wish(matter, 2, "理由"))
    if may_approve:
        answer(staff, asked)
    else:
        with pytest.raises(NotPermittedError):
            answer(staff, asked)


def test_no_role_alone_does_both_and_every_deed_is_somebodys():
    for asks, approves in DEEDS.values():
        assert not any({asks, approves} <= deeds for deeds in TABLE.values())
    assert set().union(*TABLE.values()) == set(Deed)


def test_every_refusal_of_the_staff_has_words():
    assert {one.code for one in StaffError.__subclasses__()} <= console_zh.REFUSALS.keys()


def test_what_somebody_typed_is_sealed_and_read_again(two):
    said = "张三已还清欠款"
    wish = approvals.typed(VAULT, Matter.WITHDRAW_RECORD, 7, why=said)
    with Writing() as session:
        asked = approvals.ask(session, two[0], wish, now=NOW)
        approvals.refuse(session, two[1], asked, why="张三没有还清", vault=VAULT, now=NOW)

    with Reading() as session:
        held = session.get_one(Approval, asked)
        assert (held.why, held.answer) == (None, None)
        assert "张三" not in f"{held.why_sealed}{held.answer_sealed}{held.facts}"
        assert approvals.why(held, VAULT) == said
        assert approvals.answer(held, VAULT) == "张三没有还清"
