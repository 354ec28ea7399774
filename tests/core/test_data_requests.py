"""Data requests: filed by the person alone, answered by this platform within its promise."""

from dataclasses import replace
from datetime import date

import pytest

from core.case_errors import TooManyCasesError
from core.cases import CaseKind, CaseState, Holder
from core.data_request import MOST_OPEN, Right
from core.db import Reading
from core.eligibility import Applicant
from core.errors import NotVerifiedError
from core.outbox import events
from core.outbox.deliveries import EventKind
from core.own_cases import Possible
from core.staff.roles import Role
from messages.wording import LANGUAGES
from tests.core.given import account, subject
from tests.core.given_cases import ask_for_data, moved, possible, read, resubmit, withdraw
from tests.core.given_casework import S, do, hire, propose, say, told_of


@pytest.fixture
def by(database):
    return Applicant(account(), subject_id=subject("李华").id)


def test_a_person_asks_and_this_platform_has_fifteen_working_days(by):
    case = ask_for_data(by, Right.ACCESS, Right.COPY)

    assert (case.kind, case.state) == (CaseKind.DATA_REQUEST, CaseState.SUBMITTED)
    assert (case.grounds, case.subject_id) == ("access,copy", by.subject_id)
    assert (case.holder, case.holder_id) == (Holder.PLATFORM, None)
    assert (case.clock, case.clock_days) == ("data_request", 15)
    assert case.due_on == date(2026, 6, 10)
    with Reading() as session:
        owed = session.query(events.Event).one()
    assert owed.kind is EventKind.CASE_OPENED


def test_the_term_runs_from_the_day_of_filing_whatever_was_done_since(by):
    case = ask_for_data(by)
    do("accept", hire(Role.CASE_HANDLER), case)

    assert (read(case).state, read(case).due_on) == (CaseState.ACCEPTED, case.due_on)


def test_who_was_not_verified_asks_for_nothing(by):
    with pytest.raises(NotVerifiedError):
        ask_for_data(replace(by, subject_id=None))


def test_several_may_be_open_but_not_any_number(by):
    for _ in range(MOST_OPEN):
        ask_for_data(by)
    with pytest.raises(TooManyCasesError):
        ask_for_data(by)

    ask_for_data(Applicant(account(), subject_id=subject("张伟").id))


@pytest.mark.parametrize("outcome", [S.UPHELD, S.REFUSED])
def test_one_of_us_proposes_another_confirms_and_the_person_is_told(by, outcome):
    case = ask_for_data(by, Right.DELETE)
    handler, reviewer = hire(Role.CASE_HANDLER), hire(Role.REVIEWER)
    do("accept", handler, case)
    propose(handler, case, outcome)
    do("confirm", reviewer, case)

    assert (read(case).state, read(case).due_on) == (outcome, None)
    assert told_of(case) == [S.ACCEPTED, outcome]


def test_what_is_not_accepted_has_its_reason_and_may_come_again(by):
    case = ask_for_data(by)
    do("not_accept", hire(Role.CASE_HANDLER), case, say=say(case, S.NOT_ACCEPTED))

    assert possible(read(case)) == [Possible.REVIEW, Possible.RESUBMIT]
    again = resubmit(read(case), by, "再说明一次")
    assert (again.kind, again.grounds) == (CaseKind.DATA_REQUEST, case.grounds)


def test_it_is_withdrawn_while_it_is_open(by):
    assert withdraw(ask_for_data(by)).state is CaseState.WITHDRAWN


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_outcome_has_words_of_its_own(language):
    words = LANGUAGES[language]

    assert words.case_state("data_request", "upheld") != words.case_state("objection", "upheld")
    assert words.case_state("complaint", "upheld") == words.COMPLAINT_STATES["upheld"]


def test_it_goes_on_after_a_supplement(by):
    case = moved(ask_for_data(by), "supplement_wanted")

    assert case.holder is Holder.APPLICANT
