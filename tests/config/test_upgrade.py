"""A filled database of each landed version comes to the newest migration with no row lost."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from alembic import command

from config import database as databases
from core import db, search
from tests.config.landed import LANDED, SUBJECT


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


def fill(url, given):
    with connected(url) as connection:
        found = tables(connection)
        for name, each in given.items():
            for row in each:
                connection.execute(found[name].insert(), row)


@pytest.fixture(params=LANDED)
def landed(request, empty):
    """A database of a landed version, with rows in each of its tables."""
    with databases._migrating(empty) as config:
        command.upgrade(config, request.param)
    fill(empty, LANDED[request.param])
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
