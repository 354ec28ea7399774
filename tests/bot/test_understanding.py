"""What citizens say is understood, by a table that whoever knows them can read."""

import hashlib

import pytest

from bot import folding, phrases
from bot.answers import ANSWERS
from bot.folding import without_phones
from bot.likeness import ELSE
from bot.phrases import Table, TableError
from config import examples, rulebook, talking
from config.rulebook import RulebookError
from tests.bot import sentences

FROZEN = {
    "held": "d90743f0bdfb11b6216ccc5a176dea8e98316bf8d21e7032f484b8c7fae38433",
    "later": "82ef19eb4d22be043ff9ed36800a862e88c6d4e9a4366004346f6c6056b90945",
}


@pytest.fixture(scope="module")
def tables():
    return sentences.understanding()


def test_the_held_sentences_are_as_they_were_written_and_none_is_an_example():
    parts = {part: (sentences.FOLDER / f"{part}.tsv").read_bytes() for part in FROZEN}
    held = [one for part in FROZEN for one in sentences.read(part)]
    learnt = {sentence for _, sentence, _ in examples.examples(talking.FOLDER)}

    assert {part: hashlib.sha256(text).hexdigest() for part, text in parts.items()} == FROZEN
    assert len(held) >= 300
    assert not [said for _, said, _ in held if said in learnt]


@pytest.mark.parametrize("part", FROZEN)
def test_sentences_that_nobody_built_by_are_understood(tables, part):
    held = sentences.read(part)
    wrong = sentences.missed(tables, held)

    assert len(wrong) <= 0.05 * len(held), wrong


def test_the_examples_are_understood(tables):
    held = [one for one in examples.examples(talking.FOLDER) if one[0] != ELSE]
    wrong = sentences.missed(tables, held)

    assert len(wrong) <= 0.02 * len(held), wrong


def test_each_intent_is_spoken_by_the_examples_and_by_what_was_held_back():
    intents = [{intent for intent, *_ in sentences.read(part)} for part in FROZEN]

    assert {one for one, *_ in examples.examples(talking.FOLDER)} == {*ANSWERS, ELSE}
    assert set.union(*intents) <= set(ANSWERS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("昆明人工智能研究院", "昆明人工智能研究院"),
        ("云南信用修复服务有限公司欠薪吗", "云南信用修复服务有限公司"),
        ("帮我看看昆明帮助他人家政有限公司呈贡分公司", "昆明帮助他人家政有限公司呈贡分公司"),
        ("退订网络科技有限公司", "退订网络科技有限公司"),
        ("我想查一下昆明示例", "昆明示例"),
    ],
)
def test_words_in_a_name_mean_nothing(tables, text, name):
    meant = tables.of(text)

    assert meant.name == name
    assert meant.intent in {"find", "wages"}


def test_terms_and_districts_are_told_apart_however_they_are_written(tables):
    assert tables.of("什麼是雙公示？").term == "双公示"
    assert tables.of("禄劝彝族苗族自治县黑名单").district == "禄劝彝族苗族自治县"
    assert tables.of("劝").intent == ""


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138-0013-8000",
        "＋８６ 138 0013 8000",
        "0871-63131234",
        "找我 13800138000 谢谢",
    ],
)
def test_no_telephone_number_is_left(typed):
    left = without_phones(typed)

    assert not [letter for letter in left if letter.isdigit()]
    assert ("找我" in left) == ("找我" in typed)


@pytest.mark.parametrize("typed", ["9153010300000006X2", "2026-11-26", "20261101093000ABCD2345"])
def test_other_numbers_stay(typed):
    assert without_phones(typed) == typed


@pytest.mark.parametrize("line", ["", "修复 +", "+ 修复", "修复 !"])
def test_a_line_without_words_is_refused(line):
    with pytest.raises(TableError):
        phrases.read("repair", line)


def test_the_first_rule_that_holds_is_taken():
    rules = [phrases.read("a", "修复 ! 征信"), phrases.read("b", "修复|异议 + 怎么")]
    table = Table(rules, districts=[], terms=[])

    assert table.intent(table.words("信用修复")) == "a"
    assert table.intent(table.words("怎么修复征信")) == "b"
    assert table.intent(table.words("征信")) is None
    assert table.near(table.words("修复征信"), 2) == ["a", "b"]


def test_a_table_with_an_intent_that_nobody_answers_is_refused_at_the_start(tmp_path):
    folder = tmp_path / "talk"
    folder.mkdir()
    for name in ("words.yaml", "terms.yaml"):
        (folder / name).write_text((talking.FOLDER / name).read_text())
    (folder / "intents.yaml").write_text("- dance: [跳舞, ' + ']\n")

    with pytest.raises(RulebookError, match="dance: there is no answer") as refused:
        talking.understanding(["find"], rulebook.load().places, [], folder=folder)
    assert "a part has no word" in str(refused.value)


def test_simplified_characters_stay_as_they_are():
    pairs = folding.traditional("# a comment\n後\t后\n乾\t干 乾\n国\t国\n")

    assert pairs == {"後": "后", "乾": "干"}
