"""Terms of law: for each list and class, on both sides of the days on which a rule changes.

Every expected day is written out, from the law and not from our tables.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.calendar import day
from core.records import RecordKind, RecordState, Severity
from core.rules.judging import judge
from core.rules.matters import Matter, Open
from core.subjects import SubjectKind
from tests.core.department_files import DEFAULTER, LISTING, PENALTY, RULES, read, reasons
from tests.core.given import record, subject

TRAFFIC, MARKET, SAFETY = "昆明市交通运输局", "昆明市市场监督管理局", "昆明市应急管理局"
FINE, CLOSED, WARNED = "罚款", "责令关闭", "警告"

# authority, types, decided, repairable from, last day
PENALTIES = [
    # 令36 from 2026-04-01, 令58 until 2026-03-31
    (TRAFFIC, FINE, "2026-03-31", "2026-06-30", "2029-03-31"),
    (TRAFFIC, FINE, "2026-04-01", "2026-07-01", "2027-04-01"),
    (TRAFFIC, CLOSED, "2026-03-31", "2026-06-30", "2029-03-31"),
    (TRAFFIC, CLOSED, "2026-04-01", "2027-04-01", "2029-04-01"),
    (TRAFFIC, "暂扣许可证件", "2026-04-01", "2027-04-01", "2029-04-01"),
    (TRAFFIC, "降低资质等级", "2026-04-01", "2027-04-01", "2029-04-01"),
    (TRAFFIC, "没收违法所得", "2026-04-01", "2026-07-01", "2027-04-01"),
    # 令58 from 2023-05-01
    (TRAFFIC, FINE, "2023-04-30", None, None),
    (TRAFFIC, FINE, "2023-05-01", "2023-08-01", "2026-05-01"),
    # 令58: five fields, by authority and by what it is about
    (SAFETY, FINE, "2026-03-31", "2027-03-31", "2029-03-31"),
    (SAFETY, FINE, "2026-04-01", "2026-07-01", "2027-04-01"),
    ("昆明市消防救援支队", FINE, "2024-02-29", "2025-02-28", "2027-02-28"),
    # 市监令107 from 2025-12-25
    (MARKET, FINE, "2025-12-24", "2026-03-24", "2028-12-24"),
    (MARKET, FINE, "2025-12-25", "2026-03-25", "2026-12-25"),
    (MARKET, FINE, "2026-03-31", "2026-06-30", "2027-03-31"),
    (MARKET, FINE, "2026-04-01", "2026-07-01", "2027-04-01"),
    (MARKET, CLOSED, "2025-12-24", "2026-03-24", "2028-12-24"),
    (MARKET, CLOSED, "2025-12-25", "2026-12-25", "2028-12-25"),
    # months end and leap days
    (TRAFFIC, FINE, "2025-11-30", "2026-02-28", "2028-11-30"),
    (TRAFFIC, FINE, "2023-11-30", "2024-02-29", "2026-11-30"),
    (TRAFFIC, FINE, "2026-08-31", "2026-11-30", "2027-08-31"),
    (TRAFFIC, FINE, "2027-11-30", "2028-02-29", "2028-11-30"),
    (TRAFFIC, FINE, "2028-02-29", "2028-05-29", "2029-02-28"),
    (TRAFFIC, CLOSED, "2028-02-29", "2029-02-28", "2031-02-28"),
    (TRAFFIC, CLOSED, "2027-12-31", "2028-12-31", "2030-12-31"),
    # 轻微
    (TRAFFIC, WARNED, "2026-03-31", None, None),
    (TRAFFIC, WARNED, "2026-04-01", "2026-04-01", "2026-07-01"),
    (TRAFFIC, "通报批评", "2026-11-30", "2026-11-30", "2027-02-28"),
    (MARKET, WARNED, "2022-01-01", None, None),
    (MARKET, WARNED, "2025-12-24", None, None),
    (MARKET, WARNED, "2025-12-25", "2025-12-25", "2026-03-25"),
]

# list, listed, repairable from, last day
LISTINGS = [
    ("WAGE_ARREARS", "2021-12-31", None, None),
    ("WAGE_ARREARS", "2022-01-01", "2022-07-01", "2025-01-01"),
    ("WAGE_ARREARS", "2026-08-31", "2027-02-28", "2029-08-31"),
    ("MAJOR_TAX_VIOLATION", "2022-01-31", None, None),
    ("MAJOR_TAX_VIOLATION", "2022-02-01", "2022-08-01", "2025-02-01"),
    ("MAJOR_TAX_VIOLATION", "2024-02-29", "2024-08-29", "2027-02-28"),
    ("WORK_SAFETY", "2023-09-30", None, None),
    ("WORK_SAFETY", "2023-10-01", "2024-10-01", "2026-10-01"),
    ("WORK_SAFETY", "2024-02-29", "2025-02-28", "2027-02-28"),
    ("MARKET_SERIOUS", "2021-08-31", None, None),
    ("MARKET_SERIOUS", "2021-09-01", "2022-09-01", "2024-09-01"),
    ("MARKET_SERIOUS", "2025-12-31", "2026-12-31", "2028-12-31"),
    ("CULTURE_TOURISM", "2021-12-31", None, None),
    ("CULTURE_TOURISM", "2022-01-01", None, "2025-01-01"),
    ("CULTURE_TOURISM_MINOR", "2022-01-01", None, "2023-01-01"),
    ("CULTURE_TOURISM_MINOR", "2024-02-29", None, "2025-02-28"),
    ("STATISTICS", "2022-05-18", None, None),
    ("STATISTICS", "2022-05-19", None, "2023-05-19"),
    ("BIDDING_VIOLATION", "2026-08-31", None, "2027-02-28"),
    ("COMMERCE", "2024-02-29", None, "2027-02-28"),
    ("COMMERCE_CONCERN", "2024-02-29", None, "2026-02-28"),
    ("FIRE", "2026-03-31", None, None),
    ("FIRE", "2026-04-01", "2027-04-01", "2029-04-01"),
    ("TAXPAYER_A", "2025-06-30", None, "2026-06-30"),
    ("TAXPAYER_A", "2025-07-01", None, "2026-07-01"),
    ("TAXPAYER_A", "2024-02-29", None, "2025-02-28"),
]
ENDLESS = ["CUSTOMS_AEO", "HONOUR", "ABNORMAL_OPERATION"]
REFUSES = "有履行能力而拒不履行生效法律文书确定义务"
REPORTS = "违反财产报告制度"


def on(text):
    return text and date.fromisoformat(text)


def penalty(authority, types, decided, about=""):
    facts = {"penalty_types": [types], "violation_type": about}
    whose = SubjectKind.LEGAL_ENTITY
    return judge(RULES, Matter(RecordKind.PENALTY, on(decided), authority, whose, facts=facts))


def listing(code, listed, **facts):
    whose, kind = SubjectKind.LEGAL_ENTITY, RULES.lists[code].kind
    return judge(RULES, Matter(kind, on(listed), "x", whose, list_kind=code, facts=facts))


@pytest.mark.parametrize(("authority", "types", "decided", "repairable", "last"), PENALTIES)
def test_a_penalty_is_shown_for_the_term_of_its_day(authority, types, decided, repairable, last):
    found = penalty(authority, types, decided)
    assert (found.repairable_from, found.ends_on) == (on(repairable), on(last))


@pytest.mark.parametrize(
    "about", ["经营超过保质期的食品", "《药品管理法》", "特种设备", "《消防法》"]
)
def test_what_a_penalty_is_about_may_lengthen_the_shortest_term(about):
    assert penalty(TRAFFIC, FINE, "2026-03-31", about).repairable_from == date(2027, 3, 31)
    assert penalty(TRAFFIC, FINE, "2026-04-01", about).repairable_from == date(2026, 7, 1)


@pytest.mark.parametrize(("code", "listed", "repairable", "last"), LISTINGS)
def test_a_listing_is_shown_for_the_term_of_its_day(code, listed, repairable, last):
    found = listing(code, listed)
    assert (found.repairable_from, found.ends_on) == (on(repairable), on(last))
    assert (found.left_open is Open.NO_TERM) is (last is None)


@pytest.mark.parametrize("code", ENDLESS)
def test_a_list_without_a_term_lasts_until_something_happens(code):
    found = listing(code, "2026-03-31")
    assert (found.left_open, found.repairable_from, found.ends_on) == (None, None, None)


def test_where_the_authority_sets_the_term_its_file_must_say_it():
    open_ended = listing("GOV_PROCUREMENT", "2026-03-31")
    assert (open_ended.left_open, open_ended.ends_on) == (Open.NO_TERM, None)
    found = listing("GOV_PROCUREMENT", "2024-02-29", term_months=12)
    assert (found.ends_on, found.repairable_from) == (date(2025, 2, 28), None)
    assert listing("GOV_PROCUREMENT", "2024-02-29", term_months=60).ends_on == date(2027, 2, 28)


def test_early_removal_counts_from_the_day_that_the_law_names():
    found = listing("WAGE_ARREARS", "2026-01-31", corrected_on="2026-08-31")
    assert (found.repairable_from, found.ends_on) == (date(2027, 2, 28), date(2029, 1, 31))
    found = listing("MAJOR_TAX_VIOLATION", "2026-01-31", published_on="2026-02-28")
    assert (found.repairable_from, found.ends_on) == (date(2026, 8, 28), date(2029, 2, 28))


@pytest.mark.parametrize(
    ("why", "published", "last"),
    [
        (REPORTS, "2017-04-30", None),
        (REPORTS, "2017-05-01", "2019-05-01"),
        (REPORTS, "2026-02-28", "2028-02-28"),
        (REPORTS, "2024-02-29", "2026-02-28"),
        (REFUSES, "2026-02-01", None),
        (f"{REFUSES},{REPORTS}", "2026-02-01", None),
    ],
)
def test_a_defaulter_is_shown_two_years_or_until_the_duty_is_met(why, published, last):
    content = read(DEFAULTER, disruptTypeName=why, publishDate=published).content
    assert (content.ends_on, content.repairable_from) == (on(last), None)
    known = published >= "2017-05-01"
    assert (content.state is RecordState.LOADED) is known


def test_every_list_is_tested():
    tested = {row[0] for row in LISTINGS} | {*ENDLESS, "GOV_PROCUREMENT", "JUDGMENT_DEFAULTER"}
    of_persons = {"CIVIL_SERVANT_FILE", "MEDICAL_STAFF_FILE", "STUDENT_FILE"}
    assert tested | of_persons == set(RULES.lists)


def test_intake_keeps_the_names_of_the_rows_that_it_applied():
    row = read(PENALTY, 处罚决定日期="2026-04-01", 违法行为类型="超限", 处罚依据="某法").content
    assert (row.rule, row.severity) == ("令107 市监一般行政处罚", Severity.GENERAL)
    assert row.applied == {
        "severity": "令36 一般",
        "disclosure": "法人和其他组织的一般、严重处罚",
        "catalogue": "行政管理信息",
    }
    open_ = read(PENALTY, 处罚类别="其他").content
    assert (open_.applied["left_open"], open_.rule) == ("unclassified", None)


def test_a_kind_outside_the_catalogue_of_its_day_is_sent_back_with_the_citation():
    answer = read(PENALTY, 处罚决定日期="2014-09-30")
    assert reasons(answer) == ["NOT_IN_CATALOGUE"]
    assert answer[0].note == RULES.catalogue_citation
    assert not isinstance(read(PENALTY, 处罚决定日期="2014-10-01"), list)


def test_a_slight_listing_is_held_and_a_grave_one_is_not():
    held = read(LISTING, list_kind="CULTURE_TOURISM_MINOR").content
    assert (held.state, held.severity) == (RecordState.HELD, Severity.MINOR)
    assert read(LISTING, list_kind="CULTURE_TOURISM").content.state is RecordState.LOADED


@pytest.mark.parametrize(
    ("last", "instant", "shown"),
    [
        ("2026-03-31", datetime(2026, 3, 31, 15, 30, tzinfo=UTC), True),  # 23:30 in Kunming
        ("2026-03-31", datetime(2026, 3, 31, 16, 30, tzinfo=UTC), False),  # 00:30 on 1 April
        ("2026-02-28", datetime(2026, 2, 28, 15, 30, tzinfo=UTC), True),
        ("2026-02-28", datetime(2026, 2, 28, 16, 30, tzinfo=UTC), False),
        ("2028-02-29", datetime(2028, 2, 28, 16, 30, tzinfo=UTC), True),
        ("2028-02-29", datetime(2028, 2, 29, 15, 30, tzinfo=UTC), True),
        ("2028-02-29", datetime(2028, 2, 29, 16, 30, tzinfo=UTC), False),
    ],
)
def test_the_last_day_ends_at_midnight_in_kunming(database, last, instant, shown):
    from core.db import Reading
    from core.errors import RecordNotFoundError
    from core.records import public_one

    held = record(subject().id, ends_on=on(last), event_date=on(last) - timedelta(days=30))
    with Reading() as session:
        try:
            found = public_one(session, held.id, today=day(instant)).id == held.id
        except RecordNotFoundError:
            found = False
    assert found is shown


@pytest.mark.parametrize(
    ("instant", "name"),
    [
        (datetime(2026, 3, 31, 15, 30, tzinfo=UTC), "令58 行政处罚"),
        (datetime(2026, 3, 31, 16, 30, tzinfo=UTC), "令36 一般行政处罚"),
    ],
)
def test_the_law_changes_at_midnight_in_kunming(instant, name):
    assert penalty(TRAFFIC, FINE, day(instant).isoformat()).rule == name
