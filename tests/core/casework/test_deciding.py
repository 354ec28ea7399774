"""Deciding takes two: what one proposes another confirms or sends back, once."""

from collections import Counter

import pytest

from core import cases
from core.case_errors import CaseClosedError
from core.cases import CaseState
from core.casework.saying import Say
from core.db import Writing
from core.proposals import ProposalState, Remedy
from core.records import RecordState
from core.staff.errors import (
    NotPermittedError,
    ProposalNotFoundError,
    ProposalWaitingError,
    ReasonError,
    RemedyError,
    SamePersonError,
    StaleCaseError,
    TextMissingError,
)
from core.staff.roles import TABLE, Deed, Role
from tests.core.given import at_once, record
from tests.core.given_cases import (
    complain,
    object_to,
    read,
    repair_,
    supplement,
    withdraw,
)
from tests.core.given_casework import (
    acts,
    do,
    hire,
    on_the_desk,
    plan,
    proposals_of,
    propose,
    record_state,
    seen,
    told_of,
)

S = CaseState


def test_nobody_is_told_of_a_proposal(office):
    case = complain(office.by)
    handler = on_the_desk(case, office.us, office.them)

    propose(handler, case)

    assert read(case).state is S.ACCEPTED
    assert told_of(case) == [S.ACCEPTED]
    assert acts()[-1] == "case_proposed"


def test_who_proposed_does_not_confirm_or_send_back(office):
    both = hire(Role.CASE_HANDLER, Role.REVIEWER)
    case = complain(office.by)
    do("accept", both, case)
    propose(both, case)

    with pytest.raises(SamePersonError):
        do("confirm", both, case)
    with pytest.raises(SamePersonError):
        do("send_back", both, case, why="再看看")
    assert read(case).state is S.ACCEPTED


@pytest.mark.parametrize("role", Role)
def test_only_reviewers_confirm(office, role):
    case = complain(office.by)
    on_the_desk(case, office.us, office.them)
    propose(office.us, case)
    staff = hire(role)

    if Deed.CONFIRM_CASE in TABLE[role]:
        do("confirm", staff, case)
    else:
        with pytest.raises(NotPermittedError):
            do("confirm", staff, case)
    assert (read(case).state is S.REFUSED) is (Deed.CONFIRM_CASE in TABLE[role])


def test_what_is_sent_back_may_be_proposed_anew(office):
    case = complain(office.by)
    on_the_desk(case, office.us, office.them)
    propose(office.us, case)
    with pytest.raises(TextMissingError):
        do("send_back", office.our_reviewer, case, why=" ")

    do("send_back", office.our_reviewer, case, why="请再核实时间")

    (proposal,) = proposals_of(case)
    assert (proposal.state, proposal.answered_by) == (
        ProposalState.SENT_BACK,
        office.our_reviewer.id,
    )
    with pytest.raises(ProposalNotFoundError):
        do("confirm", office.our_reviewer, case)
    propose(office.us, case, S.UPHELD)
    assert told_of(case) == [S.ACCEPTED]


def test_who_proposed_takes_it_back(office):
    case = complain(office.by)
    on_the_desk(case, office.us, office.them)
    with pytest.raises(ProposalNotFoundError):
        do("take_back", office.us, case)
    propose(office.us, case)
    with pytest.raises(ProposalWaitingError):
        propose(office.us, case)

    do("take_back", office.us, case)

    assert [one.state for one in proposals_of(case)] == [ProposalState.LAPSED]
    propose(office.us, case)


@pytest.mark.parametrize("change", [supplement, withdraw])
def test_a_proposal_does_not_survive_what_changes_the_case(office, change):
    case = repair_(office.entity, office.record, by=office.by)
    handler = on_the_desk(case, office.us, office.them)
    propose(handler, case, S.UPHELD)
    before = seen(case)

    change(case)

    assert [one.state for one in proposals_of(case)] == [ProposalState.LAPSED]
    with pytest.raises(StaleCaseError):
        do("confirm", office.their_reviewer, case, at=before)
    assert record_state(office.record) is RecordState.PUBLISHED


def test_a_proposal_does_not_survive_a_step_of_the_handler(office):
    case = repair_(office.entity, office.record, by=office.by)
    handler = on_the_desk(case, office.us, office.them)
    propose(handler, case)

    do("want_supplement", handler, case, say=Say(("proof_missing",)))

    assert [one.state for one in proposals_of(case)] == [ProposalState.LAPSED]


def test_a_plan_that_does_not_fit_is_refused(office):
    repair, complaint = (
        repair_(office.entity, office.record, by=office.by),
        complain(office.by),
    )
    with pytest.raises(CaseClosedError):  # it is not accepted yet
        propose(office.us, complaint)
    handler = on_the_desk(repair, office.us, office.them)
    for error, wrong in [
        (CaseClosedError, {"outcome": S.APPLIED, "reasons": ("not_fulfilled",)}),
        (ReasonError, {"reasons": ("obligations_fulfilled",)}),
        (TextMissingError, {"text": " "}),
        (RemedyError, {"remedy": Remedy.WITHDRAW}),
    ]:
        with pytest.raises(error):
            propose(handler, repair, **wrong)
    case = object_to(office.entity, record(office.entity.id), by=office.by)
    with pytest.raises(RemedyError):
        propose(on_the_desk(case, office.us, office.them), case, S.UPHELD)


@pytest.mark.parametrize("step", ["propose", "confirm"])
def test_of_ten_who_decide_at_once_one_does_and_nine_are_told_so(office, step):
    case = repair_(office.entity, office.record, by=office.by)
    handler = on_the_desk(case, office.us, office.them)
    theirs = office.record.department_id
    if step == "confirm":
        propose(handler, case, S.UPHELD)
    role = Role.REVIEWER if step == "confirm" else Role.CASE_HANDLER
    staff = [hire(role, department_id=theirs) for _ in range(10)]
    if step == "propose":
        with Writing() as session:
            session.get_one(cases.Case, case.id).handler_id = None
    before = seen(case)
    given = {} if step == "confirm" else {"plan": plan(case, S.UPHELD)}

    def decide():
        try:
            do(step, staff.pop(), case, at=before, **given)
        except StaleCaseError:
            return "conflict"
        return "done"

    assert Counter(at_once(10, decide)) == {"conflict": 9, "done": 1}
    assert len(proposals_of(case)) == 1
    assert told_of(case).count(S.APPLIED) == (1 if step == "confirm" else 0)
