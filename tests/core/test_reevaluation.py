"""Re-evaluation: the rules applied once more, what was applied before kept, the told told."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from core.audit.trail import TrailKind
from core.db import Writing
from core.records import Record, Severity, Visibility
from core.records import RecordState as S
from core.reports.proof import Standing
from core.subjects import SubjectKind
from tests.core.department_files import RULES, VAULT
from tests.core.given import subject
from tests.core.given_reevaluation import (
    NOW,
    OLD,
    changes,
    held,
    penalty,
    recalls,
    run,
    told,
    trail,
)
from tests.core.given_reports import asked, made, verdict


def test_after_a_change_of_law_the_kinder_rule_holds_and_both_are_kept(database):
    record_id = penalty()

    counts = run()

    now = held(record_id)
    assert (now.rule, now.repairable_from) == ("令36 一般行政处罚", date(2026, 6, 30))
    assert (now.ends_on, now.state) == (date(2027, 3, 31), S.PUBLISHED)
    kept = {name: now.applied[name] for name in ("transition", "before", "after")}
    assert kept == {
        "transition": "令36 施行前的处罚",
        "before": OLD,
        "after": "令36 一般行政处罚",
    }
    (earlier,) = now.applied["earlier"]
    assert (earlier["rule"], earlier["severity"], earlier["until"]) == (
        OLD,
        "令58 一般",
        "2026-05-20",
    )
    why = "重新评估：令58 行政处罚 → 令36 一般行政处罚"
    assert changes(record_id) == [(S.PUBLISHED, S.PUBLISHED, "reevaluate", why)]
    assert counts == {"seen": 1, "changed": 1, "term": 1, "transition": 1}
    (act,) = trail(TrailKind.ACT)
    assert (act.action, act.object, act.facts) == ("reevaluate", f"record:{record_id}", counts)


def test_doing_it_again_changes_nothing(database):
    ids = [penalty(), penalty(types=("责令关闭",)), penalty(types=("警告",)), penalty(types=("?",))]
    run()
    before = [(vars(held(one)) | {"_sa_instance_state": 0}, changes(one)) for one in ids]

    assert run(now=NOW + timedelta(days=1)) == {"seen": 4, "changed": 0}

    assert before == [(vars(held(one)) | {"_sa_instance_state": 0}, changes(one)) for one in ids]
    assert len(trail(TrailKind.ACT)) == 2


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 3, 31, 15, 30, tzinfo=UTC), date(2029, 3, 31)),  # 23:30 in Kunming
        (datetime(2026, 3, 31, 16, 30, tzinfo=UTC), date(2027, 3, 31)),  # 00:30 on 1 April
    ],
)
def test_the_new_law_reaches_back_from_its_first_day_in_kunming(database, now, last):
    record_id = penalty()
    run(now=now)
    assert held(record_id).ends_on == last


def test_the_older_rule_stays_where_it_is_the_kinder_one(database):
    record_id = penalty(types=("责令关闭",), severity=Severity.SERIOUS)

    run()

    now = held(record_id)
    assert (now.rule, now.repairable_from) == (OLD, date(2026, 6, 30))
    assert (now.applied["before"], now.applied["after"]) == (OLD, "令36 严重行政处罚")


def test_a_record_of_the_new_law_is_under_no_transition(database):
    record_id = penalty(decided="2026-04-01")
    run()
    now = held(record_id)
    assert (now.ends_on, "transition" in now.applied) == (date(2027, 4, 1), False)


def test_a_term_that_is_over_by_the_kinder_rule_ends_and_is_recalled(database):
    record_id = penalty(decided="2024-06-30", ends_on=date(2027, 6, 30))
    told(record_id)

    counts = run()

    assert held(record_id).state is S.EXPIRED
    assert changes(record_id)[0][:2] == (S.PUBLISHED, S.EXPIRED)
    assert recalls() == [(record_id, "expired")]
    assert counts["to_expired"] == 1


@pytest.mark.parametrize(
    ("decided", "standing"),
    [("2026-03-31", Standing.RECALLED), ("2026-04-01", Standing.VALID)],
)
def test_a_report_with_a_longer_term_than_the_kinder_rule_s_is_recalled(
    database, decided, standing
):
    entity = subject()
    last = {"2026-03-31": date(2029, 3, 31), "2026-04-01": date(2027, 4, 1)}[decided]
    penalty(entity=entity.id, decided=decided, ends_on=last)
    report_id = asked(entity)
    made(report_id)

    run()

    assert verdict(report_id).standing is standing


@pytest.mark.parametrize("state", [S.REPAIRED, S.EXPIRED, S.WITHDRAWN, S.REMOVED])
def test_what_is_over_stays_as_it_was(database, state):
    record_id = penalty(state=state)
    assert run() == {"seen": 1, "changed": 0}
    assert held(record_id).rule == OLD


def test_a_shielded_record_gets_its_dates_and_stays_shielded(database):
    record_id = penalty(state=S.SHIELDED, types=("?",))
    run()
    assert held(record_id).state is S.SHIELDED


def test_the_file_s_earlier_end_stays(database):
    record_id = penalty(facts={"publication_end": "2026-12-15"})
    run()
    assert held(record_id).ends_on == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("types", "state", "became"),
    [(("警告",), S.HELD, "held"), (("从未听说",), S.QUARANTINED, "quarantined")],
)
def test_what_should_not_be_public_leaves_it_and_is_recalled(database, types, state, became):
    record_id = penalty(types=types)
    told(record_id)

    run()

    assert (held(record_id).state, recalls()) == (state, [(record_id, became)])
    assert changes(record_id)[0][:2] == (S.PUBLISHED, state)


def test_what_the_rules_kept_back_is_released_once_they_know_it(database):
    left_open = {"left_open": "unclassified"}
    bare = {"severity": None, "rule": None, "ends_on": None, "applied": left_open}
    classed = penalty(state=S.QUARANTINED, **bare)
    slight = penalty(state=S.QUARANTINED, types=("警告",), **bare)
    by_staff = penalty(state=S.QUARANTINED)
    graver = penalty(state=S.HELD, severity=Severity.MINOR)
    by_file = penalty(state=S.HELD)
    loaded = penalty(state=S.LOADED, types=("警告",))

    run()

    assert held(classed).state is S.LOADED
    assert held(slight).state is S.HELD
    assert held(by_staff).state is S.QUARANTINED
    assert held(graver).state is S.LOADED
    assert held(by_file).state is S.HELD
    assert held(loaded).state is S.HELD
    assert recalls() == []


def test_a_record_whose_visibility_narrows_is_recalled_where_it_stands(database):
    rows = [
        dataclasses.replace(row, visibility=Visibility.AUTHORISED)
        if row.name == "法人和其他组织的一般、严重处罚"
        else row
        for row in RULES.disclosures
    ]
    record_id = penalty(decided="2026-04-01")
    told(record_id)

    run(rules=dataclasses.replace(RULES, disclosures=tuple(rows)))

    now = held(record_id)
    assert (now.state, now.visibility) == (S.PUBLISHED, Visibility.AUTHORISED)
    assert recalls() == [(record_id, "held")]


def test_a_kind_that_the_catalogue_no_longer_has_is_for_staff(database):
    rules = dataclasses.replace(RULES, catalogue=())
    record_id = penalty(decided="2026-04-01")
    run(rules=rules)
    assert held(record_id).visibility is Visibility.INTERNAL


def test_a_dry_run_counts_the_same_and_changes_nothing(database):
    record_id = penalty()
    told(record_id)

    counts = run(dry=True)

    assert (held(record_id).rule, changes(record_id), recalls()) == (OLD, [], [])
    assert trail(TrailKind.ACT) == []
    assert run() == counts


@pytest.mark.parametrize("dry", [True, False])
def test_a_person_s_facts_are_opened_with_a_row_in_the_trail(database, dry):
    person = subject(name="", uscc=None)
    with Writing() as session:
        kind = sa.update(type(person)).where(type(person).id == person.id)
        session.execute(kind.values(kind=SubjectKind.NATURAL_PERSON))
    facts = {"sealed": VAULT.seal('{"penalty_types": ["罚款"]}', "record.facts")}
    record_id = penalty(entity=person.id, visibility=Visibility.PUBLIC)
    with Writing() as session:
        session.execute(sa.update(Record).where(Record.id == record_id).values(facts=facts))

    run(dry=dry)

    assert held(record_id).visibility is (Visibility.PUBLIC if dry else Visibility.AUTHORISED)
    assert held(record_id).facts == facts
    (look,) = trail(TrailKind.ACCESS)
    assert (look.subject_id, look.purpose, look.legal_basis) == (
        person.id,
        "reevaluate",
        "某法第一条",
    )
