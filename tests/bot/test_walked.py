"""What citizens said when the account was walked through, and was answered with something else."""

import pytest

from tests.bot import sentences

SAID = {
    "authentic": ["13888888888打给我说我信用有问题", "来电号码 0871-63961234，真的假的"],
    "lists": ["我是记者，想要全部黑名单", "偷税漏税的公司有哪些"],
    "wages": ["那我该找哪个要钱"],
    "repair": [
        "要交钱吗",
        "收费吗",
        "多久能移出黑名单",
        "被列入严重违法失信怎么办",
        "我公司被列入经营异常名录了",
    ],
    "travel": ["有人在火车站拉我去大理两日游只要99块，靠谱不"],
    "report": ["出报告"],
    "steps": ["撤回我的异议"],
    "cases": ["异议交了20天没人理"],
    "human": ["我要见领导"],
    "effects": ["孩子上学会不会受影响", "老板是老赖还能当法人吗"],
    "object": ["怎么异意"],
    "thanks": ["thank you", "Thanks!"],
    "find": ["注册资本多少", "法人是谁", "买房子怎么查开发商"],
    "complain": ["幼儿园退费跑路了", "健身房跑路"],
    "rules": ["处罚多少钱以下不公示"],
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


def test_whose_telephone_is_added_to_a_name_does_not_ask_for_a_human(citizen, archive):
    archive.entity("安宁示例化工有限公司", "915301810000000519")

    said = citizen.say("帮我查查安宁示例化工 电话：13812345678")

    assert said.startswith("安宁示例化工有限公司\n代码：")


@pytest.mark.parametrize("typed", ["还有别的吗", "还有其他记录吗"])
def test_nobody_is_called_as_one_asks_for_more(citizen, database, typed):
    citizen.say("查欠薪")

    assert citizen.say(typed).startswith("没有更多内容了")


@pytest.mark.parametrize("typed", ["第二个", "就看第二家", "选第2个"])
def test_a_choice_may_be_said_in_words(citizen, many, typed):
    citizen.say("同名商行")

    assert citizen.say(typed).startswith("昆明同名商行1号")


@pytest.mark.parametrize("typed", ["2026", "XY2026"])
def test_part_of_a_number_asks_for_nothing_else(citizen, database, typed):
    citizen.say("核验报告")

    assert citizen.say(typed).startswith("这一步没有看懂。第 1/2 步")


def test_whoever_drops_one_thing_for_another_gets_the_other(citizen, database):
    citizen.say("查欠薪")
    assert citizen.say("算了，我要查旅行社").startswith("请发送旅行社的全称")
    said = citizen.say("不查了 我要投诉")

    assert said.startswith("投诉举报请写明")
    assert "还没办完" not in said
    assert citizen.say("继续").startswith("没有办到一半的事情")
