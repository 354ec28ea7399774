"""Tables of rules that contradict themselves are refused, by file, row and field."""

import shutil
from datetime import date
from decimal import Decimal

import pytest
import yaml

from config import rulebook
from config.rulebook import RulebookError
from core.records import Severity
from core.rules.classes import Penalty, Sum

RULES = rulebook.load()


@pytest.fixture
def tables(tmp_path):
    """A copy of the tables; call it with a file and a change of its rows by name."""
    folder = tmp_path / "rules"
    shutil.copytree(rulebook.RULES, folder)

    def change(file, edit):
        path = folder / file
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        edit(rows, {row["name"]: row for row in rows})
        path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
        return folder

    return change


def day(text):
    return date.fromisoformat(text)


def class_of(*types, rules, authority="昆明市交通运输局", **sums):
    given = tuple((Sum(name), Decimal(value)) for name, value in sums.items())
    found = rules.penalty_class(Penalty(types, given, authority, "", day("2026-05-01")))
    return found and found.severity


@pytest.mark.parametrize(
    ("fine", "expected"),
    [
        ("0.999999", Severity.MINOR),
        ("1", Severity.GENERAL),
        ("99.999999", Severity.GENERAL),
        ("100", Severity.SERIOUS),
        (None, None),
    ],
)
def test_a_row_may_look_at_the_sum_and_without_one_nobody_can_say(tables, fine, expected):
    def graded(rows, _):
        row = {"types": ["罚款"], "authorities": ["交通运输"], "sum": "fine"}
        row |= {"effective_from": day("2026-01-01"), "citation": "某标准", "source_status": "read"}
        rows += [
            row | {"name": "小额", "severity": "minor", "below_wan": 1},
            row | {"name": "较大", "severity": "general", "at_least_wan": 1, "below_wan": 100},
            row | {"name": "巨大", "severity": "serious", "at_least_wan": 100},
        ]

    rules = rulebook.load(tables("classes.yaml", graded))

    found = class_of("罚款", rules=rules, **({} if fine is None else {"fine": fine}))
    assert found is expected
    assert class_of("罚款", rules=rules, confiscated="500") is None
    assert class_of("罚款", rules=rules, authority="昆明市市场监督管理局") is Severity.GENERAL


@pytest.mark.parametrize("on", ["2025-07-01", "2026-12-31", None])
def test_two_terms_in_force_on_one_day_are_refused(tables, on):
    def overlap(_, named):
        named["税务2014-40 纳税信用A级"]["effective_to"] = on and day(on)

    folder = tables("terms.yaml", overlap)
    with pytest.raises(
        RulebookError, match=r"^terms.yaml: 税务2014-40.* and 税务2025-12.* overlap"
    ):
        rulebook.load(folder)


def test_terms_that_follow_each_other_are_accepted(tables):
    def keep(_, named):
        assert named["令58 行政处罚"]["effective_to"] == day("2026-03-31")

    assert rulebook.load(tables("terms.yaml", keep)) == RULES


WRONG = [
    ("terms.yaml", "令36 一般行政处罚", {"kind": "fine"}, r"row 2 \(令36 一般行政处罚\): kind: "),
    ("terms.yaml", "令36 一般行政处罚", {"effective_from": "soon"}, r"row 2 .*: effective_from: "),
    ("terms.yaml", "令36 一般行政处罚", {"max_months": "long"}, r"row 2 .*: max_months: "),
    ("terms.yaml", "令36 一般行政处罚", {"min_month": 3}, r"row 2 .*: min_month: "),
    ("terms.yaml", "令36 一般行政处罚", {"min_months": 13}, "min_months: more than max_months"),
    ("terms.yaml", "令36 一般行政处罚", {"min_months": -1}, "months: must not be less than 0"),
    ("terms.yaml", "令36 一般行政处罚", {"name": "令36 严重行政处罚"}, "name: stands there twice"),
    ("terms.yaml", "令36 一般行政处罚", {"citation": " "}, "name, citation: must not be empty"),
    ("terms.yaml", "令36 一般行政处罚", {"early_start": "listed_at"}, "early_start: without"),
    (
        "terms.yaml",
        "令36 一般行政处罚",
        {"effective_to": day("2026-03-31")},
        "effective_to: before effective_from",
    ),
    ("terms.yaml", "令45 拖欠农民工工资", {"list_kind": "WAGES"}, "list: WAGES is not in lists"),
    (
        "terms.yaml",
        "经营异常名录",
        {"kind": "black_list"},
        "kind: ABNORMAL_OPERATION is a abnormal",
    ),
    ("terms.yaml", "令36 严重失信主体名单", {"list_kind": "STATISTICS"}, "overlap|no term"),
    ("terms.yaml", "信用评价", {"kind": "promise"}, "CIVIL_SERVANT_FILE has no term"),
    ("classes.yaml", "令36 一般", {"below_wan": 5}, "sum: say which sum"),
    ("classes.yaml", "令36 一般", {"types": []}, "types: must not be empty"),
    ("classes.yaml", "令36 一般", {"types": ["警告"]}, "令36 轻微 and 令36 一般: .*overlap"),
    (
        "classes.yaml",
        "令36 一般",
        {"sum": "fine", "at_least_wan": 5, "below_wan": 5},
        "below_wan: not above",
    ),
    ("clocks.yaml", "双公示上网", {"working_days": 0}, "working_days: must be at least 1"),
    ("clocks.yaml", "双公示上网", {"clock": "data_request"}, "overlap"),
    ("clocks.yaml", "双公示上网", {"clock": "data_request"}, "publish_decision: clock: has no row"),
    ("disclosure.yaml", "综合评价不公开", {"visibility": "everyone"}, "visibility: "),
    ("disclosure.yaml", "自然人失信被执行人", {"kinds": ["penalty"]}, "overlap"),
    ("disclosure.yaml", "轻微失信、重点关注名单", {"lists": ["X"]}, "list: X is not in lists.yaml"),
    ("catalogue.yaml", "行政管理信息", {"kinds": ["promise"]}, "overlap"),
    ("measures.yaml", "限制高消费", {"lists": ["X"]}, "list: X is not in lists.yaml"),
    ("measures.yaml", "限制高消费", {"entailed": None}, "entailed: "),
    ("lists.yaml", "海关高级认证企业", {"code": "TAXPAYER_A"}, "overlap"),
    ("door.yaml", "未成年人的信息不得归集", {"under_age": None}, "under_age: must be given"),
    ("door.yaml", "治安管理违法记录封存", {"authorities": []}, "authorities: must be given"),
    ("door.yaml", "治安管理违法记录封存", {"barrier": "minors"}, "sealed: barrier: has no row"),
    ("transitions.yaml", "令36 施行前的处罚", {"kinds": ["fine"]}, "kinds.0: "),
    ("places.yaml", "盘龙区", {"others": ["五华区"]}, "五华区 and 盘龙区: .*overlap"),
    ("places.yaml", "盘龙区", {"code": "530102"}, "五华区 and 盘龙区: .*overlap"),
]


@pytest.mark.parametrize(("file", "name", "change", "message"), WRONG)
def test_a_wrong_row_is_refused_with_its_file_row_and_field(tables, file, name, change, message):
    folder = tables(file, lambda _, named: named[name].update(change))

    with pytest.raises(RulebookError, match=message) as refused:
        rulebook.load(folder)
    assert any(line.startswith(f"{file}: ") for line in str(refused.value).splitlines())


def test_all_that_is_wrong_is_said_at_once(tables):
    tables("terms.yaml", lambda _, named: named["信用承诺"].update(kind="x", start="y"))
    folder = tables("clocks.yaml", lambda rows, _: rows.append(7))
    (folder / "lists.yaml").unlink()
    (folder / "measures.yaml").write_text("- {name: a, name: b}\n", encoding="utf-8")
    (folder / "door.yaml").write_text("a: b\n", encoding="utf-8")
    (folder / "workdays.yaml").write_text("years: []\n", encoding="utf-8")

    with pytest.raises(RulebookError) as refused:
        rulebook.load(folder)

    said = str(refused.value).splitlines()
    starts = [line.split(" ")[0] for line in said]
    assert {*starts} == {
        "terms.yaml:",
        "clocks.yaml:",
        "lists.yaml:",
        "measures.yaml:",
        "door.yaml:",
        "workdays.yaml:",
    }
    assert starts.count("terms.yaml:") == 2
    assert any("given twice: name" in line for line in said)


def test_a_calendar_that_contradicts_itself_is_named(tables):
    folder = tables("terms.yaml", lambda *_: None)
    path = folder / "workdays.yaml"
    text = path.read_text(encoding="utf-8").replace("days: [6, 7]", "days: [0]")
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RulebookError, match=r"workdays.yaml: weekly_rest"):
        rulebook.load(folder)


@pytest.mark.parametrize(
    ("name", "field", "value", "fault"),
    [
        ("经核实，记录的内容有误", "code", "Not Snake", "code: must be snake_case"),
        ("经核实，记录的内容有误", "fix_en", "", "must not be empty"),
        ("经核实，记录的内容有误", "code", "record_incomplete", "overlap"),
        ("案情复杂，需要进一步核查", "kinds", ["law"], "kinds"),
    ],
)
def test_a_template_of_reasons_is_whole(tables, name, field, value, fault):
    folder = tables("reasons.yaml", lambda _, rows: rows[name].update({field: value}))

    with pytest.raises(RulebookError, match=fault):
        rulebook.load(folder)


def test_every_kind_of_case_has_reasons_for_every_outcome(tables):
    def emptied(rows, _):
        rows[:] = [one for one in rows if one["outcome"] != "extended"]

    with pytest.raises(RulebookError, match=r"complaint: extended: has no row"):
        rulebook.load(tables("reasons.yaml", emptied))
