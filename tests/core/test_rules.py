"""Rules of law are data: dated, cited, and never two at once."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from config import rulebook
from core.records import RecordKind, Severity
from core.rules import Clock, RuleKind, listing
from core.rules.classes import Penalty, PenaltyClass, Sum
from core.rules.doors import Barrier
from core.rules.listing import RuleState
from core.subjects import SubjectKind
from core.workdays import Deadline

RULES = rulebook.load()
TRAFFIC, MARKET = "昆明市交通运输局", "昆明市五华区市场监督管理局"


def day(text):
    return date.fromisoformat(text)


def class_of(*types, on="2026-05-01", authority=TRAFFIC, rules=RULES, **sums):
    given = tuple((Sum(name), Decimal(value)) for name, value in sums.items())
    found = rules.penalty_class(Penalty(types, given, authority, "", day(on)))
    return found and (found.severity, found.name)


def test_the_gravest_class_counts_and_an_unknown_type_has_none():
    assert class_of("警告") == (Severity.MINOR, "令36 轻微")
    assert class_of("警告", "责令关闭", "罚款") == (Severity.SERIOUS, "令36 严重")
    assert class_of("责令关闭", "从未听说") is None
    assert class_of() is None


def test_the_row_of_the_day_and_of_the_authority_gives_the_class():
    assert class_of("警告", on="2026-03-31") == (Severity.MINOR, "令58 轻微")
    assert class_of("警告", on="2023-04-30") is None
    assert class_of("警告", on="2023-04-30", authority=MARKET) == (
        Severity.MINOR,
        "令45/2021 市监仅警告",
    )
    assert class_of("警告", on="2025-12-24", authority=MARKET)[1] == "令45/2021 市监仅警告"
    assert class_of("警告", on="2025-12-25", authority=MARKET)[1] == "令107 市监仅警告"
    assert class_of("警告", "罚款", authority=MARKET) == (Severity.GENERAL, "令36 一般")


def test_every_rule_has_its_citation_and_says_how_well_it_was_read():
    rows = [rule for _, rule in RULES.every()]

    assert len(rows) > 100
    assert all(row.name and row.citation for row in rows)
    assert {row.source_status for row in rows} == {"read", "secondary", "unverified"}
    assert {kind for kind, _ in RULES.every()} == set(RuleKind)


# Written from the deadline table of the law, not from our own: clock, start, days, last day.
CLOCKS = [
    (Clock.PUBLISH_DECISION, "2026-09-24", 7, "2026-10-12"),
    (Clock.PUBLISH_INFORMATION, "2026-09-24", 20, "2026-10-29"),
    (Clock.WITHDRAW_DECISION, "2026-09-24", 3, "2026-09-30"),
    (Clock.COURT_REMOVAL, "2026-02-13", 3, "2026-02-25"),
    (Clock.COURT_CORRECTION, "2026-02-13", 3, "2026-02-25"),
    (Clock.REPAIR_FORWARD, "2026-11-23", 1, "2026-11-24"),
    (Clock.REPAIR_ACCEPT, "2026-11-23", 3, "2026-11-26"),
    (Clock.REPAIR_DECIDE, "2026-11-23", 7, "2026-12-02"),
    (Clock.REPAIR_APPLY, "2026-11-23", 1, "2026-11-24"),
    (Clock.REPAIR_FINISH, "2026-11-23", 10, "2026-12-07"),
    (Clock.MARKET_REPAIR, "2026-09-30", 7, "2026-10-15"),
    (Clock.MARKET_REPAIR_ELSEWHERE, "2026-09-30", 3, "2026-10-10"),
    (Clock.OBJECTION_ANNOTATE, "2026-04-30", 1, "2026-05-06"),
    (Clock.OBJECTION_FORWARD, "2026-04-30", 2, "2026-05-07"),
    (Clock.OBJECTION_DECIDE, "2026-04-30", 5, "2026-05-11"),
    (Clock.OBJECTION_APPLY, "2026-04-30", 1, "2026-05-06"),
    (Clock.WAGE_OBJECTION, "2026-04-30", 5, "2026-05-11"),
    (Clock.WAGE_VERIFY, "2026-04-30", 5, "2026-05-11"),
    (Clock.WAGE_LISTING, "2026-04-30", 20, "2026-06-01"),
    (Clock.WAGE_EARLY_REMOVAL, "2026-04-30", 15, "2026-05-25"),
    (Clock.WAGE_REMOVAL, "2026-04-30", 10, "2026-05-18"),
    (Clock.ABNORMAL_REMOVAL, "2026-09-18", 5, "2026-09-24"),
    (Clock.MARKET_PUBLISH, "2026-09-18", 20, "2026-10-22"),
    (Clock.MARKET_PUBLISH_ELSEWHERE, "2026-09-18", 10, "2026-10-09"),
    (Clock.DATA_REQUEST, "2026-09-18", 15, "2026-10-15"),
    (Clock.REMIND, "2026-09-18", 1, "2026-09-20"),
    (Clock.ESCALATE, "2026-09-18", 2, "2026-09-21"),
    (Clock.COMPLAINT_ACCEPT, "2026-09-18", 3, "2026-09-22"),
    (Clock.COMPLAINT_DECIDE, "2026-09-18", 15, "2026-10-15"),
    (Clock.SUPPLEMENT, "2026-09-18", 10, "2026-10-09"),
    (Clock.REVIEW_REQUEST, "2026-09-18", 10, "2026-10-09"),
    (Clock.REVIEW_DECIDE, "2026-09-18", 5, "2026-09-24"),
]


@pytest.mark.parametrize(("clock", "start", "days", "last"), CLOCKS)
def test_a_clock_gives_its_working_days(clock, start, days, last):
    assert RULES.clock(clock, day(start)) == days
    assert RULES.deadline(clock, day(start)) == Deadline(day(last), provisional=False)


def test_every_clock_is_tested_and_one_that_changed_gives_the_days_of_its_time():
    assert {clock for clock, *_ in CLOCKS} == set(Clock)
    assert RULES.clock(Clock.MARKET_REPAIR, day("2025-12-24")) == 15
    assert RULES.clock(Clock.MARKET_REPAIR, day("2025-12-25")) == 7
    assert RULES.period(Clock.WAGE_LISTING, day("2026-01-01")).extension_days == 20
    with pytest.raises(LookupError, match="repair_accept 2025-06-21"):
        RULES.clock(Clock.REPAIR_ACCEPT, day("2025-06-21"))


@pytest.mark.parametrize(
    ("kind", "on", "expected"),
    [
        (RecordKind.PENALTY, "2022-01-01", "行政管理信息"),
        (RecordKind.PENALTY, "2021-12-31", "行政处罚、异常名录（目录以前）"),
        (RecordKind.PENALTY, "2014-09-30", None),
        (RecordKind.LICENCE, "2004-07-01", "行政许可（目录以前）"),
        (RecordKind.LICENCE, "2004-06-30", None),
        (RecordKind.JUDGMENT_DEFAULTER, "2026-01-01", "司法裁判及执行信息"),
        (RecordKind.QUALIFICATION, "2026-01-01", "职称和职业信息"),
        (RecordKind.ABNORMAL_OPERATION, "2026-01-01", "经营（活动）异常名录（状态）信息"),
        (RecordKind.BLACK_LIST, "2026-01-01", "严重失信主体名单信息"),
        (RecordKind.CONTRACT_PERFORMANCE, "2026-01-01", "有关合同履行信息"),
        (RecordKind.PROMISE, "2026-01-01", "信用承诺及履行情况信息"),
        (RecordKind.EVALUATION, "2026-01-01", "信用评价结果信息"),
        (RecordKind.HONOUR, "2026-01-01", "遵守法律法规、诚实守信荣誉信息"),
        (RecordKind.RED_LIST, "2026-01-01", "遵守法律法规、诚实守信荣誉信息"),
        (RecordKind.VOLUNTARY, "2026-01-01", "市场主体自愿提供的信用信息"),
    ],
)
def test_a_kind_is_collected_under_an_item_of_its_day(kind, on, expected):
    found = RULES.catalogue_item(kind, day(on))
    assert (found and found.name) == expected


def test_an_item_may_be_for_some_subjects_only():
    (item,) = [one for one in RULES.catalogue if one.name == "信用评价结果信息"]
    narrower = dataclasses.replace(item, subject_kinds=(SubjectKind.LEGAL_ENTITY,))
    rules = dataclasses.replace(RULES, catalogue=(narrower,))
    on = day("2026-01-01")

    assert rules.catalogue_item(RecordKind.EVALUATION, on, SubjectKind.NATURAL_PERSON) is None
    assert rules.catalogue_item(RecordKind.EVALUATION, on, SubjectKind.LEGAL_ENTITY)
    assert rules.catalogue_item(RecordKind.EVALUATION, on)


def test_the_catalogue_of_2021_has_eleven_items_and_2024_adds_to_it():
    editions = [one.edition for one in RULES.catalogue]
    assert (editions.count("2021年版"), editions.count("2024年版")) == (11, 2)


@pytest.mark.parametrize(
    ("code", "entails", "does_not"),
    [
        ("GOV_PROCUREMENT", "禁止参加政府采购", "不得强制其他组织惩戒"),
        ("WAGE_ARREARS", "列为重点监管对象", "不得在清单之外惩戒"),
        ("JUDGMENT_DEFAULTER", "限制高消费", "不得牵连法定代表人等"),
        ("ABNORMAL_OPERATION", None, "经营异常不是严重失信"),
        ("TAXPAYER_A", None, "守信名单不带来惩戒"),
        ("NO_SUCH_LIST", None, None),
    ],
)
def test_a_list_entails_what_a_text_says_and_no_more(code, entails, does_not):
    found = RULES.entailed(code, day("2026-11-23"))
    lawful = [one.name for one in found if one.entailed]
    unlawful = [one.name for one in found if not one.entailed]

    assert entails in lawful if entails else lawful == []
    assert does_not in unlawful if does_not else unlawful == []


def test_only_the_listed_of_a_measure_bear_it():
    found = {one.name for one in RULES.entailed("WAGE_ARREARS", day("2026-11-23"))}
    assert not found & {"禁止参加政府采购", "限制高消费", "不得牵连法定代表人等"}


def test_the_newest_row_of_a_barrier_decides_whatever_the_day():
    old = RULES.barrier(Barrier.MINORS)
    new = dataclasses.replace(old, name="新", under_age=16, effective_from=day("2027-01-01"))
    rules = dataclasses.replace(RULES, doors=(*RULES.doors, new))

    assert (RULES.minors_under_age, rules.minors_under_age) == (18, 16)
    assert "公安局" in RULES.sealed_authorities
    assert all((RULES.sealed_citation, RULES.persons_citation, RULES.catalogue_citation))


def test_rules_are_listed_as_of_a_day():
    def names(on, **wanted):
        return {one.rule.name for one in listing.on(RULES, day(on), **wanted)}

    terms = {"kind": RuleKind.TERM}
    assert {"令58 行政处罚"} <= names("2026-03-31", **terms)
    assert {"令36 一般行政处罚"} <= names("2026-04-01", **terms)
    assert not {"令58 行政处罚"} & names("2026-04-01", **terms)
    expiring = terms | {"state": RuleState.EXPIRING}
    assert names("2025-12-31", **expiring) == set()
    assert "令58 行政处罚" in names("2026-01-01", **expiring)
    assert names("2026-04-01", state=RuleState.EXPIRING) == set()
    unverified = listing.on(RULES, day("2026-04-01"), state=RuleState.UNVERIFIED)
    assert {one.rule.source_status for one in unverified} == {"unverified"}
    assert listing.official_years(RULES) == [2026]


def test_a_class_with_an_open_upper_bound_has_no_end():
    row = PenaltyClass(
        name="x",
        effective_from=day("2026-01-01"),
        citation="x",
        source_status="read",
        types=("罚款",),
        severity=Severity.SERIOUS,
        sum=Sum.FINE,
    )
    assert row.holds({Sum.FINE: Decimal(10**11)})
