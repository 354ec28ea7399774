"""A filled database of each landed version comes to the newest migration with no row lost."""

from contextlib import contextmanager
from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
from alembic import command

from config import database as databases
from core import db, search
from tests.config.landed import DAY, LANDED, NOW, SUBJECT

# From here on there are too many tables to write rows of each by hand.
EVERY = "0047"
VALUES = {
    time: time(22, 30),
    int: 1,
    str: "x",
    bool: False,
    datetime: NOW,
    date: DAY,
    bytes: b"x",
    dict: {},
    object: {},
}


@contextmanager
def connected(url):
    engine = db.connect(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tables(connection):
    """Read the tables as they are: our classes know only the newest ones."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=lambda name, _: "_fts" not in name)
    return {name: each for name, each in metadata.tables.items() if name != "alembic_version"}


def rows(connection, name, columns):
    table = tables(connection)[name]
    found = connection.execute(sa.select(*(table.c[column] for column in columns)))
    return sorted(map(repr, found))


def fill(url, given, *, every):
    """Insert rows; with `every` complete them, and put one into each table that has none."""
    with connected(url) as connection:
        found = tables(connection)
        for name, each in given.items():
            for row in each:
                held = complete(found[name], row) if every else row
                connection.execute(found[name].insert(), held)
        if every:
            for table in next(iter(found.values())).metadata.sorted_tables:
                if table.name in found and table.name not in given:
                    connection.execute(table.insert(), complete(table, {}, optional=True))


def complete(table, given, *, optional=False):
    """Give a row what it must have, or all that it may have, by the types of the columns."""
    row = {name: value for name, value in given.items() if name in table.c}
    for column in table.c:
        is_needed = not column.nullable and column.server_default is None
        is_given = column.name in row or column.computed is not None or column.name == "id"
        if not is_given and (is_needed or optional):
            row[column.name] = VALUES[column.type.python_type]
    return row


@pytest.fixture(params=LANDED)
def landed(request, empty):
    """A database of a landed version, with rows in each of its tables."""
    with databases._migrating(empty) as config:
        command.upgrade(config, request.param)
    fill(empty, LANDED[request.param], every=request.param >= EVERY)
    return empty


def test_no_row_is_lost_or_changed(landed):
    with connected(landed) as connection:
        columns = {name: list(table.c.keys()) for name, table in tables(connection).items()}
        before = {name: rows(connection, name, columns[name]) for name in columns}
    assert [name for name, found in before.items() if not found] == []

    databases.upgrade(landed)

    with connected(landed) as connection:
        after = {name: rows(connection, name, columns[name]) for name in columns}
    assert after == before
    databases.check(landed)


def test_names_are_still_found_and_new_ones_too(landed):
    databases.upgrade(landed)

    with connected(landed) as connection:
        added = SUBJECT | {"id": 9, "kind": "legal_entity", "uscc": "91530102MA6K000001"}
        named = {"name": "昆明示例米线厂", "name_key": "昆明示例米线厂"}
        connection.execute(tables(connection)["subjects"].insert(), added | named)
        assert [hit.id for hit in search.by_key(connection, "米线", limit=9)] == [9, 2]


def test_an_alert_knows_its_record(landed):
    databases.upgrade(landed)

    with connected(landed) as connection:
        assert rows(connection, "events", ["id", "record_id"]) == ["(1, 1)"]
