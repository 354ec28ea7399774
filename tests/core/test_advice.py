"""What may be done about a record that is shown."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from core import advice
from core.advice import Advice
from core.query import Item
from core.records import RecordKind, RecordState, Severity, Visibility

TODAY = date(2026, 8, 8)


def told(**given):
    facts = dict.fromkeys(Item._fields) | {
        "kind": RecordKind.PENALTY,
        "state": RecordState.PUBLISHED,
    }
    return advice.of(Item(**facts | given), TODAY)


@pytest.mark.parametrize(
    ("repairable_from", "said"),
    [
        (date(2026, 8, 7), Advice.REPAIR_NOW),
        (date(2026, 8, 8), Advice.REPAIR_NOW),
        (date(2026, 8, 9), Advice.REPAIR_LATER),
    ],
)
def test_repair_is_named_from_its_day_on(repairable_from, said):
    assert told(repairable_from=repairable_from) == (said, Advice.OBJECT)


def test_what_cannot_be_repaired_can_be_objected_to():
    assert told() == (Advice.OBJECT,)
    assert told(kind=RecordKind.RED_LIST, repairable_from=TODAY) == (Advice.OBJECT,)


def test_a_minor_penalty_should_not_be_public():
    assert told(severity=Severity.MINOR)[0] is Advice.SHOULD_NOT_BE_PUBLIC
    assert told(severity="minor")[0] is Advice.SHOULD_NOT_BE_PUBLIC
    assert told(severity=Severity.GENERAL) == (Advice.OBJECT,)


def test_who_has_objected_waits():
    assert told(state=RecordState.DISPUTED) == (Advice.AWAIT_OBJECTION,)


def own(**changed):
    held = {"kind": RecordKind.PENALTY, "severity": Severity.GENERAL, "seen_by": Visibility.PUBLIC}
    held |= {"state": RecordState.PUBLISHED, "repairable_from": TODAY, "ends_on": TODAY}
    return advice.of_own(SimpleNamespace(**held | changed), TODAY)


def test_its_subject_is_told_what_to_do_to_the_last_day_of_the_term():
    assert own() == (Advice.REPAIR_NOW, Advice.OBJECT)
    assert own(ends_on=TODAY - timedelta(days=1)) == ()


@pytest.mark.parametrize("state", ["held", "repaired", "expired", "withdrawn", "shielded"])
def test_there_is_nothing_to_do_about_what_does_not_stand(state):
    assert own(state=RecordState(state)) == ()


def test_only_what_the_public_sees_should_not_be_public():
    minor = {"severity": Severity.MINOR}

    assert Advice.SHOULD_NOT_BE_PUBLIC in own(**minor)
    assert Advice.SHOULD_NOT_BE_PUBLIC not in own(**minor, seen_by=Visibility.AUTHORISED)
