"""Once the rules have changed, all records are judged anew: once, by whoever comes."""

import dataclasses
from datetime import date

import pytest
import sqlalchemy as sa

from core import renewal
from core.db import Reading, Writing
from core.reevaluation import Run
from core.renewal import Renewal, Stand
from tests.core.department_files import PENALTY, RULES, VAULT
from tests.core.given import at_once
from tests.core.given_reevaluation import NOW, TRAFFIC, changes, held, penalty, trail

STAND = Stand("a hash", date(2026, 4, 1))
NEW = "令36 一般行政处罚"
TABLES = [one.name for one in dataclasses.fields(RULES) if one.name != "workdays"]


def step(stand=STAND, *, now=NOW, limit=2):
    order = Run(RULES, VAULT, "ticker", "某法第一条", now, actor="ticker")
    with Writing() as session:
        return renewal.step(session, order, stand, limit=limit)


def renew(stand=STAND, **how):
    steps = 0
    while step(stand, **how):
        steps += 1
    return steps


def is_due(stand=STAND):
    with Reading() as session:
        return renewal.is_due(session, stand)


def rows():
    with Reading() as session:
        return session.scalars(sa.select(Renewal).order_by(Renewal.id)).all()


def test_every_record_gets_the_kinder_rule_chunk_by_chunk_and_then_nothing_is_due(database):
    ids = [penalty() for _ in range(5)]
    assert is_due()

    assert renew() == 3

    assert [held(one).rule for one in ids] == [NEW] * 5
    (row,) = rows()
    assert (row.seen, row.changed, row.began_at, row.finished_at) == (5, 5, NOW, NOW)
    assert not is_due()
    assert {(entry.actor, entry.role) for entry in trail("act")} == {("ticker", "ticker")}
    assert renew() == 0
    assert [len(changes(one)) for one in ids] == [1] * 5


def test_what_was_interrupted_goes_on_where_it_was(database):
    ids = [penalty() for _ in range(5)]
    assert step()
    assert [held(one).rule == NEW for one in ids] == [True, True, False, False, False]
    assert is_due()

    assert renew() == 2
    (row,) = rows()
    assert row.seen == 5


def test_any_number_at_once_do_each_part_once(database):
    ids = [penalty() for _ in range(7)]

    at_once(3, renew)
    renew()

    assert [len(changes(one)) for one in ids] == [1] * 7
    (row,) = rows()
    assert (row.seen, row.changed) == (7, 7)


def test_other_rules_and_another_day_are_due_again(database):
    penalty()
    renew()

    for other in (Stand("another", STAND.turned_on), Stand(STAND.rules, date(2026, 5, 1))):
        assert is_due(other)
        renew(other)
        assert not is_due(other)
    assert [row.changed for row in rows()] == [1, 0, 0]


def test_what_somebody_did_by_hand_is_not_due(database):
    with Writing() as session:
        renewal.note_done(session, STAND, now=NOW)
    assert not is_due()


def test_a_department_s_correction_keeps_which_rules_were_applied_before(take_in, records):
    old = dataclasses.replace(RULES, transitions=())
    row = PENALTY | {"处罚决定日期": "2026-03-31", "处罚机关": TRAFFIC, "违法行为类型": "超限运输"}
    document = row["行政处罚决定书文号"]
    take_in(row, rules=old, publish=True)
    before = records()[document]
    renew()
    (earlier,) = records()[document].applied["earlier"]

    take_in(row | {"处罚内容": "罚款0.4万元"})

    now = records()[document]
    assert (now.version, now.facts["content"]) == (2, "罚款0.4万元")
    assert (before.rule, now.rule) == (earlier["rule"], NEW)
    assert now.applied["earlier"] == [earlier]
    assert (now.applied["before"], now.applied["after"]) == (before.rule, NEW)


@pytest.mark.parametrize(
    ("today", "turned"),
    [
        ("2026-03-31", "2026-03-01"),
        ("2026-04-01", "2026-04-01"),
        ("2026-06-09", "2026-04-01"),  # the last day of a row
        ("2026-06-10", "2026-06-10"),
        ("2026-06-20", "2026-06-20"),
    ],
)
def test_the_rules_turn_when_a_row_begins_and_when_one_has_ended(today, turned):
    rules = dataclasses.replace(RULES, **dict.fromkeys(TABLES, ()))
    spans = [("2026-03-01", None), ("2026-04-01", "2026-06-09"), ("2026-06-20", None)]
    day = date.fromisoformat
    terms = tuple(
        dataclasses.replace(
            RULES.terms[0], effective_from=day(start), effective_to=day(end) if end else None
        )
        for start, end in spans
    )
    rules = dataclasses.replace(rules, terms=terms)
    assert renewal.turned_on(rules, day(today)) == day(turned)
