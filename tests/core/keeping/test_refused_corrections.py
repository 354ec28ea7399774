"""What is no correction, or not for this member of the staff to make."""

import pytest

from core import departments
from core.db import Writing
from core.keeping.errors import (
    ChangedMeanwhileError,
    FieldError,
    NothingChangedError,
    RecordElsewhereError,
    StateForbidsError,
)
from core.records import RecordState
from core.staff.errors import NoReasonError, NotPermittedError
from core.staff.roles import Role
from tests.core.given_staff import hired
from tests.core.keeping.conftest import one

S = RecordState


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fine_wan": "很多"}, "fine_wan"),
        ({"event_date": "2026-02-30"}, "event_date"),
        ({"event_date": "2027-01-01"}, "event_date"),
        ({"event_date": "2099-12-31"}, "event_date"),
        ({"valid_to": "2020-01-01"}, "valid_to"),
        ({"violation_facts": ""}, "violation_facts"),
        ({"violation_facts": "看不见\u200b的字"}, "violation_facts"),
        ({"violation_facts": "号码 530112199001010004"}, "violation_facts"),
        ({"content": "长" * 5001}, "content"),
        ({"severity": "terrible"}, "severity"),
        ({"state": "published"}, "state"),
        ({"term_months": "12"}, "term_months"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(penalty, correct, staff, changes, field):
    with pytest.raises(FieldError) as refused:
        correct(staff, penalty, **changes)

    assert (refused.value.field, one().version) == (field, 1)


def test_refused_are_no_change_no_reason_an_old_version_and_what_is_withdrawn(
    penalty, correct, staff
):
    with pytest.raises(NothingChangedError):
        correct(staff, penalty, fine_wan="0.50")
    with pytest.raises(NoReasonError):
        correct(staff, penalty, why=" ", fine_wan="0.4")
    with pytest.raises(ChangedMeanwhileError):
        correct(staff, penalty, version=2, fine_wan="0.4")
    with Writing() as session:
        session.merge(one()).state = S.WITHDRAWN
    with pytest.raises(StateForbidsError):
        correct(staff, penalty, fine_wan="0.4")


def test_a_department_corrects_its_own_records_alone(penalty, correct):
    own = hired(Role.CASE_HANDLER, department_id=penalty.department_id)
    with Writing() as session:
        other_id = departments.known(session, "昆明市交通运输局", None)
    other = hired(Role.CASE_HANDLER, department_id=other_id)

    with pytest.raises(RecordElsewhereError):
        correct(other, penalty, fine_wan="0.4")
    assert correct(own, penalty, fine_wan="0.4") == 2


def test_who_may_not_correct_does_not(penalty, correct, reviewer):
    with pytest.raises(NotPermittedError):
        correct(reviewer, penalty, fine_wan="0.4")
