"""Name search finds the same, in the same order, on both engines."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update

from core import search
from core.db import Reading, Writing
from core.grams import bigrams, telling, terms, tokens
from core.subjects import Subject, name_key
from tests.fixtures.archive import Archive

# Few characters, so that names share pairs; the last ones mean something to LIKE and to FTS5.
letters = st.text('昆明春城A%_\\"*&', min_size=1, max_size=7)


def found(key, limit=100, offset=0):
    with Reading() as session:
        return [row.id for row in search.by_key(session, key, limit=limit, offset=offset)]


def by_hand(names, key):
    """Say in plain Python what search must find: exact, prefix, shorter, id."""
    held = [(number, name) for number, name in names.items() if key in name]
    rank = [
        (0 if name == key else 1 if name.startswith(key) else 2, len(name), number)
        for number, name in held
    ]
    return [number for *_, number in sorted(rank)]


def clear():
    with Writing() as session:
        session.execute(delete(Subject))


def code(number):
    return f"91530102{number:09}X"


def test_search_finds_what_plain_python_finds(database):
    @settings(
        max_examples=60,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(letters, max_size=12), letters.filter(lambda key: len(key) > 1))
    def check(given_names, key):
        clear()
        archive = Archive()
        names = {
            archive.entity(name, uscc=code(number), name_key=name): name
            for number, name in enumerate(given_names)
        }
        assert found(key) == by_hand(names, key)
        assert [*found(key, limit=3), *found(key, offset=3)] == by_hand(names, key)

    check()


def test_a_new_name_is_found_and_the_old_one_is_not(archive):
    subject = archive.entity("昆明春城商行")
    with Writing() as session:
        session.execute(update(Subject).values(name="昆明翠湖商行", name_key="昆明翠湖商行"))

    assert found("春城") == []
    assert found("翠湖") == [subject]


def test_a_removed_name_is_not_found(archive):
    archive.entity("昆明春城商行")
    clear()

    assert found("春城") == []


def test_the_index_is_what_is_asked(database):
    """A plan without the index would still find everything, at a thousand times the cost."""
    plan = {
        "sqlite": "explain query plan select rowid from subjects_fts where subjects_fts match 'a'",
        "postgresql": "explain select id from subjects where bigrams(name_key) @> bigrams('昆明')",
    }
    with Writing() as session:
        if database.name == "postgresql":
            session.execute(text("set local enable_seqscan = off"))
        lines = " ".join(str(row) for row in session.execute(text(plan[database.name])))
    assert "ix_subjects_grams" in lines or "VIRTUAL TABLE INDEX" in lines


def test_pairs_of_characters():
    assert bigrams("昆明市") == ["昆明", "明市"]
    assert bigrams("昆") == []
    assert tokens("昆明市").split() == ["00660600660e", "00660e005e02"]
    assert tokens(None) == ""
    assert terms(["昆明", "明市"]) == "00660600660e AND 00660e005e02"


def test_the_index_is_asked_for_what_few_names_have():
    assert telling("昆明春城茶业有限公司") == ["明春", "春城", "城茶"]
    assert telling("有限公司") == ["有限", "限公", "公司"]
    assert telling("昆明") == ["昆明"]
    assert telling("AAAA") == ["AA"]


def test_a_name_is_folded_before_it_is_compared(archive):
    archive.entity("昆明（示例）ａｂｃ 有限公司")

    with Reading() as session:
        key = session.scalars(select(Subject.name_key)).one()
    assert key == name_key("昆明(示例)ABC有限公司") == "昆明示例ABC有限公司"
    assert len(found("例ABC")) == 1
