"""The way of a case: random steps on random days, checked against plain Python that counts days."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from core import case_clock, cases
from core.audit.trail import Entry
from core.calendar import day
from core.case_clock import LEGS, Track
from core.case_errors import CaseClosedError
from core.cases import OPEN, Case, CaseEvent, CaseKind, CaseState
from core.db import Reading, Writing
from core.progress import STEPS
from tests.core.clock_oracle import TABLE, Days, Oracle
from tests.core.department_files import RULES
from tests.core.given import NOW, account, record, subject
from tests.core.given_cases import moved, opened, read

S = CaseState


def test_every_state_with_something_due_is_in_the_oracle():
    assert {
        track.value: {
            state.value: [
                (leg.clock.value, "filed" if leg.since_filed else "entered"),
                *([(leg.within.value, "filed")] if leg.within else []),
            ]
            for state, leg in legs.items()
        }
        for track, legs in LEGS.items()
    } == TABLE


@pytest.mark.parametrize("track", Track)
def test_every_state_can_be_reached_and_every_open_one_left(track):
    reached, steps = {S.SUBMITTED}, STEPS[track]
    for _ in CaseState:
        reached |= {after for state in reached for after in steps.get(state, ())}

    assert set(steps) <= reached
    for state in reached & OPEN:
        assert S.WITHDRAWN in steps[state]  # whoever asks may take it back until it is decided
        assert case_clock.leg(track, state) is not None
    for state in reached - OPEN - {S.UPHELD}:
        assert case_clock.leg(track, state) is None


@pytest.fixture
def held(database):
    entity = subject()
    return record(entity.id, repairable_from=day(NOW)), account()


def fresh(held, track, now):
    """Open a case of a track; what earlier examples left goes."""
    with Writing() as session:
        for table in (CaseEvent, Entry):
            session.execute(delete(table))
        session.execute(delete(Case).where(Case.review_of_id.is_not(None)))
        session.execute(delete(Case))
    one, by = held
    kind = CaseKind.OBJECTION if track is Track.REVIEW else CaseKind(track.value)
    case = opened(one, kind=kind, account_id=by)
    with Writing() as session:
        if track is Track.REVIEW:
            first = session.get_one(Case, case.id)
            first.state = S.REFUSED
            session.flush()
            second = cases.Opening(
                kind, account_id=by, grounds=("wrong",), statement_sealed="", review_of_id=case.id
            )
            case = cases.open_one(session, second, now=NOW)
        case = session.get_one(Case, case.id)
        case.opened_at = now
        case_clock.start(case, rules=RULES, today=day(now))
    return case


def allowed(track, state, to, resumes):
    goes_on = state is S.SUPPLEMENT_WANTED and to in OPEN
    return to is resumes if goes_on else to in STEPS[track].get(state, ())


def chosen(track, state, resumes, choice):
    """Choose a step: most often one that goes on, sometimes any."""
    legal = [to for to in CaseState if allowed(track, state, to, resumes)]
    onward = [to for to in legal if to in OPEN] or legal
    ways = {0: list(CaseState), 1: legal}.get(choice % 8, onward) or list(CaseState)
    return ways[choice // 8 % len(ways)]


STEP = st.tuples(st.integers(0, 999), st.integers(0, 12), st.integers(0, 23))
FILED = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 28), timezones=st.just(UTC))


@pytest.mark.parametrize("track", Track)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(now=FILED, steps=st.lists(STEP, min_size=4, max_size=14))
def test_a_case_goes_its_way_and_no_other(held, track, now, steps):
    case, oracle = fresh(held, track, now), Oracle(track, day(now), Days())
    state, resumes, taken = S.SUBMITTED, None, 0
    for choice, days, hours in steps:
        to = chosen(track, state, resumes, choice)
        now += timedelta(days=days, hours=hours)
        if not allowed(track, state, to, resumes):
            with pytest.raises(CaseClosedError):
                moved(case, to, now=now)
            assert read(case).state is state
            continue
        found = moved(case, to, now=now)
        oracle.step(state, to, day(now))
        resumes = state if to is S.SUPPLEMENT_WANTED else None
        state, taken = to, taken + 1
        assert (found.state, found.version) == (to, taken + 1)
        shown = found.due_on, found.due_provisional, found.clock
        assert shown == (oracle.due, oracle.provisional, oracle.clock)
        assert (found.clock is None) is (found.due_on is None) is (found.holder is None)
    with Reading() as session:
        assert len(cases.steps(session, case.id)) == taken
        assert session.query(Entry).count() == taken
