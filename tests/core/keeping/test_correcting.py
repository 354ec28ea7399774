"""A correction by staff: the rules judge anew, whoever was told hears, files do not undo it."""

from datetime import date

import pytest

from core import corrections
from core.audit.trail import TrailKind
from core.corrections import Change
from core.db import Reading, Writing
from core.keeping.errors import (
    ChangedMeanwhileError,
)
from core.records import RecordKind, RecordState, Severity
from tests.core.conftest import NOW
from tests.core.department_files import LISTING, PENALTY, VAULT
from tests.core.given import at_once, expanded, followers, told
from tests.core.keeping.conftest import delivered, facts, history, one, trail
from tests.core.test_persons import OF_A_PERSON

S = RecordState


@pytest.fixture
def listing(take_in):
    take_in(LISTING)
    given = one()
    followers(given.subject_id, 3, now=NOW)
    take_in(LISTING, publish=True)
    delivered()
    return one()


def test_what_is_corrected_is_the_next_version_judged_by_the_rules(penalty, correct, staff):
    version = correct(staff, penalty, fine_wan="0.05", event_date="2026年6月10日")

    after = one()
    assert (version, after.version, after.state) == (2, 2, S.CORRECTED)
    assert (after.event_date, facts(after)["fine_wan"]) == (date(2026, 6, 10), "0.050000")
    assert (after.ends_on, penalty.ends_on) == (date(2027, 6, 10), date(2027, 6, 15))
    assert (after.batch_id, after.fingerprint) == (penalty.batch_id, penalty.fingerprint)
    assert after.published_at == penalty.published_at
    assert history(after)[-1] == (S.PUBLISHED, S.CORRECTED, staff.actor, "核实后更正")


def test_the_class_that_the_department_gives_decides_the_term(penalty, correct, staff):
    correct(staff, penalty, severity="serious")

    after = one()
    assert (after.severity, after.ends_on) == (Severity.SERIOUS, date(2029, 6, 15))
    assert "severity" not in after.applied


def test_what_becomes_too_slight_leaves_the_public(penalty, correct, staff):
    correct(staff, penalty, severity="minor")

    assert one().state is S.HELD


def test_exactly_those_who_were_told_hear_of_it(listing, correct, staff):
    followers(listing.subject_id, 2, now=NOW)  # who followed later was told nothing

    correct(staff, listing, term_months="24")
    expanded(now=NOW)

    assert [told().count(one_of) for one_of in set(told())] == [2, 2, 2]
    assert one().ends_on == date(2028, 11, 20)


def test_a_correction_is_kept_with_what_was_before(penalty, correct, staff):
    correct(staff, penalty, fine_wan="0.4")

    with Reading() as session:
        (kept,) = corrections.listing(session, penalty.id)
    assert corrections.changes_of(kept, VAULT) == {"fine_wan": Change("0.500000", "0.400000")}
    assert "0.4" not in kept.changes_sealed
    assert (kept.version, kept.who, kept.why) == (2, staff.actor, "核实后更正")


def test_a_persons_facts_stay_sealed_and_the_person_sees_who_looked(take_in, correct, staff):
    take_in(OF_A_PERSON)

    correct(staff, one(), violation_facts="没有随车携带从业资格证")

    after = one()
    assert after.facts.keys() == {"sealed"}
    assert facts(after)["violation_facts"] == "没有随车携带从业资格证"
    (access,) = trail(TrailKind.ACCESS)
    assert (access.subject_id, access.purpose, access.facts) == (
        after.subject_id,
        "correct_record",
        {"fields": ["facts"]},
    )


def test_the_deed_stands_in_the_trail_without_words(penalty, correct, staff):
    correct(staff, penalty, fine_wan="0.4")

    (act,) = trail(TrailKind.ACT)
    assert (act.actor, act.action, act.object, act.facts) == (
        staff.actor,
        "correct_record",
        f"record:{penalty.id}",
        {"version": 2},
    )


def test_a_disputed_record_stays_disputed(penalty, correct, staff):
    with Writing() as session:
        session.merge(one()).state = S.DISPUTED

    correct(staff, penalty, fine_wan="0.4")

    assert one().state is S.DISPUTED


def test_what_staff_keep_back_stays_back(penalty, correct, staff):
    with Writing() as session:
        session.merge(one()).state = S.QUARANTINED

    correct(staff, penalty, fine_wan="0.4")

    assert (one().state, one().version) == (S.QUARANTINED, 2)


def test_what_only_the_rules_left_open_is_free_once_they_can_decide(take_in, correct, staff):
    take_in(PENALTY | {"处罚类别": "没有这种处罚"}, publish=True)
    assert one().state is S.QUARANTINED

    correct(staff, one(), penalty_types="罚款")

    assert (one().state, facts(one())["penalty_types"]) == (S.LOADED, ["罚款"])


def test_what_is_cleared_has_no_value(penalty, correct, staff):
    correct(staff, penalty, valid_to="2030-01-01", fine_wan="")

    assert facts(one())["fine_wan"] is None
    correct(staff, penalty, valid_to="2099-12-31")
    assert facts(one())["valid_to"] is None


def test_of_many_at_once_with_one_version_one_corrects(penalty, correct, staff):
    def attempt():
        try:
            return correct(staff, penalty, version=1, fine_wan="0.4")
        except ChangedMeanwhileError:
            return None

    assert sorted(at_once(5, attempt), key=str) == [2, None, None, None, None]
    assert one().version == 2


def test_what_a_record_is_called_follows_its_facts(penalty, correct, staff):
    correct(staff, penalty, violation_type="标签不合规定")

    assert (one().title, one().kind) == ("标签不合规定", RecordKind.PENALTY)
