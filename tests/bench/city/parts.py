"""Parts: which tables a city fills, with how many rows, and who makes them."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.city import entities, persons, records
from tests.bench.city.kinds import DEPARTMENTS
from tests.bench.city.size import Size


@dataclass(frozen=True)
class Part:
    """Rows of one table, made in any order from their numbers."""

    table: str
    columns: list[str]
    total: Callable[[Size], int]
    rows: Callable


def _departments(_size, chosen):
    for number in chosen:
        _, district, name = DEPARTMENTS[number]
        yield number + 1, name, "city" if district == "530100" else "county", district


def _batches(size, chosen):
    for number in chosen:
        count = min(records.BATCH, size.records - number * records.BATCH)
        moment = "2026-03-01 08:00:00.000000"
        file = (f"第{number + 1}批.csv", f"{number:064x}", "行政许可", "done")
        yield number + 1, *file, count, count, 0, 0, 0, "city", moment, moment


_BATCH_COLUMNS = (
    "id file_name file_hash layout state rows_read rows_loaded rows_unchanged rows_rejected"
    " warnings who started_at finished_at"
).split()
PARTS = (
    Part("departments", "id name level district".split(), lambda _: len(DEPARTMENTS), _departments),
    Part(
        "intake_batches", _BATCH_COLUMNS, lambda size: -(-size.records // records.BATCH), _batches
    ),
    Part("subjects", entities.COLUMNS, lambda size: size.entities, entities.rows),
    Part("subjects", persons.SUBJECT_COLUMNS, lambda size: size.persons, persons.subject_rows),
    Part(
        "subject_names",
        entities.FORMER_COLUMNS,
        lambda size: size.entities // entities.RENAMED,
        entities.former,
    ),
    Part("persons", persons.COLUMNS, lambda size: size.persons, persons.rows),
    Part("records", records.COLUMNS, lambda size: size.records, records.rows),
)
