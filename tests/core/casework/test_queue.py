"""The queue: the open cases of an office, most urgent first, each once over all pages."""

from datetime import date, timedelta

import pytest

from core.cases import CaseKind, CaseState
from core.casework import queue
from core.casework.queue import Light, Wanted, Whose
from core.casework.saying import Say
from core.db import Reading
from core.staff.errors import NotPermittedError
from core.staff.roles import TABLE, Deed, Role
from tests.core.department_files import RULES
from tests.core.given import TODAY, record
from tests.core.given_cases import complain, object_to, repair_, review
from tests.core.given_casework import do, hire, later, on_the_desk, propose, say


def page(staff, *, limit=50, today=TODAY, **wanted):
    with Reading() as session:
        return queue.page(session, staff, Wanted(**wanted), limit=limit, rules=RULES, today=today)


def ids(staff, **given):
    return [line.id for line in page(staff, **given)]


def count(staff, *, today=TODAY, **wanted):
    with Reading() as session:
        return queue.count(session, staff, Wanted(**wanted), rules=RULES, today=today)


def test_a_queue_is_read_by_deadline_page_by_page(office):
    filed = [complain(office.by, now=later(days)) for days in (3, 0, 7, 0)]
    in_order = [filed[1], filed[3], filed[0], filed[2]]

    first = page(office.us, limit=3)
    rest = ids(office.us, after=(first[-1].due_on, first[-1].id))

    assert [line.id for line in first] + rest == [case.id for case in in_order]


@pytest.mark.parametrize(
    ("today", "light"),
    [
        # It is due on 2026-05-21, a Thursday.
        (date(2026, 5, 19), Light.GREEN),
        (date(2026, 5, 20), Light.AMBER),
        (date(2026, 5, 21), Light.AMBER),
        (date(2026, 5, 22), Light.RED),
    ],
)
def test_a_light_says_how_near_the_deadline_is(office, today, light):
    case = repair_(office.entity, office.record, by=office.by)

    assert [line.light for line in page(office.us, today=today)] == [light]
    for one in Light:
        assert ids(office.us, today=today, light=one) == ([case.id] if one is light else [])
        assert count(office.us, today=today, light=one) == (one is light)


def test_each_office_has_its_own_queue(office):
    case = repair_(office.entity, office.record, by=office.by)
    assert ids(office.us) == [case.id]
    assert ids(office.them) == ids(office.them, whose=Whose.MINE) == []

    do("forward", office.us, case)
    assert ids(office.us) == []
    assert ids(office.us, whose=Whose.DEPARTMENTS) == [case.id]
    assert ids(office.them) == ids(office.them, whose=Whose.DEPARTMENTS) == [case.id]

    do("want_supplement", office.them, case, say=Say(("proof_missing",)))
    assert ids(office.them) == []
    for staff in (office.us, office.them):
        assert ids(staff, whose=Whose.APPLICANT) == [case.id]
    assert ids(office.them, whose=Whose.MINE) == [case.id]
    stranger = hire(Role.CASE_HANDLER, department_id=_other(office))
    for whose in Whose:
        assert ids(stranger, whose=whose) == []


def _other(office):
    from core import departments
    from core.db import Writing

    with Writing() as session:
        return departments.known(session, f"另一局{office.record.id}", None)


def test_a_review_is_the_platforms_alone(office):
    case = object_to(office.entity, office.record, by=office.by)
    do("not_accept", office.us, case, say=say(case, CaseState.NOT_ACCEPTED))
    again = review(case)

    assert ids(office.us) == [again.id]
    assert ids(office.them) == ids(office.them, whose=Whose.APPLICANT) == []


def test_what_waits_for_confirmation_is_found(office):
    one, other = complain(office.by), complain(office.by)
    for case in (one, other):
        on_the_desk(case, office.us, office.them)
    propose(office.us, one)

    assert ids(office.our_reviewer, whose=Whose.PROPOSED) == [one.id]
    assert sorted(ids(office.us, whose=Whose.MINE)) == [one.id, other.id]


def test_a_queue_is_filtered_by_kind_and_state(office):
    one = complain(office.by)
    other = object_to(office.entity, record(office.entity.id), by=office.by)
    do("annotate", office.us, other)

    assert ids(office.us, kind=CaseKind.COMPLAINT) == [one.id]
    assert ids(office.us, state=CaseState.ANNOTATED) == [other.id]
    assert ids(office.us, kind=CaseKind.COMPLAINT, state=CaseState.ANNOTATED) == []


def test_a_decided_case_is_in_no_queue_but_found_by_its_code(office):
    case = object_to(office.entity, office.record, by=office.by)
    do("not_accept", office.us, case, say=say(case, CaseState.NOT_ACCEPTED))

    assert ids(office.us) == []
    with Reading() as session:
        assert queue.find(session, office.us, f" {case.receipt_code.lower()}") == case.id
        assert queue.find(session, office.them, case.receipt_code) is None
        assert queue.find(session, office.us, "none") is None


@pytest.mark.parametrize("role", Role)
def test_only_who_may_see_cases_sees_a_queue(office, role):
    staff = hire(role)
    if Deed.SEE_CASES in TABLE[role]:
        assert ids(staff) == []
    else:
        with pytest.raises(NotPermittedError):
            ids(staff)


def test_a_deadline_months_away_is_green(office):
    complain(office.by)

    assert page(office.us, today=TODAY - timedelta(days=90))[0].light is Light.GREEN
