"""Numbers choose from the last list: what to do from the welcome and the menu, then entities."""

import json

import pytest

from bot.answers import ANSWERS
from messages.wording import bot_en, bot_zh, talk_zh
from tests.bot.conftest import TRAVEL


def test_what_a_newcomer_answers_to_the_welcome_is_done(citizen, database):
    listed = citizen.event("subscribe").splitlines()

    assert [line[:2] for line in listed[1:4]] == ["1.", "2.", "3."]
    assert citizen.say("1").startswith("请发送企业名称")
    assert citizen.say("3。").startswith("已订阅")
    assert citizen.say("２").startswith("第 1/2 步：请发送要关注")
    assert citizen.say("3").startswith("您已经订阅")
    assert citizen.say("4").startswith("没有这个序号")


def test_who_chooses_to_follow_is_asked_whom(citizen, travel):
    citizen.event("subscribe")
    citizen.say(TRAVEL)
    # The steps of an objection are numbered in another way than what can be chosen.
    assert "1." not in citizen.say("异议") + citizen.say("信用修复")

    assert citizen.say("2").startswith("第 1/2 步：请发送要关注")
    assert citizen.say("我的关注").startswith("您还没有关注")


def test_whoever_comes_again_is_done_with_what_was_talked_about(citizen, travel):
    citizen.say(TRAVEL)
    citizen.say("核验报告")
    citizen.event("subscribe")

    assert citizen.say("2").startswith("第 1/2 步：请发送要关注")


@pytest.mark.parametrize("language", ["中文", "English"])
def test_each_number_of_the_menu_does_what_its_words_do(citizen, redis, database, language):
    citizen.say("订阅宣传")
    citizen.say(language)
    words = bot_en if language == "English" else bot_zh
    shown = citizen.say("菜单").splitlines()[1:-1]
    assert shown == [f"{n}. {label}" for n, label in enumerate(words.MENU.values(), start=1)]

    for number, phrase in enumerate(words.MENU, start=1):
        redis.delete(f"bot:rate:{citizen.openid}")
        citizen.say("取消")
        by_words = citizen.say(phrase)
        citizen.say("取消")
        citizen.say("菜单")
        assert citizen.say(str(number)) == by_words, phrase


def test_each_choice_is_understood_by_the_table_alone(settings, database):
    from tests.fixtures.service import desk_for

    understanding = desk_for(settings).understanding
    phrases = [*bot_zh.WELCOME, *bot_zh.MENU, *(one.format("五华区") for one in talk_zh.DISTRICT)]

    assert all(understanding.of(one, exactly=True).intent in ANSWERS for one in phrases)


def test_entities_that_are_listed_later_take_the_numbers(citizen, travel, many):
    citizen.say(f"关注 {TRAVEL}")
    for listing, first in (("同名商行", "昆明同名商行0号"), ("我的关注", "昆明示例旅行社有限公司")):
        citizen.say("菜单")
        citizen.say(listing)
        assert citizen.say("1").startswith(first)
    citizen.say("菜单")
    assert citizen.say("1").startswith("请发送企业名称")


def test_a_question_with_numbers_of_its_own_takes_them(citizen, database):
    citizen.say("菜单")
    citizen.say("看名单")
    between = citizen.say("菜单")
    assert "“看名单”还没办完（第 1/2 步）" in between
    assert citizen.say("2").startswith("请发送用人单位")

    citizen.say("看名单")
    assert citizen.say("2").startswith("第 2/2 步")
    assert "没有正在公示的红名单" in citizen.say("五华")


def test_a_number_of_no_list_gets_the_menu_to_choose_from(citizen, database):
    said = citizen.say("2")

    assert said.startswith("没有等您选的列表了")
    assert "2. 查欠薪" in said
    assert citizen.say("2").startswith("请发送用人单位")


def test_a_number_that_answers_no_open_question_is_asked_again(citizen, database):
    citizen.say("核验报告")

    assert citizen.say("7").startswith("这一步没有看懂。第 1/2 步")


@pytest.mark.parametrize("typed", ["五华", "五华区", "Wuhua", "查五华"])
def test_of_a_district_it_is_asked_what_to_look_at(citizen, database, typed):
    for number, begins in (("1", "截至"), ("2", "截至"), ("3", "五华区的线下办理")):
        assert citizen.say(typed).startswith("您想看五华区的什么？\n1. 五华区黑名单\n2. ")
        said = citizen.say(number)
        assert said.startswith(begins)
        assert "五华区" in said


def test_a_talk_that_was_kept_before_numbers_could_be_words_is_read(citizen, redis, travel):
    from core.db import Reading
    from core.subjects import ids_of

    with Reading() as session:
        number = ids_of(session, [TRAVEL])[TRAVEL]
    redis.set(f"bot:talk:{citizen.openid}", json.dumps({"hits": [number], "doing": "show"}))

    assert citizen.say("1").startswith("昆明示例旅行社有限公司")
