"""The contents of a report: ten chapters, eight counts, and for each record what to do."""

from datetime import date

import pytest

from core.numbers import NumberScheme
from core.records import RecordKind
from core.registered import FormerName, Number, Registered, Successor
from core.subjects import SubjectState
from messages.report import contents
from messages.wording import report_zh as words
from tests.messages.given_reports import EDITION, snapshot, told

TODAY = "2026-11-25"


def of(*records, **others):
    return contents.of(snapshot(*records, **others), EDITION)


def chapter(data, place):
    return data["chapters"][place - 1]


def advice(*records):
    return chapter(of(*records), 10)["sentences"]


def test_there_are_ten_chapters_and_eight_counts_whatever_is_told():
    data = of()

    assert [one["title"][:2] for one in data["chapters"]] == [
        f"{number}、" for number in "一二三四五六七八九十"
    ]
    assert data["counts"] == [(label, "0") for label in words.COUNTS]
    for place in range(2, 10):
        assert chapter(data, place)["sentences"] == (words.NOTHING,)


def registered(**others):
    return dict(chapter(of(**others), 1)["facts"])


def test_without_registration_data_the_first_chapter_says_no_more_than_is_known():
    assert set(registered()) == {
        *("名称", "统一社会信用代码", "主体类型"),
        *("登记状态", "登记机关行政区划代码"),
    }


def test_what_the_registrar_says_stands_in_the_first_chapter():
    names = [FormerName("旧名公司", None, date(2019, 5, 1)), FormerName("更早的公司", None, None)]
    numbers = [
        Number(NumberScheme.REGISTRATION_NO, "530100100000004", None, date(2015, 10, 1)),
        Number(NumberScheme.ORG_CODE, "D2143569X", None, None),
    ]
    heir = Successor("91530111000000027C", "云南示例集团有限公司", SubjectState.ACTIVE)
    facts = registered(
        state=SubjectState.MERGED,
        state_since=date(2026, 6, 1),
        registered=Registered(names, numbers, heir),
    )

    assert facts["登记状态"] == "合并注销（2026-06-01 起）"
    assert facts["合并后的主体"] == "云南示例集团有限公司（91530111000000027C）"
    assert facts["曾用名"] == "旧名公司（至2019-05-01）；更早的公司"
    assert facts["其他证照号码"] == (
        "工商注册号 530100100000004（不详 至 2015-10-01）；组织机构代码 D2143569X"
    )


def test_the_zone_and_the_day_of_the_data_are_told():
    facts = registered(zone="云南滇中新区", registered_as_of=date(2026, 11, 1))
    assert (facts["开发区"], facts["登记信息截至"]) == ("云南滇中新区", "2026年11月1日")


@pytest.mark.parametrize("kind", list(RecordKind))
def test_every_kind_has_its_chapter_and_is_counted_there(kind):
    data = of(told(kind), told(kind))

    place = words.CHAPTER_OF.get(kind, words.OTHER_CHAPTER)
    held = chapter(data, place + 1)
    assert data["counts"][place - 1][1] == "2"
    assert sum(int(number) for _, number in data["counts"]) == 2
    assert [len(group["rows"]) for group in held["groups"]] == [2]
    assert held["sentences"] == ()


def test_a_record_has_its_dates_its_source_and_its_document():
    from datetime import date

    record = told(
        repairable_from=date(2026, 8, 8),
        department="昆明市信息中心",
        document_no="昆市监罚〔2026〕7号",
        severity="general",
        basis="《食品安全法》第一百二十二条",
    )

    (row,) = chapter(of(record), 2)["groups"][0]["rows"]

    assert row["title"] == "未经许可从事食品经营活动（一般）"
    assert row["lines"] == ["文书：昆市监罚〔2026〕7号", "决定依据：《食品安全法》第一百二十二条"]
    assert row["sources"] == ["昆明市市场监督管理局", "来源：昆明市信息中心"]
    assert row["dates"] == ["2026-05-08", "2026-08-08", "2026-05-12 至 2027-05-08"]


def test_what_is_missing_is_said_in_words():
    licence = told("licence", published_on=None, ends_on=None, document_no="")
    abnormal = told("abnormal_operation", ends_on=None)

    data = of(licence, abnormal, uscc_check_ok=False, district="")

    (row,) = chapter(data, 2)["groups"][0]["rows"]
    assert row["dates"][1:] == ["不适用", "— 至 长期"]
    assert row["lines"] == ["文书：—"]
    (row,) = chapter(data, 5)["groups"][0]["rows"]
    assert row["dates"][2].endswith("改正后移出")
    registered = dict(chapter(data, 1)["facts"])
    assert "校验位不符合" in registered["统一社会信用代码"]
    assert registered["登记机关行政区划代码"] == "—"


def test_a_disputed_record_is_marked():
    (row,) = chapter(of(told(state="disputed")), 2)["groups"][0]["rows"]

    assert row["title"].endswith("（异议处理中）")


def test_records_that_are_public_for_the_same_reason_stand_together():
    rule = "令36 一般行政处罚"
    data = of(told(rule=rule), told("licence"), told(rule="没有的规则"), told(rule=rule))

    groups = chapter(data, 2)["groups"]

    assert [(one["note"][0], len(one["rows"])) for one in groups] == [
        ("行政许可", 1),
        ("行政处罚", 2),
        ("行政处罚", 1),
    ]
    assert (
        "依据《信用修复管理办法》（国家发展改革委令第36号）公示。可以做什么："
        in groups[1]["note"][1]
    )
    assert "依据没有的规则公示" in groups[2]["note"][1]


def test_the_last_chapter_says_what_can_be_done_now_and_later():
    from datetime import date

    today, later = date(2026, 11, 25), date(2026, 11, 26)

    said = advice(
        told(repairable_from=today),
        told("black_list", repairable_from=later),
        told("abnormal_operation"),
    )

    assert said[0].startswith("有 1 条记录已到")
    assert said[1].endswith("最早的是 2026-11-26。")
    assert "1 条经营异常" in said[2]
    assert advice()[0] == words.HINTS["none"]
    assert advice(told("licence"))[0] == words.HINTS["none"]


def test_no_score_is_given_and_both_ways_are_shown():
    data = of(told())

    assert "客观中立" in data["statement"]
    assert "不对主体进行评分或等级评定" in data["statement"]
    guidance = "".join(chapter(data, 10)["sentences"])
    assert "异议申诉指引" in guidance
    assert "信用修复指引" in guidance


def test_the_code_stands_in_no_query_string():
    url = contents.address(
        "https://credit.example.cn", "20261125093012ABCDEFGH", "0123456789ABCDEF"
    )

    assert url == "https://credit.example.cn/wechat/reports/20261125093012ABCDEFGH/0123456789ABCDEF"
