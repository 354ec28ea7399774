"""What is guessed as a name is searched first; what pages can do is known to the talk."""

import re
from pathlib import Path

import pytest

from messages.wording import talk_en, talk_zh
from tests.bot import sentences

FAMOUS = """云南白药 云南大学 昆明地铁 中通快递 中国移动 老板娘过桥米线 新东方 云南农信
建设银行云南分行 招商银行昆明分行 云南建投 昆明一中 健之佳 富滇银行 螺蛳湾""".split()


@pytest.fixture(scope="module")
def tables():
    return sentences.understanding()


@pytest.mark.parametrize("name", FAMOUS)
def test_what_may_be_a_name_is_searched_first(tables, name):
    meant = tables.of(name)

    assert (meant.intent, meant.name) == ("find", name)
    assert meant.instead not in {"chinese", "english"}


def test_who_is_called_so_is_shown_and_else_it_is_what_is_meant(citizen, archive):
    assert citizen.say("讲个笑话来听听").startswith("这里只办信用的事")
    archive.entity("昆明讲个笑话来听听文化有限公司", "9153010300000006X2")

    assert citizen.say("讲个笑话来听听").startswith("昆明讲个笑话来听听文化有限公司")


@pytest.mark.parametrize(
    ("typed", "intent", "name"),
    [
        ("云南建投欠薪吗", "wages", "云南建投"),
        ("碧桂园拖欠工资", "wages", "碧桂园"),
        ("康辉报团靠谱吗", "travel", "康辉"),
        ("老板拖欠工资怎么办", "wages", ""),
        ("旅行社靠谱吗", "travel", ""),
    ],
)
def test_a_name_is_what_stands_before_what_is_asked(tables, typed, intent, name):
    meant = tables.of(typed)

    assert (meant.intent, meant.name) == (intent, name)
    assert meant.instead == (intent if name else "")


def test_whose_name_was_guessed_wrongly_is_asked_for_it(citizen, database):
    assert "请发送用人单位的名称" in citizen.say("碧桂园拖欠工资")


@pytest.mark.parametrize("words", [talk_zh.NAMES, talk_en.NAMES])
def test_the_words_that_we_offer_are_understood(tables, words):
    offered = {intent: phrase.partition(" ")[0] for intent, phrase in words.items()}

    assert {intent: tables.of(phrase).intent for intent, phrase in offered.items()} == {
        intent: intent for intent in offered
    }


def test_the_words_that_we_tell_people_to_send_mean_what_the_table_says(tables):
    said = "".join(path.read_text() for path in Path("messages/wording").glob("*_zh.py"))
    told = set(re.findall("(?:发送|回复)“([^“”{}]{2,12})”", said))

    by_table = {phrase: tables.of(phrase, exactly=True).intent for phrase in told}
    by_table = {phrase: intent for phrase, intent in by_table.items() if intent}

    assert len(by_table) > 20
    assert {phrase: tables.of(phrase).intent for phrase in by_table} == by_table


def test_what_an_example_says_word_for_word_is_what_it_is_there(tables):
    assert tables.likely("看双公示").intent == "decisions"
    assert tables.likely("看双公示").lead > 50


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("忘记密码了", "/h5/me"),
        ("注销账号", "/h5/me/data"),
        ("怎么撤销授权", "/h5/me/shares"),
        ("夜里别吵我", "/h5/me/settings"),
        ("以前发给我的通知", "/h5/me/inbox"),
        ("材料交漏了怎么补", "/h5/me/cases"),
        ("怎么实名认证", "/h5/identity"),
        ("看看各部门的排名", "/h5/scoreboard"),
        ("最近有哪些行政处罚", "/h5/decisions/penalty"),
        ("哪些企业作了信用承诺", "/h5/promises"),
        ("处罚要公示几年", "/h5/rules"),
        ("信用不好有什么影响", "/h5/rules"),
    ],
)
def test_what_a_page_does_is_asked_for_in_the_talk(citizen, database, typed, page):
    assert f'<a href="http://127.0.0.1:8000{page}">' in citizen.say(typed)
