"""What a step of a dialogue takes as its answer, and what it does not."""

import pytest


def test_the_counter_is_named_once_the_district_is_said(citizen, database):
    asked = citizen.say("服务窗口")

    assert asked.startswith("请发送您在的县（市）区，例如“五华”")
    assert citizen.say("翠湖附近").startswith("这一步没有看懂。请发送您在的县（市）区")
    assert citizen.say("五华").startswith("五华区的线下办理")
    assert citizen.say("五华").startswith("您想看五华区的什么？")


def test_a_place_that_names_no_district_is_asked_about_and_one_that_does_answers(citizen, database):
    citizen.push(citizen.message("location", Location_X="?", Location_Y="102"))
    assert citizen.say("盘龙").startswith("盘龙区的线下办理")

    citizen.say("服务窗口")
    citizen.push(citizen.message("location", Label="云南省昆明市五华区翠湖南路"))
    assert citizen.say("继续").startswith("没有办到一半的事情")


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("核验报告", "第 1/2 步：请发送报告首页上的报告编号"),
        ("看名单", "第 1/2 步：请问看哪种名单"),
        ("黑名单", "第 2/2 步：请发送县（市）区的名称"),
        ("核验消息", "请把收到的消息原文发来"),
    ],
)
def test_what_only_may_be_a_name_is_not_searched_where_none_is_wanted(
    citizen, many, asked, question
):
    citizen.say(asked)

    missed = citizen.say("我找不到编号")

    assert missed.startswith(f"这一步没有看懂。{question}")
    assert citizen.say("昆明同名商行3号").startswith("昆明同名商行3号\n代码：")
