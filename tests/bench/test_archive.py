from collections import Counter
from itertools import islice

import pytest
import sqlalchemy as sa

from core import identifiers, persons
from core.db import Reading
from core.identifiers import Scheme
from core.records import RecordKind, RecordState
from tests.bench import archive, timing
from tests.bench.city import numbers
from tests.bench.city.build import build
from tests.bench.city.held import City
from tests.bench.city.parts import PARTS
from tests.bench.city.persons import vault
from tests.bench.city.size import HAMLET, Size

TINY = Size(entities=300, persons=40, records=3000)
CLASSES = "full prefix rare_2 any_3 any_4 common_2 absent".split()


@pytest.fixture
def city(database):
    return City(database.url, TINY, build(database.url, TINY))


def _made(part, size):
    sealed = {part.columns.index(name) for name in part.columns if name.endswith("_sealed")}
    for row in part.rows(size, range(part.total(size))):
        yield [
            value
            for place, value in enumerate(row)
            if place not in sealed and not str(value).startswith('{"sealed"')
        ]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.table}_{len(part.columns)}")
def test_the_same_city_is_made_again(part):
    assert list(_made(part, TINY)) == list(_made(part, TINY))


def test_a_block_is_the_same_whoever_makes_it():
    entities = next(part for part in PARTS if part.table == "subjects")
    whole = entities.rows(Size(30_000, 0, 0), range(30_000))
    assert list(entities.rows(HAMLET, range(20_000, 20_050))) == list(islice(whole, 20_000, 20_050))


def test_every_kind_and_state_is_there(city):
    with city.bound(), Reading() as session:
        for column, of in (("kind", RecordKind), ("state", RecordState)):
            found = set(session.scalars(sa.text(f"select distinct {column} from records")))
            assert found == {member.value for member in of}


def test_every_row_refers_to_one_that_is_there(city):
    with city.bound(), Reading() as session:
        for child, key, parent in (
            ("records", "subject_id", "subjects"),
            ("records", "department_id", "departments"),
            ("records", "batch_id", "intake_batches"),
            ("persons", "subject_id", "subjects"),
        ):
            lost = f"select count(*) from {child} where {key} not in (select id from {parent})"
            assert session.scalar(sa.text(lost)) == 0


def test_indexes_are_there_again(city, database):
    found = sa.inspect(database.engine)
    kept = {one["name"] for one in found.get_indexes("records")}
    assert {"ix_records_subject", "ix_records_browse", "ix_records_batch_id"} <= kept
    assert found.get_unique_constraints("subjects")[0]["column_names"] == ["uscc"]


def test_new_rows_get_new_ids(city):
    new = "insert into departments (name) values ('昆明市示例局') returning id"
    with city.bound(), Reading() as session:
        most = session.scalar(sa.text("select max(id) from departments"))
        assert session.scalar(sa.text(new)) == most + 1


def test_most_codes_are_right_and_none_looks_like_a_citizen():
    entities = next(part for part in PARTS if part.table == "subjects")
    rows = list(entities.rows(HAMLET, range(20_000)))
    right = Counter(identifiers.uscc_check_ok(row[2]) for row in rows)
    assert 0 < right[False] < right[True] / 100
    assert all(row[3] is identifiers.uscc_check_ok(row[2]) for row in rows)
    assert {identifiers.classify(row[2]) for row in rows} == {Scheme.USCC}
    assert len({row[2] for row in rows}) == len(rows)


def test_a_person_is_found_by_its_number_and_opens(city):
    number = numbers.citizen(7)
    assert identifiers.citizen_id_check_ok(number)
    assert number[14:17] == "000"
    with city.bound(), Reading() as session:
        found = persons.find(session, vault(), number)
        assert persons.read(session, vault(), found).number == number


def test_citizens_have_numbers_of_their_own():
    assert len({numbers.citizen(number) for number in range(50_000)}) == 50_000


def test_the_bench_tells_every_figure(city, tmp_path):
    found = archive.figures(city, city, tmp_path, asked=24, rows=20)
    for name in CLASSES:
        assert {f"search_{name}_p50", f"search_{name}_p99"} <= found.keys()
    goals = {name: one["goal"] for name, one in found.items() if one["goal"]}
    assert goals["code_to_bare_p50"] == "<= 3"
    assert goals["code_to_hamlet_p99"] == "<= 1.5"
    assert goals["search_rare_2_p99_to_code"] == goals["search_full_p99_to_code"] == "<= 3"
    assert goals["after_to_before_p99"] == goals["after_to_before_rare_p99"] == "<= 1.5"
    assert found["search_wrong"]["met"]
    assert found["after_rows_loaded"]["met"]
    assert found["after_names_missed"]["met"]


def test_a_question_counts_by_its_undisturbed_time():
    seen = timing.of([[1.0] * 200] * 6 + [[90.0] * 200] * 5)
    assert (seen.p50, seen.p99) == (1.0, 1.0)
    assert seen.p99_of_all == 90.0
    slow = timing.of([[1.0] * 190 + [50.0] * 10] * 11)
    assert (slow.p50, slow.p99) == (1.0, 50.0)
