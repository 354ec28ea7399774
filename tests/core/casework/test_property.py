"""Random deeds by random people on random days: no step but a legal one, no deadline but the law's,
each step in the trail, each notice owed once.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core import progress
from core.audit.trail import Entry
from core.calendar import day
from core.case_clock import Track
from core.cases import OPEN, Action, CaseEvent, CaseState, Holder
from core.casework.staff_notices import NoticeKind, StaffNotice
from core.db import Reading
from core.errors import CreditError
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from tests.core.casework.cast import DEEDS, MAY, OTHERS, act, everybody, fresh
from tests.core.clock_oracle import PAUSE, Days, Oracle
from tests.core.given_cases import read

S = CaseState
# What brings a case on, by what it waits for: else chance alone would hardly ever decide one.
_DECIDE = ["propose", "propose", "confirm", "confirm", "confirm", "want_supplement", "tick"]
_SEND = ["supplement", "supplement", "tick"]
_OURS = {
    S.SUBMITTED: ["accept", "accept", "want_supplement", "tick"],
    S.ACCEPTED: _DECIDE,
    S.SUPPLEMENT_WANTED: _SEND,
}
ONWARD = {
    Track.OBJECTION: {
        S.SUBMITTED: ["annotate", "annotate", "tick"],
        S.ANNOTATED: ["forward", "forward", "want_supplement", "tick"],
        S.FORWARDED: _DECIDE,
        S.SUPPLEMENT_WANTED: _SEND,
    },
    Track.REPAIR: {
        S.SUBMITTED: ["forward", "forward", "tick"],
        S.FORWARDED: ["accept", "accept", "accept", "want_supplement", "not_accept", "tick"],
        S.ACCEPTED: _DECIDE,
        S.SUPPLEMENT_WANTED: _SEND,
    },
    Track.COMPLAINT: _OURS,
    Track.DATA_REQUEST: _OURS,
    Track.REVIEW: {S.SUBMITTED: _DECIDE, S.SUPPLEMENT_WANTED: _SEND},
}
DAYS = [0, 0, 0, 0, 1, 1, 2, 3, 7, 15]
FILED = st.datetimes(datetime(2025, 12, 1), datetime(2027, 1, 31), timezones=st.just(UTC))


@pytest.fixture
def world(database):
    return everybody()


def history(case):
    with Reading() as session:
        mine = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
        trail = select(func.count()).where(Entry.object == f"case:{case.id}")
        return session.scalars(mine).all(), session.scalar(trail)


def demand_owed_once(case, steps, late):
    """Each step of the staff and of the ticker is told once, and each lateness that was seen."""
    with Reading() as session:
        events = [
            one
            for one in session.scalars(select(Event)).all()
            if one.facts.get("case_id") == case.id
        ]
        notices = session.scalars(select(StaffNotice).where(StaffNotice.case_id == case.id)).all()
    told = Counter(one.facts["event_id"] for one in events if one.kind is EventKind.CASE_MOVED)
    due = {one.id for one in steps if one.who != "applicant" and one.action is Action.MOVED}
    assert set(told) <= due | {one.id for one in steps if one.action is Action.EXTENDED}
    assert set(told.values()) <= {1}
    # An upheld case that is carried out in the same breath is told of once, by its last step.
    silent = due - set(told)
    assert {one.state for one in steps if one.id in silent} <= {S.UPHELD}
    over = Counter(
        (one.facts["clock"], one.facts["due_on"])
        for one in events
        if one.kind is EventKind.CASE_OVERDUE
    )
    assert over == Counter(late)
    assert {
        (one.clock.value, str(one.due_on)) for one in notices if one.kind is NoticeKind.OVERDUE
    } == late


class Walk:
    """One case on its way, and what it must show."""

    def __init__(self, track, case, filed):
        self.track, self.case = track, case
        self.oracle, self.late = Oracle(track.value, filed, Days()), set()

    def refused(self, before, found):
        """Nothing has changed."""
        after = read(self.case)
        assert (after.state, after.version) == (before.state, before.version)
        assert ids(history(self.case)) == ids(found)

    def done(self, deed, before, found, today):
        """Each step was legal, and is in the trail; the clock shows what the oracle says."""
        after, (steps, noted) = read(self.case), history(self.case)
        assert after.version == before.version or noted > found[1]
        if deed == "tick":
            self.note_late(before, today)
        stands = before.state, before.resumes
        for one in steps[len(found[0]) :]:
            # What is added while nobody waits for it, and what is prolonged, is no step.
            if one.state is stands[0] or one.action is Action.EXTENDED:
                continue
            assert legal(self.track, *stands, one.state)
            self.oracle.step(stands[0].value, one.state.value, today)
            stands = one.state, (stands[0] if one.state is S.SUPPLEMENT_WANTED else None)
        assert after.state is stands[0]
        shown = after.due_on, after.due_provisional, after.clock
        assert shown == (self.oracle.due, self.oracle.provisional, self.oracle.clock)
        if deed == "tick" and after.state is not before.state:
            self.note_late(after, today)

    def note_late(self, case, today):
        """A ticker that sees it late says so."""
        waits = case.state in OPEN and case.holder is not Holder.APPLICANT
        if waits and case.due_on < today:
            self.late.add((case.clock.value, str(case.due_on)))


@pytest.mark.parametrize("track", ONWARD)
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(now=FILED, seed=st.integers(0, 2**32))
def test_nothing_happens_but_what_the_law_lets_happen(world, track, now, seed):
    (entity, people), chance = world, Random(seed)
    case = fresh(entity, track, now)
    walk = Walk(track, case, day(now))
    for _ in range(12):
        now += timedelta(days=chance.choice(DAYS), hours=chance.randrange(10))
        before, found = read(case), history(case)
        onward = ONWARD[track].get(before.state) if chance.randrange(6) else None
        deed, name = chance.choice(onward or DEEDS + OTHERS), chance.choice(sorted(people))
        name = able(before, deed) if onward else name
        try:
            act(deed, people[name], before, chance.randrange(6), now)
        except CreditError:
            walk.refused(before, found)
            continue
        assert name in MAY or deed in ("tick", "supplement", "withdraw")
        walk.done(deed, before, found, day(now))
    demand_owed_once(case, history(case)[0], walk.late)


def able(case, deed):
    """Name somebody who may, if anybody may."""
    theirs = case.holder is Holder.DEPARTMENT
    if deed == "confirm":
        return "their reviewer" if theirs else "our reviewer"
    return "their handler" if theirs else "our handler"


def ids(found):
    steps, trail = found
    return [one.id for one in steps], trail


def legal(track, state, resumes, to):
    if state.value == PAUSE and to in OPEN:
        return to is resumes
    return to in progress.STEPS[track].get(state, ())
