"""A database that a test gives back is as it was made, or it is not given to another."""

import pytest

from core import db
from tests.fixtures.spares import Spares


@pytest.fixture
def spares(postgres_url, postgres_template):
    made = Spares(postgres_url, postgres_template)
    yield made
    made.close()


def use(spares, *statements):
    """Take a database, do something in it, give it back; return its name."""
    name = spares.take()
    engine = db.connect(spares.url(name))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
    spares.give_back(name)
    return name


ADDED = (
    "insert into accounts (created_at) values (now())",
    "insert into follows (account_id, topic, subject_id, since) values (1, 'campaigns', 0, now())",
)


def test_it_is_given_again_without_rows_and_numbers_begin_at_one(spares):
    first = use(spares, *ADDED)

    assert use(spares, *ADDED) == first
    assert use(spares, "do $$ begin assert not exists (select from accounts); end $$") == first


@pytest.mark.parametrize(
    "change",
    [
        "create table another (id int)",
        "alter table accounts add column another int",
        "drop index ix_deliveries_open",
        "alter table accounts alter column created_at drop not null",
        "update alembic_version set version_num = '0001'",
        "alter table records disable trigger all",
        "drop function bigrams cascade",
    ],
)
def test_one_whose_shape_was_changed_is_given_to_nobody(spares, change):
    first = use(spares, change)

    assert use(spares, *ADDED) != first


def test_who_is_still_connected_is_cut_off(spares):
    name = spares.take()
    engine = db.connect(spares.url(name))
    with engine.connect() as connection:
        connection.exec_driver_sql(ADDED[0])
        spares.give_back(name)

        assert use(spares, *ADDED) == name
        connection.invalidate()
    engine.dispose()
