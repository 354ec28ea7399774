"""A review is decided by nobody who took part in the first decision."""

import pytest

from core.cases import CaseKind, CaseState
from core.proposals import Remedy
from core.records import RecordState
from core.staff.errors import (
    FirstDecisionError,
)
from core.staff.roles import Role
from tests.core.given_cases import (
    filed,
    object_to,
    read,
    repair_,
    review,
)
from tests.core.given_casework import (
    do,
    hire,
    propose,
    record_state,
    say,
)

S = CaseState


FIRST = {
    CaseKind.COMPLAINT: ("accept",),
    CaseKind.OBJECTION: ("annotate",),
}
BECOMES = {
    CaseKind.OBJECTION: RecordState.WITHDRAWN,
    CaseKind.COMPLAINT: RecordState.PUBLISHED,
}


@pytest.mark.parametrize("kind", FIRST)
def test_a_review_is_decided_by_nobody_of_the_first_decision(office, kind):
    case = filed(kind, office.entity, office.record, office.by)
    first = hire(Role.CASE_HANDLER, Role.REVIEWER), hire(Role.REVIEWER, Role.CASE_HANDLER)
    do(*FIRST[kind], first[0], case)
    propose(first[0], case)
    do("confirm", first[1], case)
    again, remedy = review(case), Remedy.WITHDRAW if kind is CaseKind.OBJECTION else None
    for one in first:
        with pytest.raises(FirstDecisionError):
            propose(one, again, S.UPHELD, remedy=remedy)
        with pytest.raises(FirstDecisionError):
            do("not_accept", one, again, say=say(again, S.NOT_ACCEPTED))
    propose(hire(Role.CASE_HANDLER), again, S.UPHELD, remedy=remedy)
    for one in first:
        with pytest.raises(FirstDecisionError):
            do("confirm", one, again)
    do("confirm", hire(Role.REVIEWER), again)

    assert (read(again).state, record_state(office.record)) == (S.APPLIED, BECOMES[kind])


def test_the_review_of_a_repair_that_was_not_accepted_repairs_the_record(office):
    case = repair_(office.entity, office.record, by=office.by)
    do("forward", office.us, case)
    do("not_accept", office.them, case, say=say(case, S.NOT_ACCEPTED))
    again = review(case)

    propose(office.us, again, S.UPHELD)
    do("confirm", office.our_reviewer, again)

    assert read(again).state is S.APPLIED
    assert record_state(office.record) is RecordState.REPAIRED


def test_who_alone_did_not_accept_a_case_takes_no_part_in_its_review(office):
    case = object_to(office.entity, office.record, by=office.by)
    do("not_accept", office.us, case, say=say(case, S.NOT_ACCEPTED))

    with pytest.raises(FirstDecisionError):
        propose(office.us, review(case), S.REFUSED)
