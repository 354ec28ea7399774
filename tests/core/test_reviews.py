"""A refusal is reviewed once, within its term; what was turned down is filed again."""

from datetime import UTC, datetime

import pytest

from core import own_cases
from core.calendar import day
from core.case_errors import (
    AlreadyReviewedError,
    NotResubmittableError,
    NotReviewableError,
    PromiseMissingError,
    ReviewTooLateError,
)
from core.cases import CaseKind
from core.errors import AlreadyOpenError
from core.own_cases import Possible
from tests.core.given import TODAY, at_once, record, subject
from tests.core.given_cases import (
    OFFICE,
    REFUSED,
    applicant,
    filed,
    moved,
    object_to,
    possible,
    repair_,
    resubmit,
    review,
    withdraw,
)


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
def test_a_refusal_is_reviewed_once(entity, one, by, kind):
    case = filed(kind, entity, one, by)
    moved(case, *REFUSED[kind])

    again = review(case)

    assert (again.review_of_id, again.kind, again.state) == (case.id, kind, "submitted")
    assert again.receipt_code != case.receipt_code
    assert again.clock == "review_decide"
    with pytest.raises(AlreadyReviewedError):
        review(case)
    moved(again, "refused")
    with pytest.raises(AlreadyReviewedError):
        review(case)
    with pytest.raises(NotReviewableError):
        review(again)


def test_of_five_who_ask_for_a_review_at_once_one_gets_it(entity, one, by):
    case = object_to(entity, one, by=by)
    moved(case, "annotated", "refused")

    def once():
        try:
            return review(case).receipt_code
        except AlreadyReviewedError:
            return None

    assert len([code for code in at_once(5, once) if code]) == 1


@pytest.mark.parametrize("states", [(), ("annotated",), ("annotated", "upheld"), ("withdrawn",)])
def test_only_a_refusal_is_reviewed(entity, one, by, states):
    case = object_to(entity, one, by=by)
    moved(case, *states)

    with pytest.raises(NotReviewableError):
        review(case)


# Ten working days after 2026-05-20, a Wednesday: 06-03.
@pytest.mark.parametrize(
    ("instant", "in_time"),
    [
        (datetime(2026, 6, 3, 15, 30, tzinfo=UTC), True),  # 23:30 in Kunming
        (datetime(2026, 6, 3, 16, 30, tzinfo=UTC), False),  # half an hour into the next day
    ],
)
def test_a_review_is_asked_for_within_its_term(entity, one, by, instant, in_time):
    case = object_to(entity, one, by=by)
    moved(case, "annotated", "refused")

    assert (Possible.REVIEW in possible(case, today=day(instant))) is in_time
    if in_time:
        assert review(case, now=instant)
    else:
        with pytest.raises(ReviewTooLateError):
            review(case, now=instant)


def test_a_review_waits_while_the_same_is_asked_anew(entity, one, by):
    case = object_to(entity, one, by=by)
    moved(case, "annotated", "refused")
    object_to(entity, one, by=by)

    with pytest.raises(AlreadyOpenError):
        review(case)


@pytest.mark.parametrize("kind", CaseKind)
def test_what_was_refused_is_filed_again_with_its_text(entity, one, by, kind):
    case = filed(kind, entity, one, by)
    moved(case, *REFUSED[kind])

    again = resubmit(case, by)

    assert (again.kind, again.grounds, again.record_id) == (kind, case.grounds, case.record_id)
    assert again.review_of_id is None
    assert own_cases.statement_of(again, OFFICE) == "金额有误"
    newer = withdraw(again)
    assert own_cases.statement_of(resubmit(newer, by, "新的说明"), OFFICE) == "新的说明"


def test_filing_again_is_judged_as_filing_is(entity, one, by):
    case = repair_(entity, one, by=by)
    moved(case, *REFUSED[CaseKind.REPAIR])

    with pytest.raises(PromiseMissingError):
        resubmit(case, by, promised=False)
    resubmit(case, by)
    with pytest.raises(AlreadyOpenError):
        resubmit(case, by)


@pytest.mark.parametrize("states", [(), ("annotated", "upheld")])
def test_what_goes_on_or_was_granted_is_not_filed_again(entity, one, by, states):
    case = object_to(entity, one, by=by)
    moved(case, *states)

    with pytest.raises(NotResubmittableError):
        resubmit(case, by)
