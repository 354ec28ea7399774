"""A case in full: to who may see it, of a person for a purpose, and each reading written down."""

import pytest
from sqlalchemy import select

from core.audit.trail import Entry, TrailKind
from core.case_errors import EvidenceNotFoundError, EvidenceNotReadyError, EvidenceUnfitError
from core.cases import CaseState
from core.casework import detail, possible
from core.casework.possible import StaffStep
from core.casework.purposes import CasePurpose, offered
from core.casework.saying import Say
from core.db import Reading, Writing
from core.eligibility import Applicant
from core.errors import CaseNotFoundError
from core.evidence import ledger
from core.evidence.kinds import EvidenceState, MediaType
from core.evidence.ledger import Arrived
from core.staff.errors import NotPermittedError, PurposeMissingError
from core.staff.roles import TABLE, Deed, Role
from tests.core.department_files import VAULT
from tests.core.given import NOW, account
from tests.core.given_cases import OFFICE, complain, object_to, repair_, review
from tests.core.given_casework import do, hire, propose, say

HANDLE = CasePurpose.HANDLE
T = StaffStep


def read(staff, case, purpose=HANDLE):
    with Writing() as session:
        return detail.read(session, staff, case.id, purpose=purpose, office=OFFICE, now=NOW)


def looks():
    with Reading() as session:
        rows = session.scalars(select(Entry).where(Entry.kind == TrailKind.ACCESS))
        return [
            (row.actor, row.purpose, row.subject_id)
            for row in rows
            if row.actor.startswith("staff")
        ]


def steps(staff, case):
    with Reading() as session:
        held = session.get_one(type(case), case.id)
        return possible.of(session, staff, held, office=OFFICE)


def test_an_entitys_case_needs_no_purpose(office):
    case = object_to(office.entity, office.record, by=office.by)

    found = read(office.us, case, None)

    assert (found.subject, found.statement) == (office.entity.name, "金额有误")
    assert found.filed.organisation == office.entity.uscc
    assert looks() == []


def test_what_somebody_filed_for_oneself_is_read_for_a_purpose(office):
    case = complain(Applicant(account()))

    for purpose in (None, CasePurpose.SUPERVISE):
        with pytest.raises(PurposeMissingError):
            read(office.us, case, purpose)
    assert read(office.us, case).record is None
    assert looks() == [(office.us.actor, HANDLE, None)]


def test_a_person_is_masked_and_sees_who_looked(office, on_record):
    known = on_record(VAULT, NOW)
    person = known.person()
    one = known.record(person)
    by = Applicant(account(), None, person)
    case = object_to(None, one, by=by)

    found = read(office.us, case)

    assert found.subject == "示**（**************0004）"
    assert found.facts == {"legal_basis": "示例某违反的规定"}
    assert looks() == [(office.us.actor, HANDLE, person)]
    about = complain(office.by, _target(one))
    assert read(office.us, about).facts == {}  # another person's record stays closed


def _target(one):
    from core.complaint import Matter, Target

    with Writing() as session:
        session.merge(one).visibility = "public"
    return Target(Matter.SERVICE)


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_purposes(database, role):
    staff = hire(role)

    assert bool(offered(staff)) is (Deed.SEE_CASES in TABLE[role])


@pytest.mark.parametrize("role", Role)
def test_only_who_may_see_cases_reads_one(office, role):
    case, staff = object_to(office.entity, office.record, by=office.by), hire(role)
    if Deed.SEE_CASES in TABLE[role]:
        assert read(staff, case, None).case.id == case.id
    else:
        with pytest.raises(NotPermittedError):
            read(staff, case, None)


def test_a_department_reads_what_came_to_it_also_afterwards(office):
    case = repair_(office.entity, office.record, by=office.by)
    with pytest.raises(CaseNotFoundError):
        read(office.them, case)
    do("forward", office.us, case)
    assert read(office.them, case).case.state is CaseState.FORWARDED
    do("not_accept", office.them, case, say=say(case, CaseState.NOT_ACCEPTED))
    assert read(office.them, case).steps[-1].who == office.them.name
    with pytest.raises(CaseNotFoundError):
        read(office.them, review(case))


def test_a_proposal_and_its_answer_are_read_with_names(office):
    case = object_to(office.entity, office.record, by=office.by)
    do("annotate", office.us, case)
    propose(office.us, case)
    do("send_back", office.our_reviewer, case, why="再核实")

    found = read(office.us, case)

    (one,) = found.proposals
    assert (one.who, one.answer, one.answered_by) == (
        office.us.name,
        "再核实",
        office.our_reviewer.name,
    )
    assert found.handler == office.us.name


@pytest.mark.parametrize(
    ("state", "error"),
    [
        (EvidenceState.PENDING, EvidenceNotReadyError),
        (EvidenceState.INFECTED, EvidenceUnfitError),
        (None, EvidenceNotFoundError),
    ],
)
def test_only_clean_files_of_the_case_are_opened(office, state, error):
    case = object_to(office.entity, office.record, by=office.by)
    public_id = _attached(case, state) if state else "none"

    with Writing() as session, pytest.raises(error):
        detail.evidence(session, office.us, case.id, public_id=public_id, purpose=HANDLE, now=NOW)


def _attached(case, state):
    with Writing() as session:
        sealed = VAULT.seal("凭证.png", ledger.NAME)
        arrived = Arrived(case.account_id, "k", MediaType.PNG, sealed, "h", 1)
        one = ledger.add(session, arrived, now=NOW)
        ledger.attach(session, case.id, [one.public_id], account_id=case.account_id, now=NOW)
        one.state = state
        return one.public_id


def test_what_can_be_done_is_what_is_done(office):
    case = object_to(office.entity, office.record, by=office.by)
    assert steps(office.us, case) == [T.TAKE, T.ANNOTATE, T.NOT_ACCEPT]
    assert steps(office.our_reviewer, case) == steps(office.them, case) == []

    do("annotate", office.us, case)
    assert steps(office.us, case) == [T.FORWARD, T.WANT_SUPPLEMENT, T.PROPOSE]
    other = hire(Role.CASE_HANDLER)
    assert steps(other, case) == [T.TAKE]

    propose(office.us, case)
    assert steps(office.us, case) == [T.TAKE_BACK]
    assert steps(other, case) == []
    assert steps(office.our_reviewer, case) == [T.CONFIRM, T.SEND_BACK]

    do("take_back", office.us, case)
    do("want_supplement", office.us, case, say=Say(("fault_unclear",)))
    assert steps(office.us, case) == [T.PROPOSE]
