"""The fixtures keep what they promise."""

import sqlalchemy as sa

from config.database import is_current
from core import db


def test_a_database_is_migrated_and_bound(database):
    with db.Reading() as session:
        assert session.get_bind().dialect.name == database.name

    assert is_current(database.engine)


def test_each_engine_has_its_turn(database, request):
    assert database.name in request.node.name
    assert sa.inspect(database.engine).has_table("alembic_version")


def test_valkey_is_real_and_empty(redis):
    assert redis.dbsize() == 0
    assert redis.info("server")["process_id"]


def test_the_sandbox_answers(sandbox):
    assert sandbox.url.startswith("http://127.0.0.1:")
