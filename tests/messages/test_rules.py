"""Rules in words: every row of every table says something, in both languages."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from config import rulebook
from core.records import Visibility
from core.rules import RuleKind
from core.rules.classes import Sum
from core.rules.terms import Start
from messages.rules import says
from messages.wording import RULES as WORDS

RULES = rulebook.load()
NAMED = {rule.name: rule for _, rule in RULES.every()}
SAID = {
    "令36 严重行政处罚": "行政处罚，严重：自决定之日起，最长 36 个月，满 12 个月可申请提前终止",
    "令36 轻微行政处罚": "行政处罚，轻微：自决定之日起，最长 3 个月，履行后即可申请提前终止",
    "令107 市监一般行政处罚": "行政处罚，一般：自决定之日起，最长 12 个月，"
    "满 3 个月可申请提前终止，适用于 市场监督管理",
    "政府采购严重违法失信": "严重失信主体名单，GOV_PROCUREMENT：自列入之日起，最长 36 个月，"
    "不能提前终止，期限由认定机关决定",
    "行政许可": "行政许可：自决定之日起，没有固定期限，不能提前终止",
    "令107 市监仅警告": "警告：轻微，适用于 市场监督管理",
    "欠薪列入决定": "20 个工作日，可延长 20 个工作日",
    "轻微处罚不公示": "行政处罚，轻微：只有主体本人可查",
    "个体工商户的一般、严重处罚": "行政处罚，限于个体工商户，一般、严重：公开",
    "司法裁判及执行信息": "2021年版，失信被执行人",
    "知识产权信息": "2024年版，暂无本平台归集的记录",
    "文化和旅游市场轻微失信": "严重失信主体名单，轻微，CULTURE_TOURISM_MINOR",
    "禁止参加政府采购": "可能承担：在决定写明的期限内（一至三年）不得参加政府采购，GOV_PROCUREMENT",
    "不得强制其他组织惩戒": "不承担：任何部门不得强制金融机构、行业协会、新闻媒体实施惩戒",
    "未成年人的信息不得归集": "未满 18 周岁",
    "治安管理违法记录封存": "公安局、派出所、公安分局",
    "目录之外不归集": "所有这类信息",
    "令36 施行前的处罚": "行政处罚：从有利于信用主体的规定",
}


@pytest.mark.parametrize("name", SAID)
def test_a_rule_says_what_it_rules(name):
    assert says(NAMED[name]) == SAID[name]


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"at_least_wan": Decimal(5)}, "罚款不低于 5 万元"),
        ({"below_wan": Decimal("0.5")}, "罚款低于 0.5 万元"),
    ],
)
def test_a_sum_is_said_with_its_bounds(bounds, said):
    row = replace(NAMED["令36 严重"], types=("罚款",), sum=Sum.FINE, **bounds)
    assert says(row) == f"罚款：严重，{said}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_says_something(language):
    for _, rule in RULES.every():
        said = says(rule, language)
        assert said
        assert not re.search(r"[{}]|None", said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_is_a_word_for_everything_a_rule_can_be(language):
    words = WORDS[language]
    assert set(words.RULE_KINDS) == set(RuleKind)
    assert set(words.STARTS) == set(Start)
    assert set(words.VISIBILITIES) == set(Visibility)
    assert set(words.SUMS) == set(Sum)
    assert set(words.SOURCE_STATUSES) == {rule.source_status for _, rule in RULES.every()}
