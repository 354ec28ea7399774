"""By which way a search goes: the index for what is rare, a walk for what is common."""

from datetime import date

import pytest
from sqlalchemy import delete, text, update

from core import frequencies, search
from core.db import Reading, Writing
from core.finds import BEGINS, HOLDS
from core.frequencies import Frequencies
from core.grams import LONGEST, bigrams, match, size, tokens, tsquery, upwards
from core.names import keep
from core.stretches import ANY_LENGTH, FEW, Filters, Sought, Stretch, Way
from core.subjects import Subject, SubjectKind, name_key
from tests.core.given import subject

EVERYBODY = Filters()


def found(key, **more):
    with Reading() as session:
        return [hit.name for hit in search.by_key(session, key, limit=100, **more)]


def frequencies_of(**by_gram):
    return Frequencies({"": [1_000_000] * (LONGEST + 1)} | by_gram)


def evenly(number):
    return [0] * 2 + [number] * (LONGEST - 1)


def stretches(key, known, filters=EVERYBODY, most=20):
    return list(Sought(key, filters, known).stretches(most))


def test_what_half_of_the_names_hold_is_walked_length_by_length():
    known = frequencies_of(昆明=evenly(500_000))

    steps = stretches("昆明", known)

    assert steps[-1] == Stretch(Way.INDEX, LONGEST, ANY_LENGTH, [LONGEST])
    assert steps[:-1] == [
        step
        for length in range(3, LONGEST)
        for step in (
            Stretch(Way.WALK, length, length),
            Stretch(Way.INDEX, length, length, [length]),
        )
    ]


def test_lengths_at_which_hardly_a_name_holds_it_are_asked_of_the_index_together():
    by_length = [0] * 8 + [500_000] * 3 + [0] * (LONGEST - 10)

    first, *walked, last = stretches("有限", frequencies_of(有限=by_length))

    assert first == Stretch(Way.INDEX, 3, 7, [3, 4, 5, 6, 7])
    assert [step.way for step in walked] == [Way.WALK, Way.INDEX] * 3
    assert last == Stretch(Way.INDEX, 11, ANY_LENGTH, list(range(11, LONGEST + 1)))


def test_the_index_is_asked_for_one_mouthful_after_another():
    steps = stretches("有限", frequencies_of(有限=evenly(150)))

    assert {step.way for step in steps} == {Way.INDEX}
    assert [size for step in steps for size in step.sizes] == list(range(3, LONGEST + 1))
    assert {len(step.sizes) for step in steps[:-1]} == {2}


def test_a_filter_that_few_pass_leads_through_the_index():
    known = frequencies_of(**{"昆明": evenly(500_000), "@530102": evenly(300)})

    ways = {step.way for step in stretches("昆明", known, Filters(district="530102"))}

    assert ways == {Way.INDEX}


def test_the_index_is_asked_for_what_few_names_have():
    known = frequencies_of(昆明=evenly(9000), 有限=evenly(9000), 公司=evenly(9000), 春城=evenly(3))
    sought = Sought("昆明春城有限公司", Filters(kind="sole_trader"), known)

    assert sought.whole() == Stretch(Way.INDEX, 0, ANY_LENGTH, below=FEW)
    assert sought.telling(FEW, marks=False) == ["明春", "城有", "限公"]
    assert Sought("昆明", EVERYBODY, known).telling(FEW, marks=False) == ["昆明"]
    assert Sought("昆明有限", EVERYBODY, known).telling(FEW, marks=True) == ["明有"]
    assert Sought("昆明", Filters("530102"), known).telling(FEW, marks=True) == ["@530102"]
    assert Sought("昆明", EVERYBODY, known).whole() is None
    by_filter = Sought("昆明", Filters("530102"), known).whole()
    assert by_filter == Stretch(Way.FILTER, 0, ANY_LENGTH, below=FEW)


def test_the_index_is_asked_for_a_long_name_by_the_lengths_that_may_hold_it():
    known = frequencies_of(**dict.fromkeys(bigrams("昆明春城商行"), evenly(20)))

    long = Sought("昆明春城商行", EVERYBODY, known).whole()

    assert long == Stretch(Way.INDEX, 0, ANY_LENGTH, upwards(6), below=10_000)
    assert upwards(6) == [6, 7, 8, 9, "1", "2", "3", 40]
    assert Sought("昆明春城商", EVERYBODY, known).whole() is None


@pytest.mark.parametrize("reach", [0, 1, 2, 1000])
def test_a_walk_that_ends_early_is_followed_by_the_index(database, monkeypatch, reach):
    monkeypatch.setattr(search, "REACH", reach)
    names = [f"昆明{one}商行" for one in "甲乙丙丁戊己"]
    for place, name in enumerate(names):
        former = subject(f"春城{place}商行").id
        with Writing() as session:
            keep(session, former, name + "店", until=date(2020, 1, 1))
        subject(name)
    with Writing() as session:
        every = [{"gram": gram, "names": 1, "by_length": evenly(500_000)} for gram in ("", "昆明")]
        frequencies.keep(session, every)

    assert [name for name in found("昆明") if "昆明" in name] == names
    assert len(found("昆明")) == len(set(found("商行"))) == 2 * len(names)


def test_without_frequencies_everything_is_found(database):
    subject("昆明春城商行")

    assert found("昆明") == found("城商") == ["昆明春城商行"]


@pytest.mark.parametrize(("few", "way"), [(1, "walked"), (100, "by their beginning")])
def test_beginnings_are_found_whether_many_or_few(database, monkeypatch, few, way):
    monkeypatch.setattr(search, "FEW", few)
    names = ["昆明", "昆明商行", "昆明春城商行", "云南昆明商行"]
    for name in reversed(names):
        subject(name)
    with Writing() as session:
        every = [{"gram": gram, "names": 1, "by_length": evenly(500_000)} for gram in ("", "昆明")]
        frequencies.keep(session, every)

    assert found("昆明") == names, way


def test_a_natural_person_is_never_found_by_name(database):
    """Such a row has no name here; even one that had would not be shown."""
    person = subject("张三丰")
    with Writing() as session:
        session.execute(text("update subjects set kind = 'natural_person'"))
    assert found("张三") == []
    with Writing() as session:
        session.execute(text("update subjects set name = '', name_key = ''"))
        session.execute(text("update subjects set kind = 'legal_entity'"))
    assert found("张三") == []
    assert person.id


def test_a_new_name_is_found_and_the_old_one_is_not(database):
    subject("昆明春城商行")
    with Writing() as session:
        session.execute(update(Subject).values(name="昆明翠湖商行", name_key="昆明翠湖商行"))

    assert found("春城") == []
    assert found("翠湖") == ["昆明翠湖商行"]


def test_a_removed_name_is_not_found(database):
    subject("昆明春城商行")
    with Writing() as session:
        session.execute(delete(Subject))

    assert found("春城") == []


def test_a_filter_follows_a_subject_that_moves(database):
    subject("昆明春城商行")
    with Writing() as session:
        session.execute(update(Subject).values(district="530103", kind=SubjectKind.SOLE_TRADER))

    assert found("春城", filters=Filters(district="530100")) == []
    assert found("春城", filters=Filters("530103", "sole_trader")) == ["昆明春城商行"]


def test_grams_as_each_index_writes_them():
    assert bigrams("昆明市") == ["昆明", "明市"]
    assert bigrams("昆") == []
    assert tokens("昆明市").split() == ["00660600660e03", "00660e005e0203"]
    assert tokens("昆明", "5") == "00660600660e02 00004000003502"
    assert tokens(None) == tokens("") == ""
    assert match(["昆明", "明市"]) == "00660600660e* AND 00660e005e02*"
    assert match(["昆明"], [3, 40]) == "(00660600660e03) OR (00660600660e40)"
    assert tsquery(["昆明", "'\\"]) == "'昆明':* & '''\\\\':*"
    assert tsquery(["昆明", "明市"], [3]) == "('昆明03' & '明市03')"
    assert (size(7), size(500)) == (7, LONGEST)


def test_a_name_is_folded_before_it_is_compared(database):
    entity = subject("昆明（示例）ａｂｃ 有限公司")

    assert entity.name_key == name_key("昆明(示例)ABC有限公司") == "昆明示例ABC有限公司"
    assert len(found("例ABC")) == 1
    assert BEGINS < HOLDS
