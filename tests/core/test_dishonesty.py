"""Serious dishonesty: what counts as it, and on which days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core import dishonesty
from core.calendar import start_of
from core.db import Reading
from core.records import RecordKind, RecordState, Visibility
from tests.core.department_files import RULES, VAULT

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def held(on_record):
    return on_record(VAULT, NOW)


@pytest.fixture
def person(held):
    return held.person()


def stands(subject_id, *, now=NOW):
    with Reading() as session:
        return dishonesty.stands(session, RULES, subject_id, now=now)


LIVES = {"event_date": date(2026, 11, 20), "ends_on": date(2027, 11, 20)}


@pytest.mark.parametrize(
    "of_none",
    [
        {"kind": RecordKind.PENALTY, "list_kind": None},
        {"kind": RecordKind.RED_LIST, "list_kind": "TAXPAYER_A"},
        {"list_kind": "CULTURE_TOURISM_MINOR", "visibility": Visibility.SUBJECT},
        {"list_kind": "COMMERCE_CONCERN"},
        {"state": RecordState.REPAIRED},
        {"state": RecordState.WITHDRAWN},
        {"state": RecordState.SHIELDED},
        {"state": RecordState.QUARANTINED},
        {"visibility": Visibility.INTERNAL},
    ],
    ids=str,
)
def test_what_is_no_serious_dishonesty_or_does_not_stand_is_not_told(person, held, of_none):
    held.record(person, **LIVES | of_none)

    assert stands(person) is False


@pytest.mark.parametrize(
    "of_it",
    [
        {},
        {"state": RecordState.DISPUTED},
        {"kind": RecordKind.JUDGMENT_DEFAULTER, "list_kind": "JUDGMENT_DEFAULTER"},
        {"list_kind": "A_LIST_THAT_NO_RULE_KNOWS"},
        {"ends_on": None},
    ],
    ids=str,
)
def test_what_stands_is_told(person, held, of_it):
    held.record(person, **LIVES | of_it)

    assert stands(person) is True


def test_a_term_is_over_at_midnight_in_kunming_whatever_job_has_run(person, held):
    last = date(2026, 12, 1)
    held.record(person, **LIVES | {"ends_on": last})
    midnight = start_of(last + DAY).astimezone(UTC)

    assert stands(person, now=midnight - timedelta(seconds=1)) is True
    assert stands(person, now=midnight) is False
    assert f"{midnight:%F}" == f"{last}"  # in UTC it is still the last day
