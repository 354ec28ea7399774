"""Following by talk: entities and campaigns."""

import pytest
import sqlalchemy as sa

from core.db import Reading
from core.follows import Follow
from tests.bot.conftest import TRAVEL


def follows():
    with Reading() as session:
        return session.scalars(sa.select(Follow).where(Follow.until.is_(None))).all()


def test_following_by_code_by_name_and_after_a_look(citizen, travel, many):
    assert citizen.say(f"关注 {TRAVEL}").startswith("已关注昆明示例旅行社")
    assert citizen.say("关注示例旅行社").startswith("您已经关注了")
    citizen.say("同名商行3号")
    assert citizen.say("关注").startswith("已关注昆明同名商行3号")
    assert len(follows()) == 2


def test_following_one_of_several(citizen, many):
    assert "回复序号关注" in citizen.say("关注 同名商行")

    assert citizen.say("3").startswith("已关注昆明同名商行2号")


@pytest.mark.parametrize("typed", ["关注这份名单", "取消关注黑名单", "关注盘龙区欠薪名单"])
def test_whoever_follows_a_list_is_led_to_it_and_follows_nobody_else(citizen, travel, typed):
    citizen.say(f"关注 {TRAVEL}")
    citizen.say(TRAVEL)

    said = citizen.say(typed)

    assert said.startswith("关注和取消关注名单，在它的网页上办")
    assert "/h5/lists" in said
    assert "1. 昆明示例旅行社" in citizen.say("我的关注")


@pytest.mark.parametrize(
    "typed", ["关注它，上了黑名单告诉我", "它上黑名单就提醒我", "关注示例旅行社，上黑名单告诉我"]
)
def test_whoever_wants_to_hear_of_a_listing_follows_the_company(citizen, travel, typed):
    citizen.say(TRAVEL)

    assert "在它的网页上办" not in citizen.say(typed)


def test_my_follows_and_their_end(citizen, travel):
    assert citizen.say("我的关注").startswith("您还没有关注")
    citizen.say("关注 示例旅行社")
    assert "昆明示例旅行社有限公司（尾号 06X2）" in citizen.say("我的关注")
    assert citizen.say("取消关注 示例旅行社").startswith("已取消关注")
    assert citizen.say("取消关注 示例旅行社").startswith("您还没有关注")
    assert follows() == []


def test_a_number_chooses_from_the_list_that_was_shown_last(citizen, travel, many):
    citizen.say("关注 示例旅行社")
    citizen.say("取消")
    citizen.say("关注 同名商行")
    assert "1. 昆明示例旅行社有限公司（尾号 06X2）" in citizen.say("我的关注")

    assert citizen.say("1").startswith("昆明示例旅行社有限公司\n代码：")
    assert citizen.say("2").startswith("没有这个序号")
    assert len(follows()) == 1


def test_whom_no_longer_to_follow_can_be_chosen_by_number(citizen, travel, many):
    citizen.say("关注 示例旅行社")
    citizen.say("关注 同名商行3号")
    citizen.say("关注 同名商行")
    asked = citizen.say("取消关注")
    assert "1. 昆明同名商行3号" in asked
    assert "回复序号取消关注" in asked

    assert citizen.say("2").startswith("已取消关注昆明示例旅行社有限公司。")
    assert len(follows()) == 1


def test_a_number_after_the_question_whom_to_follow_chooses_nobody(citizen, many):
    citizen.say("关注 同名商行")
    citizen.say("关注")

    assert "已关注" not in citizen.say("2")
    assert follows() == []


def test_a_long_list_of_follows_fits_and_reads_on(citizen, archive):
    for number in range(40):
        archive.entity(f"昆明{'很长的' * 5}名称{number:02}", uscc=f"915301020000{number:04}9G")
        citizen.say(f"关注 915301020000{number:04}9G")

    said = [citizen.say("我的关注")]
    while "更多" in said[-1]:
        said.append(citizen.say("更多"))

    assert all(len(part.encode()) <= 2047 for part in said)
    assert sum(part.count("名称") for part in said) == 41


def test_following_without_saying_whom(citizen, database):
    assert citizen.say("关注").startswith("第 1/2 步：请发送要关注")
    assert citizen.say("取消关注").startswith("您还没有关注")


def test_campaigns(citizen, database):
    assert citizen.say("订阅宣传").startswith("已订阅")
    assert citizen.say("订阅宣传").startswith("您已经订阅")
    assert citizen.say("退订").startswith("已退订")
    assert citizen.say("退订").startswith("您没有订阅")
