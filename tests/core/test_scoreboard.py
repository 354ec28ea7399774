"""How departments keep the law's clocks: counted by working days, predecessors included."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from config import rulebook
from core import departments, scoreboard
from core.cases import Case, CaseKind, CaseState
from core.db import Reading, Writing
from core.departments import Level, Succession
from core.records import Record, RecordKind
from core.rules import Clock
from core.scoreboard import Asked
from tests.core.given import account, record, subject
from tests.core.given_cases import opened as opened_case

RULES = rulebook.load()
YEAR = Asked(date(2026, 1, 1), date(2026, 12, 31), date(2026, 11, 25))


def board(asked=YEAR, rules=RULES):
    with Reading() as session:
        return scoreboard.of(session, asked, rules=rules)


def lines(asked=YEAR, rules=RULES):
    return [
        {name: value for name, value in vars(line).items() if name != "id"}
        for line in board(asked, rules).lines
    ]


def within(days):
    """Return rules with another clock for handing in."""
    row = replace(RULES.period(Clock.PUBLISH_DECISION, YEAR.today), working_days=days)
    return replace(RULES, clocks=(row, *RULES.clocks))


def penalty(decided, received, **others):
    given = {"kind": RecordKind.PENALTY, "list_kind": None, "event_date": decided}
    return record(subject().id, **given | {"received_at": received} | others)


def objection(opened, state=CaseState.SUBMITTED, kind=CaseKind.OBJECTION):
    """File a case about a record, and let it end as told; return its holder's name."""
    one = record(subject().id)
    case = opened_case(one, kind=kind, account_id=account(), now=opened)
    with Writing() as session:
        session.get_one(Case, case.id).state = state


# 2026-09-24, a Thursday: a Sunday is worked before it, 中秋 and 国庆 come after it. Seven working
# days: 9-28, 9-29, 9-30, 10-8, 10-9, 10-10 (a Saturday that is worked), 10-12.
@pytest.mark.parametrize(
    ("received", "in_time"),
    [
        (datetime(2026, 10, 12, 15, 59, 59, tzinfo=UTC), 1),  # 23:59:59 in Kunming
        (datetime(2026, 10, 12, 16, 0, tzinfo=UTC), 0),  # midnight
        (datetime(2026, 9, 23, 16, 0, tzinfo=UTC), 1),  # the day of the decision
    ],
)
def test_a_record_is_in_time_to_the_end_of_the_seventh_working_day(database, received, in_time):
    penalty(date(2026, 9, 24), received)

    (line,) = lines()

    assert (line["received"], line["in_time"]) == (1, in_time)


def test_the_rules_say_how_many_days(database):
    penalty(date(2026, 5, 20), datetime(2026, 5, 22, 4, tzinfo=UTC))

    assert lines(rules=within(2))[0]["in_time"] == 1
    assert lines(rules=within(1))[0]["in_time"] == 0


def test_decisions_outside_the_period_and_lists_do_not_count(database):
    noon = datetime(2026, 5, 20, 4, tzinfo=UTC)
    penalty(date(2026, 5, 20), noon, kind=RecordKind.LICENCE)
    penalty(date(2026, 5, 19), noon)
    penalty(date(2026, 5, 21), noon)
    record(subject().id)

    assert [
        line["received"] for line in lines(Asked(date(2026, 5, 20), date(2026, 5, 20), YEAR.today))
    ] == [1]


def test_the_objections_of_a_period_count_once_they_are_decided(database):
    opened = datetime(2026, 11, 24, 4, tzinfo=UTC)
    for state in CaseState:
        objection(opened, state)
    objection(opened, CaseState.UPHELD, CaseKind.REPAIR)
    objection(datetime(2025, 11, 24, 4, tzinfo=UTC), CaseState.UPHELD)

    (line,) = lines()

    assert (line["objections"], line["upheld"], line["overdue"]) == (3, 2, 0)


# Seven working days before 2026-11-25, a Wednesday: what came on 11-16 must be settled on 11-25.
@pytest.mark.parametrize(
    ("opened", "overdue"),
    [
        (datetime(2026, 11, 15, 15, 59, tzinfo=UTC), 1),  # 11-15 23:59 in Kunming, a Sunday
        (datetime(2026, 11, 15, 16, 0, tzinfo=UTC), 0),  # 11-16 0:00
    ],
)
def test_an_open_case_is_overdue_the_day_after_its_last_working_day(database, opened, overdue):
    objection(opened)

    assert sum(line["overdue"] for line in lines()) == overdue


def test_what_a_predecessor_did_counts_for_its_successor(database):
    one = penalty(date(2026, 5, 20), datetime(2026, 5, 20, 4, tzinfo=UTC))
    late = penalty(date(2026, 5, 20), datetime(2026, 8, 20, 4, tzinfo=UTC))
    took_over = Succession("昆明市市场监督管理局", Level.CITY, ("昆明市工商行政管理局",))
    with Writing() as session:
        departments.take_over(session, [took_over])
        for held, name in ((one, "昆明市工商行政管理局"), (late, "昆明市市场监督管理局")):
            office = departments.known(session, name, None)
            session.get_one(Record, held.id).department_id = office

    (line,) = lines()

    assert (line["name"], line["received"], line["in_time"]) == ("昆明市市场监督管理局", 2, 1)


def test_the_punctual_come_first(database):
    late = penalty(date(2026, 5, 20), datetime(2026, 8, 20, 4, tzinfo=UTC))
    penalty(date(2026, 5, 20), datetime(2026, 5, 20, 4, tzinfo=UTC))
    with Writing() as session:
        office = departments.known(session, "昆明市一个迟到的局", None)
        session.get_one(Record, late.id).department_id = office

    assert [line["in_time"] for line in lines()] == [1, 0]


@pytest.mark.parametrize(
    ("since", "until", "provisional"),
    [
        (date(2026, 1, 1), date(2026, 11, 30), False),
        (date(2025, 12, 1), date(2026, 1, 31), True),
    ],
)
def test_a_year_without_its_calendar_makes_it_provisional(database, since, until, provisional):
    assert board(Asked(since, until, YEAR.today)).provisional is provisional


def test_days_that_have_not_come_are_not_counted(database):
    assert board(Asked(date(2026, 12, 1), date(2026, 12, 31), YEAR.today)).lines == []


def test_a_correction_is_no_second_arrival(take_in, records):
    from tests.core.department_files import PENALTY

    take_in(PENALTY)
    before = next(iter(records().values())).received_at

    take_in(PENALTY | {"处罚内容": "罚款0.6万元"}, name="corrected.csv")

    (held,) = records().values()
    assert (held.version, held.received_at) == (2, before)


def test_decisions_from_before_there_was_a_clock_are_not_counted(database):
    penalty(date(2018, 3, 30), datetime(2018, 4, 2, tzinfo=UTC))
    penalty(date(2018, 4, 2), datetime(2018, 4, 2, tzinfo=UTC))

    assert [
        line["received"] for line in lines(Asked(date(2018, 3, 1), date(2018, 4, 30), YEAR.today))
    ] == [1]
    assert lines(Asked(date(2018, 3, 1), date(2018, 3, 31), YEAR.today)) == []
