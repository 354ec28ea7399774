"""By which way a search goes: the index for what is rare, a walk for what is common."""

import pytest
from sqlalchemy import delete, text, update

from core import frequencies, search
from core.db import Reading, Writing
from core.finds import BEGINS, FIND, HOLDS
from core.frequencies import COMMON, Frequencies
from core.grams import LONGEST, bigrams, mark, match, size, tokens, tsquery
from core.stretches import ANY_LENGTH, Filters, Sought, Stretch, Way
from core.subjects import Subject, SubjectKind, name_key
from tests.core.given import subject

EVERYBODY = Filters()
ASKED = {
    "key": "昆明12",
    "beyond": "昆明12\U0010ffff",
    "upto": "昆明12\U0010ffff",
    "district": "",
    "kind": "",
    "least_rank": 2,
    "most_rank": 2,
    "longest": 9,
    "most": 20,
    "after_rank": -1,
    "after_length": 0,
    "after_id": 0,
    "start_length": 3,
    "start_id": 0,
}


def found(key, **more):
    with Reading() as session:
        return [hit.name for hit in search.by_key(session, key, limit=100, **more)]


def plan(database, way):
    """Say how the engine would find, in the words of its plan."""
    on_postgresql = database.name == "postgresql"
    grams = (tsquery if on_postgresql else match)(["明1", "12"])
    asked = FIND[way, on_postgresql].statement.params(**ASKED, grams=grams, former_grams=grams)
    written = str(asked.compile(database.engine, compile_kwargs={"literal_binds": True}))
    if on_postgresql:
        sql = f"explain {written}"
    else:
        sql = "explain query plan " + written.replace("LIMIT ?", "LIMIT -1")
    with Reading() as session:
        return " ".join(str(row) for row in session.connection().exec_driver_sql(sql))


@pytest.fixture
def filled(database):
    """Enough names for a planner to choose with care."""
    count = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
    names = "'昆明' || (i * 7919 % 3000) || '公司', '昆明' || (i * 7919 % 3000) || '公司'"
    with Writing() as session:
        session.execute(
            text(
                "insert into subjects (kind, uscc, uscc_check_ok, district, state, first_seen_at,"
                f" name, name_key) {count} select 'legal_entity', cast(i as varchar(9)), true,"
                f" '530102', 'active', '2026-01-01 00:00:00+00:00', {names} from n"
            )
        )
        session.execute(
            text(
                f"insert into subject_names (subject_id, until, name, name_key)"
                f" {count} select i, '2026-01-01', {names} from n"
            )
        )
    with Reading() as session:
        session.execute(text("analyze"))
    return database


@pytest.mark.parametrize(
    ("way", "sqlite", "postgresql"),
    [
        (
            Way.WALK,
            "subjects USING INDEX ix_subjects_walk (name_length>? AND name_length<?)",
            "Index Scan using ix_subjects_walk on subjects",
        ),
        (
            Way.BEGINNING,
            "subjects USING INDEX ix_subjects_name_key (name_key>? AND name_key<?)",
            "ix_subjects_name_key",
        ),
        (Way.INDEX, "subjects_fts VIRTUAL TABLE INDEX", "ix_subjects_grams"),
        (Way.INDEX, "subject_names_fts VIRTUAL TABLE INDEX", "ix_subject_names_grams"),
        (Way.FILTER, "subjects_fts VIRTUAL TABLE INDEX", "ix_subjects_grams"),
    ],
)
def test_each_way_goes_along_its_index(filled, way, sqlite, postgresql):
    """A plan without the index would still find everything, at a thousand times the cost."""
    said = plan(filled, way)

    assert {"sqlite": sqlite, "postgresql": postgresql}[filled.name] in said


def frequencies_of(**by_gram):
    return Frequencies({"": [1_000_000] * (LONGEST + 1)} | by_gram)


def evenly(number):
    return [0] * 2 + [number] * (LONGEST - 1)


def stretches(key, known, filters=EVERYBODY, most=20):
    return list(Sought(key, filters, known).stretches(most))


def test_what_half_of_the_names_hold_is_walked_length_by_length():
    known = frequencies_of(昆明=evenly(500_000))

    steps = stretches("昆明", known)

    assert [(step.way, step.shortest, step.longest) for step in steps] == [
        *((Way.WALK, length, length) for length in range(3, LONGEST)),
        (Way.WALK, LONGEST, ANY_LENGTH),
    ]


def test_lengths_at_which_hardly_a_name_holds_it_are_asked_of_the_index_together():
    by_length = [0] * 8 + [500_000] * 3 + [0] * (LONGEST - 10)

    first, *walked, last = stretches("有限", frequencies_of(有限=by_length))

    assert first == Stretch(Way.INDEX, 3, 7, [3, 4, 5, 6, 7])
    assert {step.way for step in walked} == {Way.WALK}
    assert last == Stretch(Way.INDEX, 11, ANY_LENGTH, list(range(11, LONGEST + 1)))


def test_the_index_is_asked_for_one_mouthful_after_another():
    steps = stretches("有限", frequencies_of(有限=evenly(400)))

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

    assert sought.whole() == Stretch(Way.INDEX, 0, ANY_LENGTH)
    assert sought.telling((), marks=False) == ["明春", "城有", "限公"]
    assert Sought("昆明", EVERYBODY, known).telling((), marks=False) == ["昆明"]
    assert Sought("昆明有限", EVERYBODY, known).telling((), marks=True) == ["明有"]
    assert Sought("昆明", Filters("530102"), known).telling((), marks=True) == ["@530102"]
    assert Sought("昆明", EVERYBODY, known).whole() is None
    assert Sought("昆明", Filters("530102"), known).whole() == Stretch(Way.FILTER, 0, ANY_LENGTH)


def test_frequencies_are_counted_by_length(database):
    for name in ("昆明春城商行", "昆明翠湖商行", "昆明"):
        subject(name)
    with Writing() as session:
        session.execute(update(Subject).where(Subject.name == "昆明").values(kind="sole_trader"))
        frequencies.keep(session, frequencies.count(session, common=2))

    grams = ["昆明", "商行", "春城", mark("legal_entity"), mark("sole_trader"), mark("530100")]
    with Reading() as session:
        known = frequencies.of(session, grams)

    assert known.held.keys() == {"", "昆明", "商行", "@legal_entity", "@530100"}
    assert [known.of("昆明", length) for length in (2, 6, 7)] == [1, 2, 0]
    assert (known.total("商行"), known.total("春城")) == (2, 0)
    assert known.names(6) == 2


def test_frequencies_are_estimated_from_some_names_where_there_are_many(database):
    for number in range(400):
        subject(f"昆明商行{number:03}")

    with Writing() as session:
        counted = frequencies.count(session, common=1, sample=100)
        frequencies.keep(session, counted)
        frequencies.keep(session, counted)  # in place of the old ones

    by_gram = {row["gram"]: row["names"] for row in counted}
    assert 200 < by_gram["昆明"] < 600
    assert len(counted) == len(by_gram)


def test_a_rare_pair_takes_no_row(database):
    subject("昆明春城商行")

    with Reading() as session:
        assert [row["gram"] for row in frequencies.count(session)] == [""]
    assert COMMON > 1


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
