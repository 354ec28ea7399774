"""Whose case it is: of the platform or a department, of one handler, as it was last seen."""

import pytest

from core.cases import CaseState
from core.casework.saying import Say
from core.db import Writing
from core.departments import Level, Succession, known, take_over
from core.errors import CaseNotFoundError
from core.staff.errors import (
    NotHeldError,
    NotPermittedError,
    ProposalWaitingError,
    StaleCaseError,
    TakenError,
)
from core.staff.roles import TABLE, Deed, Role
from tests.core.given import at_once
from tests.core.given_cases import complain, read, repair_, supplement
from tests.core.given_casework import (
    do,
    hire,
    later,
    propose,
    say,
    seen,
)

S = CaseState
PROOF = Say(("proof_missing",), "请补传缴款凭证")


def _department(name, *took_over):
    with Writing() as session:
        take_over(session, [Succession(name, Level.CITY, took_over)])
        return known(session, name, None)


def test_each_office_handles_what_is_its_own(office):
    case = repair_(office.entity, office.record, by=office.by)
    strangers = hire(Role.CASE_HANDLER, department_id=_department("昆明市另一局"))

    with pytest.raises(CaseNotFoundError):  # it has not come to them yet
        do("forward", office.them, case)
    do("forward", office.us, case)
    with pytest.raises(NotHeldError):
        do("accept", office.us, case)
    with pytest.raises(CaseNotFoundError):
        do("accept", strangers, case)
    do("accept", office.them, case)
    do("want_supplement", office.them, case, say=PROOF)
    with pytest.raises(NotHeldError):  # who waits for the applicant still has it
        do("not_accept", office.us, case, say=say(case, S.NOT_ACCEPTED), now=later(30))


def test_a_department_handles_the_cases_of_those_it_took_over(office):
    case = repair_(office.entity, office.record, by=office.by)
    do("forward", office.us, case)
    heirs = _department("昆明市新局", office.record.authority)

    do("accept", hire(Role.CASE_HANDLER, department_id=heirs), case)

    assert read(case).state is S.ACCEPTED


@pytest.mark.parametrize("role", Role)
def test_only_roles_that_handle_cases_do(office, role):
    case = complain(office.by)
    staff = hire(role)
    if Deed.HANDLE_CASE in TABLE[role]:
        do("accept", staff, case)
    else:
        with pytest.raises(NotPermittedError):
            do("accept", staff, case)
    assert (read(case).state is S.ACCEPTED) is (Deed.HANDLE_CASE in TABLE[role])


def test_ten_who_take_a_case_at_once_are_one_who_has_it(office):
    case = complain(office.by)
    staff = [hire(Role.CASE_HANDLER) for _ in range(10)]
    before = seen(case)

    def take():
        try:
            do("take", staff.pop(), case, at=before)
        except StaleCaseError:
            return False
        return True

    assert sorted(at_once(10, take)) == [False] * 9 + [True]


def test_what_has_changed_since_is_not_acted_on(office):
    case = complain(office.by)
    before = seen(case)
    supplement(case)

    with pytest.raises(StaleCaseError):
        do("accept", office.us, case, at=before)
    assert read(case).state is S.SUBMITTED


def test_who_acts_first_handles_the_case_until_a_colleague_takes_it(office):
    case = complain(office.by)
    other = hire(Role.CASE_HANDLER)
    do("accept", office.us, case)

    with pytest.raises(TakenError):
        propose(other, case)
    do("take", other, case)

    assert read(case).handler_id == other.id
    propose(other, case)
    with pytest.raises(ProposalWaitingError):
        do("take", office.us, case)
