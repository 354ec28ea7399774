"""A glance gives the rows that a session gives, and outlives a broken connection."""

from datetime import date

import pytest
import sqlalchemy as sa

from core import db, query
from core.db import DatabaseError, Reading
from core.glance import Fixed, Glancing
from core.records import Severity
from core.subjects import Subject

TODAY = date(2026, 11, 23)


@pytest.fixture
def readers(database):
    """The database with a reader of its own, as the web has it: one connection."""
    reader = db.connect_reader(database.url, pool_size=1, max_overflow=0)
    db.bind(database.engine, reader)
    yield reader
    reader.dispose()


def test_a_glance_and_a_session_see_the_same(readers, archive):
    subject = archive.entity("昆明示例旅行社有限公司")
    for number in range(60):
        archive.record(subject, severity=Severity.GENERAL, ends_on=None if number % 2 else TODAY)

    def seen(look):
        found = query.by_name(look, "旅行社", limit=5)
        return query.by_uscc(look, "91530102000000019G", today=TODAY), found

    with Glancing() as look:
        by_glance, found = seen(look)
    with Reading() as session:
        assert seen(session) == (by_glance, found)
    assert [hit.id for hit in found] == [subject]
    assert len(by_glance.items) == 50
    assert sum(by_glance.counts.values()) == 60


def test_a_glance_leaves_no_transaction(readers, archive):
    with Glancing() as look:
        look.rows(Fixed(sa.select(Subject.__table__.c.id)), {})

    archive.entity("昆明示例商行")  # would wait for a lock that a reader held
    with Glancing() as look:
        assert len(look.rows(Fixed(sa.select(Subject.__table__.c.id)), {})) == 1


def test_a_failing_statement_is_said_as_sqlalchemy_says_it(readers):
    missing = sa.table("nowhere", sa.column("id"))

    with pytest.raises(DatabaseError), Glancing() as look:
        look.rows(Fixed(sa.select(missing.c.id)), {})
    with Glancing() as look:
        assert look.rows(Fixed(sa.select(Subject.__table__.c.id)), {}) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_after_a_restart_of_the_database_the_next_glance_is_well(readers, database):
    everything = Fixed(sa.select(Subject.__table__.c.id))
    with Glancing() as look:
        look.rows(everything, {})
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        )

    with pytest.raises(DatabaseError), Glancing() as look:
        look.rows(everything, {})
    with Glancing() as look:
        assert look.rows(everything, {}) == []
