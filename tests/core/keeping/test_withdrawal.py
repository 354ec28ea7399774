"""A withdrawal is asked for by one and approved by another; then whoever was told hears."""

import pytest

from core import departments
from core.audit.trail import TrailKind
from core.db import Reading, Writing
from core.keeping import withdrawal
from core.keeping.errors import RecordElsewhereError, StateForbidsError
from core.outbox.deliveries import EventKind
from core.records import RecordState
from core.staff import approvals
from core.staff.approvals import Approval, ApprovalState, Matter, Wish
from core.staff.errors import (
    AlreadyAskedError,
    ApprovalNotFoundError,
    NoReasonError,
    NotPermittedError,
    SamePersonError,
)
from core.staff.roles import Role
from tests.core.conftest import NOW
from tests.core.department_files import LISTING, VAULT
from tests.core.given import at_once, expanded, followers, told
from tests.core.given_staff import hired
from tests.core.keeping.conftest import delivered, history, one, trail
from tests.core.test_intake_publish import kinds

S = RecordState
WHY = "列入决定已被撤销"


@pytest.fixture
def listing(take_in):
    take_in(LISTING)
    followers(one().subject_id, 2, now=NOW)
    take_in(LISTING, publish=True)
    delivered()
    return one()


def ask(staff, why=WHY):
    with Writing() as session:
        return withdrawal.ask(session, staff, one().id, why=why, vault=VAULT, now=NOW)


def approve(staff, asked):
    with Writing() as session:
        withdrawal.approve(session, staff, asked, vault=VAULT, now=NOW)


def test_until_another_approves_nothing_changes(listing, staff, reviewer):
    asked = ask(staff)
    assert one().state is S.PUBLISHED

    approve(reviewer, asked)
    expanded(now=NOW)

    assert (one().state, len(told())) == (S.WITHDRAWN, 4)
    assert kinds() == [EventKind.BLACKLISTED, EventKind.RECALLED]
    assert history(listing)[-1] == (S.PUBLISHED, S.WITHDRAWN, reviewer.actor, WHY)


def test_both_names_are_in_the_trail(listing, staff, reviewer):
    approve(reviewer, ask(staff))

    acts = [(act.actor, act.action) for act in trail(TrailKind.ACT)]
    assert acts == [
        (staff.actor, "ask_withdraw_record"),
        (reviewer.actor, "approved_withdraw_record"),
        (reviewer.actor, "withdraw_record"),
    ]
    assert trail(TrailKind.ACT)[-1].facts == {"asked_by": staff.id}


def test_of_several_who_approve_at_once_one_does(listing, staff, reviewer):
    asked = ask(staff)

    def attempt():
        try:
            approve(reviewer, asked)
        except ApprovalNotFoundError:
            return False
        return True

    assert sorted(at_once(4, attempt)) == [False, False, False, True]
    assert len(history(listing)) == 3
    assert kinds().count(EventKind.RECALLED) == 1


def test_nobody_approves_alone_or_without_the_role(listing, staff):
    both = hired(Role.CASE_HANDLER, Role.REVIEWER)
    asked = ask(both)
    with pytest.raises(SamePersonError):
        approve(both, asked)
    with pytest.raises(NotPermittedError):
        approve(staff, asked)
    with pytest.raises(AlreadyAskedError):
        ask(staff)
    with pytest.raises(NotPermittedError):
        ask(hired(Role.AUDITOR))
    assert one().state is S.PUBLISHED


def test_what_cannot_be_withdrawn_is_not_asked_for(listing, staff, reviewer):
    asked = ask(staff)
    approve(reviewer, asked)

    with pytest.raises(StateForbidsError):
        ask(staff)
    with pytest.raises(NoReasonError):
        ask(staff, why="")
    with pytest.raises(ApprovalNotFoundError):
        approve(reviewer, asked)


def test_what_went_another_way_meanwhile_leaves_the_request_unanswered(listing, staff, reviewer):
    asked = ask(staff)
    with Writing() as session:
        session.merge(one()).state = S.WITHDRAWN

    with pytest.raises(StateForbidsError):
        approve(reviewer, asked)
    with Reading() as session:
        assert session.get_one(Approval, asked).state is ApprovalState.ASKED


def test_a_request_for_another_thing_withdraws_no_record(listing, staff, reviewer):
    wish = Wish(Matter.WITHDRAW_BATCH, listing.id, WHY)
    with Writing() as session:
        asked = approvals.ask(session, staff, wish, now=NOW)

    with pytest.raises(ApprovalNotFoundError):
        approve(reviewer, asked)
    assert one().state is S.PUBLISHED


def test_another_department_neither_asks_nor_approves(listing, staff):
    with Writing() as session:
        other_id = departments.known(session, "昆明市交通运输局", None)
    with pytest.raises(RecordElsewhereError):
        ask(hired(Role.CASE_HANDLER, department_id=other_id))
    with pytest.raises(RecordElsewhereError):
        approve(hired(Role.REVIEWER, department_id=other_id), ask(staff))
    assert one().state is S.PUBLISHED


def test_the_same_file_does_not_bring_it_back(listing, take_in, staff, reviewer):
    approve(reviewer, ask(staff))

    take_in(LISTING | {"term_months": "24"}, publish=True)

    assert one().state is S.WITHDRAWN
