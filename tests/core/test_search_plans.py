"""How each engine goes about a search, in its own words."""

import pytest
from sqlalchemy import text

from core import finds
from core.db import Reading, Writing
from core.grams import match, tsquery
from core.stretches import Way

ASKED = {
    "key": "昆明12",
    "beyond": "昆明12\U0010ffff",
    "upto": "昆明12\U0010ffff",
    "district": "",
    "kind": "",
    "least_rank": 2,
    "most_rank": 2,
    "most": 20,
    "after_rank": -1,
    "after_length": 0,
    "after_id": 0,
    "walked": 6,
    "start": 0,
    "edge": 3000,
}


def plan(database, way):
    """Say how the engine would find, in the words of its plan."""
    on_postgresql = database.name == "postgresql"
    grams = (tsquery if on_postgresql else match)(["明1", "12"])
    found = finds.find(way, on_postgresql=on_postgresql)
    asked = found.statement.params(**ASKED, grams=grams, former_grams=grams)
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
            "subjects USING INDEX ix_subjects_walk (name_length=? AND id>? AND id<?)",
            "ix_subjects_walk",
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
