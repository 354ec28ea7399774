"""Restoring: the term after a revoked repair is what the rules of that day say, for good."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core import restoring, standing
from core.db import Reading, Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Event, Owed, owe
from core.records import Record, RecordChange, RecordKind, RecordState, Severity
from core.reevaluation import Run, step
from core.standing import Step
from tests.core.department_files import RULES, VAULT
from tests.core.given import NOW, TODAY, expanded, followers, record, subject, told

S = RecordState
WAGE = "令45 拖欠农民工工资"
GENERAL = "令36 一般行政处罚"


@pytest.fixture
def entity(database):
    return subject()


def repaired(entity, **others):
    one = record(entity.id, **{"rule": WAGE, "applied": {}} | others)
    with Writing() as session:
        standing.move(session, one.id, Step(S.REPAIRED, "staff:1", "准予信用修复"), now=NOW)
    return one


def restore(one, *, now=NOW, rules=RULES):
    with Writing() as session:
        restoring.restore(session, one.id, who="staff:2", rules=rules, now=now)
    with Reading() as session:
        return session.get_one(Record, one.id)


def again(today, **given):
    one = Record(**{"event_date": date(2026, 1, 31), "applied": {}, "list_kind": None} | given)
    return restoring.again(RULES, one, today=today)


PENALTY = {
    "kind": RecordKind.PENALTY,
    "rule": GENERAL,
    "severity": Severity.GENERAL,
    "repairable_from": date(2026, 4, 30),
    "ends_on": date(2027, 1, 31),
}
LISTED = {"kind": RecordKind.BLACK_LIST, "repairable_from": date(2026, 7, 31)}


@pytest.mark.parametrize(
    ("today", "given", "expected"),
    [
        # Before 2026-04-01 the old measure: three years, and no second repair.
        (date(2026, 3, 31), PENALTY, (None, date(2029, 3, 31))),
        # From then on the term of its own counts anew.
        (date(2026, 4, 1), PENALTY, (date(2026, 7, 1), date(2027, 4, 1))),
        (date(2026, 11, 30), PENALTY, (date(2027, 2, 28), date(2027, 11, 30))),
        (
            date(2026, 8, 31),
            LISTED | {"list_kind": "WAGE_ARREARS", "rule": WAGE, "ends_on": date(2029, 1, 31)},
            (date(2027, 2, 28), date(2029, 8, 31)),
        ),
        # Work safety: the listing goes on as if there had been no repair.
        (
            date(2026, 8, 31),
            LISTED | {"list_kind": "WORK_SAFETY", "ends_on": date(2029, 1, 31)},
            (date(2026, 7, 31), date(2029, 1, 31)),
        ),
        # What the authority set is as long again as it was.
        (
            date(2026, 5, 10),
            PENALTY | {"rule": "no such rule"},
            (date(2026, 8, 7), date(2027, 5, 10)),
        ),
        # A kind that no row names keeps its dates.
        (TODAY, PENALTY | {"kind": RecordKind.LICENCE}, (date(2026, 4, 30), date(2027, 1, 31))),
    ],
)
def test_the_row_in_force_on_the_day_of_revocation_decides(today, given, expected):
    found = again(today, **given)

    assert (found.repairable_from, found.ends_on) == expected


def test_a_record_without_an_end_has_none_after():
    found = again(TODAY, **PENALTY | {"rule": "no such rule", "ends_on": None})

    assert found.ends_on is None


def test_a_restored_record_is_public_again_under_its_new_term(entity):
    after = restore(repaired(entity))

    assert (after.state, after.version) == (S.PUBLISHED, 2)
    assert (after.repairable_from, after.ends_on) == (date(2026, 11, 20), date(2029, 5, 20))
    assert after.applied["restored_on"] == "2026-05-20"
    assert after.applied["restoration"] == "令45 拖欠农民工工资恢复名单"
    with Reading() as session:
        last = select(RecordChange).where(RecordChange.record_id == after.id)
        change = session.scalars(last.order_by(RecordChange.id.desc())).first()
    assert (change.who, change.why, change.to_state) == (
        "staff:2",
        "修复撤销，恢复公示",
        S.PUBLISHED,
    )


def test_who_was_told_of_the_repair_hears_that_it_was_undone_each_time(entity):
    one = record(entity.id, rule=WAGE, applied={})
    (follower,) = followers(entity.id, 1)
    with Writing() as session:
        listed = Owed(
            kind=EventKind.BLACKLISTED,
            key="listed",
            audience=Audience.SUBJECT_FOLLOWERS,
            audience_id=entity.id,
            event_date=TODAY,
            record_id=one.id,
        )
        owe(session, listed, now=NOW)
    expanded()
    for _ in range(2):
        with Writing() as session:
            standing.move(session, one.id, Step(S.REPAIRED, "staff:1", "修复"), now=NOW)
        restore(one)

    with Reading() as session:
        recalls = select(Event).where(Event.kind == EventKind.RECALLED).order_by(Event.id)
        became = [event.facts["became"] for event in session.scalars(recalls)]
    assert became == ["repaired", "published"] * 2
    assert told() == [follower]


def test_what_was_not_repaired_stays_as_it_is(entity):
    one = record(entity.id, rule=WAGE)

    assert (restore(one).version, restore(one).state) == (1, S.PUBLISHED)


def test_a_term_that_ended_meanwhile_brings_nothing_back(entity):
    one = repaired(entity, list_kind="WORK_SAFETY", ends_on=date(2026, 5, 19))

    assert restore(one).state is S.REPAIRED


def test_without_any_row_the_record_comes_back_as_it_was(entity):
    one = repaired(entity)

    after = restore(one, rules=replace(RULES, restorations=()))
    assert (after.state, after.ends_on) == (S.PUBLISHED, date(2029, 5, 20))
    assert "restoration" not in after.applied


def test_re_evaluation_leaves_the_new_term_alone(entity):
    one = repaired(entity, event_date=date(2026, 4, 2), rule=WAGE)
    after = restore(one, now=datetime(2026, 8, 31, 4, tzinfo=UTC))

    run = Run(RULES, VAULT, "operator", "《云南省社会信用条例》", datetime(2026, 9, 1, tzinfo=UTC))
    with Writing() as session:
        outcome = step(session, run, after=0)
    assert outcome.counts["changed"] == 0
    with Reading() as session:
        assert session.get_one(Record, after.id).ends_on == date(2029, 8, 31)


def test_a_new_text_keeps_the_new_term():
    applied = {
        "earlier": [],
        "restoration": "令36",
        "restored_on": "2026-05-20",
        "restored_until": "2029-05-20",
        "restored_repairable_from": "",
    }

    kept = restoring.kept(applied, {"catalogue": "行政处罚"})

    assert (kept["ends_on"], kept["repairable_from"]) == (date(2029, 5, 20), None)
    assert kept["applied"]["restored_on"] == "2026-05-20"
    assert kept["applied"]["catalogue"] == "行政处罚"
    assert restoring.kept({}, {"catalogue": "行政处罚"}) == {}
