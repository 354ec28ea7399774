"""The clock of a case on days that matter, and what each step leaves behind."""

from datetime import UTC, datetime
from itertools import product

import pytest

from core import cases, progress
from core.audit.trail import Entry
from core.calendar import day
from core.case_clock import Track
from core.case_errors import CaseClosedError
from core.cases import CaseState, Holder
from core.db import Reading, Writing
from core.progress import STEPS, Step
from core.rules import Clock
from tests.core.department_files import RULES
from tests.core.given import NOW, record, subject
from tests.core.given_cases import moved, object_to, repair_

S = CaseState


# 2026-09-24, a Thursday: 中秋 and 国庆 follow; the Saturday 10-10 is worked.
def test_a_repair_is_decided_within_the_laws_ten_days(database):
    filed = datetime(2026, 9, 24, 1, tzinfo=UTC)
    entity = subject()
    case = repair_(entity, record(entity.id, repairable_from=day(filed)), now=filed)
    assert (str(case.due_on), case.holder) == ("2026-09-28", Holder.PLATFORM)

    forwarded = moved(case, "forwarded", now=datetime(2026, 9, 28, 1, tzinfo=UTC))
    assert (str(forwarded.due_on), forwarded.holder) == ("2026-10-08", Holder.DEPARTMENT)
    accepted = moved(case, "accepted", now=datetime(2026, 10, 8, 1, tzinfo=UTC))
    # Seven days from the acceptance would be 10-17; ten from the filing end on 10-15.
    assert (str(accepted.due_on), accepted.clock) == ("2026-10-15", Clock.REPAIR_FINISH)


def test_a_deadline_in_a_year_without_a_calendar_is_provisional(database):
    filed = datetime(2026, 12, 31, 1, tzinfo=UTC)
    entity = subject()

    case = object_to(entity, record(entity.id), now=filed)

    assert case.due_provisional
    assert case.due_on.year == 2027


def test_a_pause_stops_the_clock_and_a_day_at_least_is_left(database):
    entity = subject()
    case = object_to(entity, record(entity.id), now=datetime(2026, 11, 23, 1, tzinfo=UTC))
    at = [datetime(2026, 11, number, 1, tzinfo=UTC) for number in (23, 24, 25, 30)]
    moved(case, "annotated", now=at[0])
    forwarded = moved(case, "forwarded", now=at[1])
    assert str(forwarded.due_on) == "2026-12-01"

    asked = moved(case, "supplement_wanted", now=at[2])
    assert (asked.holder, asked.clock, asked.left_days) == (
        Holder.APPLICANT,
        Clock.SUPPLEMENT,
        4,
    )
    went_on = moved(case, "forwarded", now=at[3])
    assert (str(went_on.due_on), went_on.paused_days) == ("2026-12-04", 3)
    assert (went_on.resumes, went_on.left_days, went_on.paused_on) == (None, None, None)


def test_a_clock_since_filing_is_longer_by_what_the_pause_took(database):
    entity = subject()
    one = record(entity.id, repairable_from=day(NOW))
    case = repair_(entity, one, now=datetime(2026, 11, 2, 1, tzinfo=UTC))
    moved(case, "forwarded", "supplement_wanted", now=datetime(2026, 11, 3, 1, tzinfo=UTC))
    moved(case, "forwarded", now=datetime(2026, 11, 6, 1, tzinfo=UTC))

    accepted = moved(case, "accepted", now=datetime(2026, 11, 11, 1, tzinfo=UTC))

    # Ten working days from 11-02 end on 11-16; three that the applicant took come on top.
    assert (str(accepted.due_on), accepted.clock) == ("2026-11-19", Clock.REPAIR_FINISH)


def test_a_pause_ends_where_it_began(database):
    entity = subject()
    case = object_to(entity, record(entity.id))
    moved(case, "annotated", "supplement_wanted")

    with pytest.raises(CaseClosedError):
        moved(case, "forwarded")
    assert moved(case, "annotated").state == "annotated"


@pytest.mark.parametrize(("late", "due"), [(date_, "2026-12-08") for date_ in (4, 7)])
def test_who_was_late_before_the_pause_has_one_day_after_it(database, late, due):
    entity = subject()
    case = object_to(entity, record(entity.id), now=datetime(2026, 11, 23, 1, tzinfo=UTC))
    moved(case, "annotated", "forwarded", now=datetime(2026, 11, 24, 1, tzinfo=UTC))

    moved(case, "supplement_wanted", now=datetime(2026, 12, late, 1, tzinfo=UTC))
    went_on = moved(case, "forwarded", now=datetime(2026, 12, 7, 1, tzinfo=UTC))

    assert str(went_on.due_on) == due


def test_no_step_leads_out_of_the_end():
    ends = (S.NOT_ACCEPTED, S.REFUSED, S.WITHDRAWN, S.REVOKED)

    for track, state in product(Track, ends):
        assert not STEPS[track].get(state)


def test_what_staff_did_is_in_the_trail(database):
    entity = subject()
    case = object_to(entity, record(entity.id))

    moved(case, "annotated", who="staff:7")

    with Reading() as session:
        acts = session.query(Entry).order_by(Entry.id).all()
        assert [(act.actor.partition(":")[0], act.action, act.object) for act in acts] == [
            ("account", "case_filed", f"case:{case.id}"),
            ("staff", "case_annotated", f"case:{case.id}"),
        ]


def test_a_step_may_say_why(database):
    entity = subject()
    case = object_to(entity, record(entity.id))
    with Writing() as session:
        step = Step(S.NOT_ACCEPTED, "staff:1", ("no_proof", "not_clear"), "k1.sealed")
        progress.move(session, case.id, step, rules=RULES, now=NOW)

    with Reading() as session:
        last = cases.steps(session, case.id)[-1]
        assert (last.reasons, last.note_sealed) == ("no_proof,not_clear", "k1.sealed")
