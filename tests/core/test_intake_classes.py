"""What the rules make of a row: its class, its term, its key and its fingerprint."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from core.records import RecordState, Severity
from core.rules.classes import Sum
from tests.core.department_files import (
    LICENCE,
    LISTING,
    PENALTY,
    RULES,
    read,
    reasons,
)

USCC = "行政相对人代码_1(统一社会信用代码)"
FINE = "罚款金额(万元)"


@pytest.mark.parametrize(
    ("text", "types", "severity"),
    [
        ("警告", ["警告"], Severity.MINOR),
        ("警告;通报批评", ["警告", "通报批评"], Severity.MINOR),
        ("警告；罚款", ["警告", "罚款"], Severity.GENERAL),
        ("没收违法所得、没收非法财物", ["没收违法所得、没收非法财物"], Severity.GENERAL),
        (
            "罚款、没收违法所得、没收非法财物，责令关闭",
            ["罚款", "没收违法所得、没收非法财物", "责令关闭"],
            Severity.SERIOUS,
        ),
        ("罚款、罚款", ["罚款"], Severity.GENERAL),
        ("罚款;其他", ["罚款", "其他"], None),
        ("、", [], None),
    ],
)
def test_the_gravest_type_gives_the_class(text, types, severity):
    content = read(PENALTY, 处罚类别=text).content
    assert (content.facts["penalty_types"], content.severity) == (types, severity)


def test_what_may_not_be_shown_yet_says_so():
    unknown = read(PENALTY, 处罚类别="其他")
    assert (unknown.content.state, reasons(unknown.warnings)) == (
        RecordState.QUARANTINED,
        ["UNCLASSIFIED"],
    )
    before_any_rule = read(PENALTY, 处罚决定日期="2019-01-01")
    assert (before_any_rule.content.state, reasons(before_any_rule.warnings)) == (
        RecordState.QUARANTINED,
        ["NO_TERM"],
    )
    ended = read(LICENCE, 当前状态="2")
    assert (ended.content.state, reasons(ended.warnings)) == (
        RecordState.QUARANTINED,
        ["NOT_IN_FORCE"],
    )
    assert read(PENALTY, 处罚类别="警告").content.state is RecordState.HELD


@pytest.mark.parametrize(
    ("types", "decided", "given_end", "repairable", "ends"),
    [
        ("罚款", "2026-04-01", "", "2026-07-01", "2027-04-01"),  # the first day of 令36
        ("罚款", "2026-03-31", "", "2026-06-30", "2027-03-31"),  # 市监令107 since 2025-12-25
        ("责令关闭", "2026-04-01", "", "2027-04-01", "2029-04-01"),
        ("责令关闭", "2026-03-31", "", "2027-03-31", "2029-03-31"),
        ("罚款", "2025-11-30", "", "2026-02-28", "2026-11-30"),  # 令36 is kinder than 令58 on food
        ("责令关闭", "2024-02-29", "", "2025-02-28", "2027-02-28"),  # a leap day
        ("罚款", "2025-12-31", "", "2026-03-31", "2026-12-31"),
        ("罚款", "2026-08-31", "", "2026-11-30", "2027-08-31"),
        ("罚款", "2026-06-15", "2026/12/15", "2026-09-15", "2026-12-15"),  # the file's is earlier
        ("罚款", "2026-06-15", "2030/12/15", "2026-09-15", "2027-06-15"),  # the rule's is earlier
        ("罚款", "2026-06-15", "2099/12/31", "2026-09-15", "2027-06-15"),
    ],
)
def test_a_penalty_is_shown_for_its_term(types, decided, given_end, repairable, ends):
    content = read(PENALTY, 处罚类别=types, 处罚决定日期=decided, 公示截止期=given_end).content
    assert (content.repairable_from, content.ends_on) == (
        date.fromisoformat(repairable),
        date.fromisoformat(ends),
    )


@pytest.mark.parametrize(
    ("today", "rule", "ends"),
    [
        ("2026-03-31", "令58 食品、药品、特种设备、安全生产、消防", "2028-11-30"),
        ("2026-04-01", "令107 市监一般行政处罚", "2026-11-30"),
    ],
)
def test_a_penalty_of_the_old_law_is_loaded_under_the_kinder_rule(today, rule, ends):
    old, now = (
        read(PENALTY, 处罚决定日期="2025-11-30", today=date.fromisoformat(day))
        for day in ("2026-03-31", today)
    )
    assert (now.content.rule, now.content.ends_on) == (rule, date.fromisoformat(ends))
    assert ("transition" in now.content.applied) is (today == "2026-04-01")
    assert now.fingerprint == old.fingerprint  # a file sent again after the change says nothing new


@pytest.mark.parametrize(
    ("kind", "listed", "months", "repairable", "ends"),
    [
        ("WAGE_ARREARS", "2026-08-31", "36", date(2027, 2, 28), date(2029, 8, 31)),
        ("WAGE_ARREARS", "2026-08-31", "", date(2027, 2, 28), date(2029, 8, 31)),
        ("WAGE_ARREARS", "2026-08-31", "12", date(2027, 2, 28), date(2027, 8, 31)),
        ("WAGE_ARREARS", "2026-08-31", "60", date(2027, 2, 28), date(2029, 8, 31)),
        ("MAJOR_TAX_VIOLATION", "2024-02-29", "", date(2024, 8, 29), date(2027, 2, 28)),
        ("WORK_SAFETY", "2025-12-01", "36", date(2026, 12, 1), date(2028, 12, 1)),
        ("MARKET_SERIOUS", "2025-12-31", "", date(2026, 12, 31), date(2028, 12, 31)),
        ("CULTURE_TOURISM", "2025-05-05", "", None, date(2028, 5, 5)),
        ("GOV_PROCUREMENT", "2025-05-05", "12", None, date(2026, 5, 5)),
        ("TAXPAYER_A", "2026-04-30", "12", None, date(2027, 4, 30)),
        ("ABNORMAL_OPERATION", "2026-07-08", "", None, None),
        ("ABNORMAL_OPERATION", "2026-07-08", "6", None, date(2027, 1, 8)),
    ],
)
def test_a_listing_is_shown_for_its_term(kind, listed, months, repairable, ends):
    content = read(LISTING, list_kind=kind, listed_on=listed, term_months=months).content
    assert (content.repairable_from, content.ends_on) == (repairable, ends)
    assert (content.title, content.kind) == (RULES.lists[kind].name, RULES.lists[kind].kind)


def test_every_list_of_the_rules_has_a_term_today():
    for kind in RULES.lists:
        assert read(LISTING, list_kind=kind).warnings == ()


def test_a_row_is_recognised_however_its_numbers_are_typed():
    row = read(PENALTY)
    same = read(
        PENALTY,
        行政处罚决定书文号="昆市监罚[２０２６] 12号",
        处罚决定日期="2026年6月15日",
        **{FINE: "0.50"},
    )
    assert same.natural_key == row.natural_key
    dates_and_amounts = read(PENALTY, 处罚决定日期="20260615", **{FINE: "0.500000"})
    assert dates_and_amounts.fingerprint == row.fingerprint


@pytest.mark.parametrize(
    ("base", "changes"),
    [
        (PENALTY, {"行政处罚决定书文号": "昆市监罚〔2026〕1-2号"}),
        (PENALTY, {USCC: "91530111000000027C"}),
        (PENALTY, {"处罚机关统一社会信用代码": "11530100000090050R"}),
        (LISTING, {"list_kind": "WORK_SAFETY"}),
        (LISTING, {"authority": "安宁市人力资源和社会保障局"}),
    ],
)
def test_another_decision_is_another_record(base, changes):
    assert read(base, **changes).natural_key != read(base).natural_key


def test_a_reason_without_a_number_is_told_apart_by_its_day():
    base = LISTING | {"list_kind": "ABNORMAL_OPERATION", "basis_document": "未按期公示年报"}
    assert read(base).natural_key != read(base, listed_on="2025-07-08").natural_key
    assert read(LISTING).natural_key == read(LISTING, listed_on="2026-11-19").natural_key


def test_a_new_rule_makes_another_fingerprint_of_the_same_words():
    graver = [
        dataclasses.replace(row, severity=Severity.SERIOUS) if "罚款" in row.types else row
        for row in RULES.classes
    ]
    changed = dataclasses.replace(RULES, classes=tuple(graver))
    before, after = read(PENALTY), read(PENALTY, rules=changed)
    assert before.fingerprint != after.fingerprint
    assert not after.says_otherwise(before.fingerprint)
    assert after.content.severity is Severity.SERIOUS


@pytest.mark.parametrize(
    ("fine", "severity", "state"),
    [
        ("99.999999", Severity.GENERAL, RecordState.LOADED),
        ("100", Severity.SERIOUS, RecordState.LOADED),
        ("", None, RecordState.QUARANTINED),
    ],
)
def test_where_the_sum_decides_a_row_without_it_is_kept_back(fine, severity, state):
    (plain,) = [row for row in RULES.classes if row.name == "令36 一般"]
    at, sum_ = Decimal(100), {"types": ("罚款",), "sum": Sum.FINE}
    graded = (
        dataclasses.replace(plain, below_wan=at, **sum_),
        dataclasses.replace(plain, at_least_wan=at, severity=Severity.SERIOUS, **sum_),
    )
    rules = dataclasses.replace(RULES, classes=graded)

    content = read(PENALTY, rules=rules, **{FINE: fine}).content

    assert (content.severity, content.state) == (severity, state)
