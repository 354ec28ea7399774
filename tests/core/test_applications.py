"""Objection and repair: who may file, about what, from which day, and one at a time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core import cases
from core.case_errors import NotPublishedError, PromiseMissingError
from core.db import Reading
from core.eligibility import Applicant
from core.errors import (
    AlreadyOpenError,
    CaseNotFoundError,
    NotEntitledError,
    NotRepairableError,
    RecordNotFoundError,
    RepairTooEarlyError,
)
from core.records import RecordKind, RecordState
from tests.core.given import TODAY, account, at_once, expanded, record, row, subject, told
from tests.core.given_cases import applicant, object_to, repair_

EARLY = datetime(2026, 5, 19, 16, 30, tzinfo=UTC)  # 00:30 of the 20th in Kunming
LATE = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)  # 23:30 of the 20th
DAY = timedelta(days=1)


@pytest.fixture
def entity(database):
    return subject()


@pytest.mark.parametrize("file", [object_to, repair_])
def test_filing_opens_a_case_and_owes_its_receipt(entity, file):
    by = applicant(entity)
    one = record(entity.id, repairable_from=TODAY)

    case = file(entity, one, by=by)

    assert (case.state, case.record_id, case.holder_id) == ("submitted", one.id, one.department_id)
    expanded()
    assert told() == [by.account_id]
    with Reading() as session:
        assert [step.state for step in cases.steps(session, case.id)] == ["submitted"]


@pytest.mark.parametrize("file", [object_to, repair_])
def test_only_who_represents_the_subject_may_file(entity, file):
    one = record(entity.id, repairable_from=TODAY)

    for organisation in (None, subject().uscc):
        with pytest.raises(NotEntitledError):
            file(entity, one, by=Applicant(account(), organisation))


GONE = [
    {"state": RecordState.WITHDRAWN},
    {"state": RecordState.REPAIRED},
    {"ends_on": TODAY - DAY},
]


@pytest.mark.parametrize("others", [{"state": RecordState.LOADED}, *GONE])
def test_a_stranger_cannot_tell_what_is_not_public_from_what_is_not_there(entity, others):
    hidden = record(entity.id, **others)

    for one in (hidden.id, 999_999):
        with pytest.raises(RecordNotFoundError):
            object_to(subject(), one)


def test_what_nobody_has_decided_about_is_hidden_from_its_subject_too(entity):
    with pytest.raises(RecordNotFoundError):
        object_to(entity, record(entity.id, state=RecordState.LOADED))


@pytest.mark.parametrize("others", GONE)
def test_a_subject_is_told_that_a_record_is_no_longer_published(entity, others):
    hidden = record(entity.id, **others)

    for file in (object_to, repair_):
        with pytest.raises(NotPublishedError):
            file(entity, hidden)


def test_repair_needs_the_promise(entity):
    one = record(entity.id, repairable_from=TODAY)

    with pytest.raises(PromiseMissingError):
        repair_(entity, one, promised=False)
    assert repair_(entity, one).promised_at


@pytest.mark.parametrize("now", [EARLY, LATE])
def test_on_its_last_day_a_record_can_still_be_objected_to(entity, now):
    one = record(entity.id, ends_on=TODAY)

    assert object_to(entity, one, now=now).receipt_code


def test_half_an_hour_into_the_next_day_it_is_gone(entity):
    one = record(entity.id, ends_on=TODAY)

    with pytest.raises(NotPublishedError):
        object_to(entity, one, now=EARLY + DAY)


def test_repair_begins_with_its_day_in_kunming(entity):
    one = record(entity.id, repairable_from=TODAY)

    with pytest.raises(RepairTooEarlyError):
        repair_(entity, one, now=LATE - DAY)
    assert repair_(entity, one, now=EARLY)


@pytest.mark.parametrize(
    "others",
    [
        {"kind": RecordKind.LICENCE},
        {"kind": RecordKind.RED_LIST},
        {"kind": RecordKind.ABNORMAL_OPERATION},
        {"repairable_from": None},
    ],
)
def test_repair_is_for_penalties_and_black_lists_with_a_term(entity, others):
    one = record(entity.id, **{"repairable_from": date(2020, 1, 1)} | others)

    with pytest.raises(NotRepairableError):
        repair_(entity, one)


def test_a_penalty_can_be_repaired(entity):
    one = record(entity.id, kind=RecordKind.PENALTY, repairable_from=TODAY)

    assert repair_(entity, one).kind == "repair"


def test_one_case_of_a_kind_is_open_at_a_time(entity):
    one = record(entity.id, repairable_from=TODAY)
    object_to(entity, one)

    with pytest.raises(AlreadyOpenError):
        object_to(entity, one)

    assert repair_(entity, one)


def test_filing_at_once_opens_one_case(entity):
    one, by = record(entity.id), applicant(entity)

    def file():
        try:
            return object_to(entity, one, by=by).receipt_code
        except AlreadyOpenError:
            return None

    opened = at_once(5, file)

    assert len([code for code in opened if code]) == 1
    expanded()
    assert told() == [by.account_id]


def test_a_case_is_found_by_its_code_however_typed(entity):
    case = object_to(entity, record(entity.id))
    typed = "-".join(case.receipt_code[n : n + 4] for n in range(0, 16, 4)).lower()

    with Reading() as session:
        assert cases.by_code(session, f" {typed} ").id == case.id
        with pytest.raises(CaseNotFoundError):
            cases.by_code(session, "0000-0000-0000-0000")


def test_the_receipt_is_due_at_once(entity):
    by = applicant(entity)
    object_to(entity, record(entity.id), by=by)
    expanded()

    assert row((1, by.account_id)).urgent
