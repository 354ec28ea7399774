"""What citizens said when the account was walked through, and was answered with something else."""

import pytest

from tests.bot import sentences

SAID = {
    "authentic": ["13888888888打给我说我信用有问题", "来电号码 0871-63961234，真的假的"],
    "lists": ["我是记者，想要全部黑名单", "偷税漏税的公司有哪些"],
    "wages": ["那我该找哪个要钱"],
    "repair": ["要交钱吗", "收费吗"],
    "travel": ["有人在火车站拉我去大理两日游只要99块，靠谱不"],
    "report": ["出报告"],
    "steps": ["撤回我的异议"],
    "cases": ["异议交了20天没人理"],
    "human": ["我要见领导"],
    "effects": ["孩子上学会不会受影响"],
    "object": ["怎么异意"],
    "thanks": ["thank you", "Thanks!"],
    "find": ["注册资本多少", "法人是谁"],
}
TOLD = """我从会泽来昆明打工，跟着一个姓王的包工头在官渡区一个工地干活，
干了四个多月，后面一分钱都没有了，实在没办法，家里娃娃要开学了，公司叫昆明示例春城建筑工程有限公司，你们信用办管不管？"""


@pytest.fixture(scope="module")
def tables():
    return sentences.understanding()


@pytest.mark.parametrize(
    ("intent", "typed"), [(intent, one) for intent, said in SAID.items() for one in said]
)
def test_what_was_heard_wrongly_is_heard(tables, intent, typed):
    meant = tables.of(typed)

    assert (meant.instead or meant.intent) == intent


def test_who_is_at_a_loss_asks_for_no_policy(tables):
    meant = tables.of(TOLD)

    assert meant.intent in {"wages", "find"}
    assert meant.name == "昆明示例春城建筑工程有限公司"


@pytest.mark.parametrize("typed", ["修复要多久", "下周投标来得及吗", "多少天能修复好"])
def test_whoever_has_to_repair_in_time_is_told_how_long_it_takes(citizen, database, typed):
    assert "一般自收到申请起 10 个工作日内告诉结果" in citizen.say(typed)


def test_what_is_nobodys_name_is_not_said_to_be_unknown(citizen, database):
    assert "没有查到名称含" not in citizen.say("垃圾系统")
