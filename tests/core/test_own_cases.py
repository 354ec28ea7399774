"""What an applicant can still do about a case: supplement, withdraw, one review, file again."""

from datetime import date, timedelta

import pytest

from core import case_access, cases, own_cases, standing
from core.case_errors import (
    CaseClosedError,
)
from core.cases import CaseKind, CaseState
from core.db import Reading, Writing
from core.errors import CaseNotFoundError
from core.own_cases import Possible
from core.records import Record, RecordState
from tests.core.department_files import RULES
from tests.core.given import NOW, TODAY, at_once, record, subject
from tests.core.given_cases import (
    OFFICE,
    act,
    applicant,
    filed,
    moved,
    object_to,
    possible,
    read,
    repair_,
    review,
    supplement,
    withdraw,
)

DAY = timedelta(days=1)


@pytest.fixture
def entity(database):
    return subject()


@pytest.fixture
def by(entity):
    return applicant(entity)


@pytest.fixture
def one(entity):
    return record(entity.id, repairable_from=TODAY)


@pytest.mark.parametrize("kind", CaseKind)
def test_a_case_is_withdrawn_once(entity, one, by, kind):
    case = filed(kind, entity, one, by)

    gone = withdraw(case)

    assert (gone.state, gone.due_on, gone.holder) == (CaseState.WITHDRAWN, None, None)
    with pytest.raises(CaseClosedError):
        withdraw(case)
    assert filed(kind, entity, one, by).id != case.id  # and may be filed anew


def test_of_five_who_withdraw_at_once_one_does(entity, one, by):
    case = object_to(entity, one, by=by)

    def once():
        try:
            return withdraw(case).state
        except CaseClosedError:
            return None

    assert sorted(at_once(5, once), key=str) == [None] * 4 + [CaseState.WITHDRAWN]
    with Reading() as session:
        assert [step.state for step in cases.steps(session, case.id)] == ["submitted", "withdrawn"]


def test_what_is_decided_cannot_be_withdrawn(entity, one, by):
    case = object_to(entity, one, by=by)
    moved(case, "annotated", "upheld")

    with pytest.raises(CaseClosedError):
        withdraw(case)


@pytest.mark.parametrize("before", [RecordState.PUBLISHED, RecordState.CORRECTED])
def test_a_withdrawn_objection_takes_its_mark_off_the_record(entity, by, before):
    one = record(entity.id, state=before)
    case = object_to(entity, one, by=by)
    with Writing() as session:
        marked = standing.Step(RecordState.DISPUTED, "staff:1", "异议标注")
        standing.move(session, one.id, marked, now=NOW)
    moved(case, "annotated")

    withdraw(case)

    with Reading() as session:
        assert session.get_one(Record, one.id).state is before


def test_a_withdrawn_repair_leaves_the_record_alone(entity, by):
    one = record(entity.id, repairable_from=TODAY, state=RecordState.DISPUTED)

    withdraw(repair_(entity, one, by=by))

    with Reading() as session:
        assert session.get_one(Record, one.id).state is RecordState.DISPUTED


def test_an_asked_for_supplement_lets_the_case_go_on(entity, one, by):
    case = repair_(entity, one, by=by)
    moved(case, "forwarded", "supplement_wanted")

    went_on = supplement(case)

    assert (went_on.state, went_on.resumes) == (CaseState.FORWARDED, None)
    with Reading() as session:
        last = cases.steps(session, case.id)[-1]
        assert (last.action, last.state, last.who) == ("supplemented", "forwarded", "applicant")
        assert OFFICE.vault.open(last.note_sealed, cases.NOTE) == "补充一份凭证"


def test_a_supplement_nobody_asked_for_changes_no_clock(entity, one, by):
    case = object_to(entity, one, by=by)

    added = supplement(case, now=NOW + DAY)

    assert (added.state, added.due_on, added.version) == (case.state, case.due_on, 2)
    assert added.changed_at == NOW + DAY


@pytest.mark.parametrize("states", [("annotated", "upheld"), ("annotated", "refused")])
def test_what_is_decided_takes_no_supplement(entity, one, by, states):
    case = object_to(entity, one, by=by)
    moved(case, *states)

    with pytest.raises(CaseClosedError):
        supplement(case)


def test_what_is_possible_follows_the_case(entity, one, by):
    case = object_to(entity, one, by=by)
    assert possible(case) == [Possible.SUPPLEMENT, Possible.WITHDRAW]

    moved(case, "annotated", "refused")
    assert possible(case) == [Possible.REVIEW, Possible.RESUBMIT]
    again = review(case)
    assert possible(case) == [Possible.RESUBMIT]
    moved(again, "refused")
    assert possible(again) == []


def test_a_stranger_does_not_find_a_case(entity, one, by):
    case = object_to(entity, one, by=by)

    with pytest.raises(CaseNotFoundError):
        act(case, lambda *_: None, by=applicant(subject("昆明示例别家有限公司")))


def test_a_case_from_before_texts_were_sealed_still_reads(entity, one, by):
    case = object_to(entity, one, by=by)
    with Writing() as session:
        old = session.get_one(cases.Case, case.id)
        old.statement, old.statement_sealed = "以前的说明", None

    assert own_cases.statement_of(read(case), OFFICE) == "以前的说明"


def test_a_list_of_ones_own_goes_on_where_it_stopped(entity, by):
    filed = [object_to(entity, record(entity.id), by=by).id for _ in range(5)]
    another = subject("昆明示例别家有限公司")
    object_to(another, record(another.id))

    with Reading() as session:
        first = case_access.listing(session, by, limit=3)
        rest = case_access.listing(session, by, limit=3, before=first[-1].id)

    assert [case.id for case in (*first, *rest)] == filed[::-1]


def test_the_last_day_of_a_review_counts_from_the_refusal(entity, one, by):
    case = object_to(entity, one, by=by)
    moved(case, "annotated")
    moved(case, "refused", now=NOW + DAY)

    with Reading() as session:
        held = session.get_one(cases.Case, case.id)
        assert own_cases.review_until(session, held, RULES) == date(2026, 6, 4)
