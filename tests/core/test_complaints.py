"""Complaints: anybody may complain, about what they may see, and not without end."""

import pytest

from core import own_cases
from core.case_errors import DepartmentNotFoundError, TooManyCasesError
from core.cases import CaseState, Holder
from core.complaint import MOST_OPEN, Matter, Target
from core.db import Writing
from core.eligibility import Applicant
from core.errors import RecordNotFoundError
from core.records import RecordState
from tests.core.department_files import RULES
from tests.core.given import NOW, account, record, subject
from tests.core.given_cases import OFFICE, applicant, complain, moved


@pytest.fixture
def citizen(database):
    return Applicant(account())


def test_a_complaint_needs_no_record_and_no_verified_name(citizen):
    case = complain(citizen)

    assert (case.kind, case.state, case.grounds) == ("complaint", "submitted", "service")
    assert (case.record_id, case.subject_id, case.holder_id) == (None, None, None)
    assert (case.holder, case.clock) == (Holder.PLATFORM, "complaint_accept")
    assert own_cases.statement_of(case, OFFICE) == "金额有误"


def test_who_is_complained_about_does_not_decide(citizen):
    one = record(subject().id)

    case = complain(citizen, Target(Matter.DEPARTMENT, department_id=one.department_id))

    assert (case.department_id, case.holder_id) == (one.department_id, None)
    assert moved(case, "accepted").holder is Holder.PLATFORM


def test_what_everybody_may_see_may_be_complained_about_by_several(citizen):
    one = record(subject().id)
    target = Target(Matter.RECORD_HANDLING, one.id)

    assert complain(citizen, target).record_id == one.id
    assert complain(Applicant(account()), target).record_id == one.id


def test_what_one_may_not_see_is_not_there(citizen):
    hidden = record(subject().id, state=RecordState.WITHDRAWN)

    for number in (hidden.id, 999_999):
        with pytest.raises(RecordNotFoundError):
            complain(citizen, Target(Matter.RECORD_HANDLING, number))


def test_ones_own_record_may_be_complained_about_when_it_is_gone(database):
    entity = subject()
    gone = record(entity.id, state=RecordState.WITHDRAWN)

    assert complain(applicant(entity), Target(Matter.RECORD_HANDLING, gone.id))


def test_a_department_that_is_not_there_is_refused(citizen):
    with pytest.raises(DepartmentNotFoundError):
        complain(citizen, Target(Matter.DEPARTMENT, department_id=999_999))


def test_so_many_complaints_are_open_at_a_time_and_no_more(citizen):
    cases = [complain(citizen) for _ in range(MOST_OPEN)]

    with pytest.raises(TooManyCasesError):
        complain(citizen)
    assert complain(Applicant(account()))
    with Writing() as session:
        own_cases.withdraw(session, citizen, cases[0], rules=RULES, now=NOW)
    assert complain(citizen).state is CaseState.SUBMITTED
