"""Where the table of phrases is silent or wrong, likeness to examples decides; names stay names."""

import random
import re

import pytest

from bot.likeness import Likely, Likeness, learn, signs
from config import examples
from config.rulebook import RulebookError
from tests.bench.city import entities
from tests.bot import sentences

SAID = [("repair", "罚款交了怎么还挂着"), ("repair", "怎么撤下来"), ("human", "找个真人来说话")]
_AROUND = re.compile("^(昆明市?|云南省?)|(有限责任公司|股份有限公司|有限公司|（.*?）)$")


@pytest.fixture(scope="module")
def tables():
    return sentences.understanding()


@pytest.fixture
def taught(tmp_path):
    """Teach the account of a folder of its own with some lines."""

    def teach(*lines):
        (tmp_path / "examples.tsv").write_text("\n".join(lines), encoding="utf-8")
        return examples.learnt(sentences.understanding()._reader, {"repair", "human"}, tmp_path)

    return teach


def test_what_was_learnt_tells_what_was_never_said():
    likeness = Likeness(learn(SAID))

    assert likeness.of("罚款都交了还挂着呢").intent == "repair"
    assert likeness.of("来个真人").intent == "human"
    assert likeness.of("来个真人").lead > likeness.of("真的").lead > 0


def test_what_has_no_sign_of_any_example_is_like_nothing():
    assert Likeness(learn(SAID)).of("xyz") == Likely()
    assert Likeness(learn(SAID)).of("") == Likely()


def test_how_much_of_a_text_is_known_is_told():
    likeness = Likeness(learn(SAID))

    assert likeness.of("怎么撤下来").known == 1
    assert likeness.of("翠湖怎么撤下来").known == 5 / 8


def test_the_same_sentences_in_any_order_teach_the_same():
    mixed = list(SAID)
    random.Random(3).shuffle(mixed)

    assert learn(mixed) == learn(SAID)


def test_a_word_of_latin_letters_is_one_sign():
    assert signs("my 信用") == ({"my", "信", "用"}, {"^ my", "my 信", "信 用", "用 $"})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("repair", "examples.tsv:2: "),
        ("a\tb\tc\td", "examples.tsv:2: "),
        ("dance\t跳个舞", "dance"),
    ],
)
def test_an_example_that_cannot_be_learnt_is_named(taught, line, why):
    with pytest.raises(RulebookError, match=why):
        taught("# what citizens say", line)


def test_what_is_taught_is_learnt_and_marks_of_a_name_do_not_count(taught):
    likeness = taught("repair\t昆明示例商行有限公司怎么撤", "human\t找真人", "-\t今天下雨")

    assert likeness.of("#怎么撤").known == 1
    assert likeness.of("今天下雨").intent == "-"


def test_the_names_of_a_city_stay_names_without_what_is_around_them(tables):
    draw = random.Random(11)
    names = [_AROUND.sub("", entities.named(draw).name) for _ in range(1000)]
    agencies = [name for name in names if "旅行社" in name]

    stolen = [name for name in names if tables.of(name).intent != "find"]

    assert len(stolen) <= 5 + len(agencies), stolen


def test_a_question_is_answered_by_the_table_alone(citizen, database):
    citizen.say("查欠薪")

    assert "没有查到名称含“讲个笑话来听听”的主体" in citizen.say("讲个笑话来听听")


@pytest.mark.parametrize("typed", ["讲个笑话来听听", "公积金怎么取", "我的快递到哪里了"])
def test_what_is_not_ours_is_not_searched_as_a_name_and_sent_elsewhere(citizen, database, typed):
    said = citizen.say(typed)

    assert said.startswith("这里只办信用的事")
    assert "12345" in said


@pytest.mark.parametrize("typed", ["啊", "那个嘛"])
def test_a_word_or_two_is_just_not_understood(citizen, database, typed):
    assert citizen.say(typed).startswith("没有看懂您的意思")


def test_a_word_that_we_do_not_explain_is_asked_for(citizen, database):
    said = citizen.say("这个词是什么意思，给我解释一下")

    assert said.startswith("您想了解哪个词？我们能解释：双公示、")
    assert "双公示”是指" in citizen.say("什么是双公示")
