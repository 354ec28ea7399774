"""Standing in: the platform acts for a department of which nobody can, and the applicant knows."""

import pytest
from sqlalchemy import select

from core import case_news, cases
from core.audit.trail import Entry
from core.cases import Action, Holder
from core.casework import held, standing_in
from core.casework.saying import Say
from core.db import Reading, Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordState
from core.staff.errors import NotHeldError, NotPermittedError, StaleCaseError, StandInError
from core.staff.roles import Role
from messages import progress
from tests.core.department_files import RULES
from tests.core.given import NOW, TODAY, record, subject
from tests.core.given_cases import applicant, read, repair_, supplement
from tests.core.given_casework import S, do, hire, propose, seen

OFFICE_NAME = "昆明市人力资源和社会保障局"
SUPPLEMENT = Say(("proof_unreadable",), "请重新拍照")


@pytest.fixture
def case(database):
    """A repair that was forwarded to a department without accounts."""
    entity = subject()
    one = repair_(entity, record(entity.id, repairable_from=TODAY), by=applicant(entity))
    do("forward", hire(Role.CASE_HANDLER), one)
    return one


def act(deed, staff, case, *, at=None):
    with Writing() as session:
        return deed(session, staff, at or seen(case), now=NOW)


def begin(case, staff=None):
    return act(standing_in.begin, staff or hire(Role.SUPERVISOR), case)


def said(case):
    """Return what the newest notice of a case tells its applicant."""
    with Reading() as session:
        moved = select(Event).where(Event.kind == EventKind.CASE_MOVED).order_by(Event.id.desc())
        event = session.scalars(moved).first()
        news = case_news.of_step(session, event.facts["event_id"])
    return news, progress.tell(news, RULES.reasons, "zh"), progress.tell(news, RULES.reasons, "en")


def test_the_platform_decides_for_a_department_without_accounts(case):
    ours, reviewer = hire(Role.CASE_HANDLER), hire(Role.REVIEWER)
    with pytest.raises(NotHeldError):
        do("accept", ours, case)
    before = read(case)
    begin(case)

    do("accept", ours, case)
    propose(ours, case, S.UPHELD)
    do("confirm", reviewer, case)

    after = read(case)
    with Reading() as session:
        one = session.get_one(Record, after.record_id)
    assert (after.state, one.state) == (S.APPLIED, RecordState.REPAIRED)
    assert after.stands_in_for == before.holder_id


def test_the_clock_runs_as_before(case):
    before = read(case)
    begin(case)
    after = read(case)

    assert (after.due_on, after.clock, after.state) == (before.due_on, before.clock, before.state)
    assert (before.holder, after.holder) == (Holder.DEPARTMENT, Holder.PLATFORM)


def test_the_applicant_hears_that_the_platform_acts_on_behalf_of_whom(case):
    begin(case)
    news, zh, en = said(case)

    assert (news.action, news.following.on_behalf) == (Action.STAND_IN, True)
    assert ("由谁办理", f"信用昆明平台（代{OFFICE_NAME}）") in zh.facts
    assert any(text.endswith(f"(on behalf of {OFFICE_NAME})") for _, text in en.facts)
    assert "代它办理" in zh.hint

    do("accept", hire(Role.CASE_HANDLER), case)
    assert ("由谁办理", f"信用昆明平台（代{OFFICE_NAME}）") in said(case)[1].facts


def test_it_is_in_the_trail_and_among_the_steps(case):
    supervisor = hire(Role.SUPERVISOR)
    begin(case, supervisor)

    with Reading() as session:
        entry = session.scalars(select(Entry).where(Entry.action == "case_stood_in")).one()
        step = cases.steps(session, case.id)[-1]
    assert (entry.actor, entry.object) == (supervisor.actor, f"case:{case.id}")
    assert entry.facts["department"] == case.holder_id
    assert (step.action, step.who, step.state) == (Action.STAND_IN, supervisor.actor, S.FORWARDED)


def test_a_department_with_a_handler_acts_itself(case):
    hire(Role.CASE_HANDLER, department_id=case.holder_id)

    with pytest.raises(StandInError):
        begin(case)
    assert read(case).stands_in_for is None


def test_an_account_that_cannot_handle_cases_does_not_count(case):
    hire(Role.INTAKE_CLERK, department_id=case.holder_id)
    begin(case)

    assert read(case).stands_in_for == case.holder_id


def test_only_a_supervisor_of_the_platform_says_so(case):
    for staff in (hire(Role.CASE_HANDLER), hire(Role.ADMINISTRATOR), hire(Role.REVIEWER)):
        with pytest.raises(NotPermittedError):
            begin(case, staff)
    with pytest.raises(NotPermittedError):
        begin(case, hire(Role.SUPERVISOR, department_id=case.holder_id))


def test_what_one_has_not_seen_one_does_not_assign(case):
    before = seen(case)
    begin(case)

    with pytest.raises(StaleCaseError):
        act(standing_in.begin, hire(Role.SUPERVISOR), case, at=before)
    with pytest.raises(StandInError):  # once is enough
        begin(case)


def test_after_a_pause_the_platform_goes_on(case):
    begin(case)
    do("want_supplement", hire(Role.CASE_HANDLER), case, say=SUPPLEMENT)
    assert read(case).holder is Holder.APPLICANT
    supplement(case)

    after = read(case)
    assert (after.state, after.holder) == (S.FORWARDED, Holder.PLATFORM)
    assert held.desk(after) is Holder.PLATFORM


def test_given_back_it_is_the_departments_again_and_no_proposal_of_ours_waits(case):
    ours = hire(Role.CASE_HANDLER)
    begin(case)
    do("accept", ours, case)
    propose(ours, case, S.UPHELD)
    act(standing_in.give_back, hire(Role.SUPERVISOR), case)
    theirs = hire(Role.CASE_HANDLER, department_id=case.holder_id)

    after = read(case)
    assert (after.holder, after.stands_in_for, after.handler_id) == (Holder.DEPARTMENT, None, None)
    assert said(case)[0].action is Action.GIVEN_BACK
    with pytest.raises(NotHeldError):
        propose(ours, case)
    assert propose(theirs, case)
    with pytest.raises(StandInError):
        act(standing_in.give_back, hire(Role.SUPERVISOR), case)
