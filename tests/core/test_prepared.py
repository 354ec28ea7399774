"""Statements that libpq runs itself: the same rows, the same refusals, whatever is asked."""

from datetime import date

import psycopg
import pytest
import sqlalchemy as sa

from core.prepared import Prepared


@pytest.fixture
def connection(postgresql_url):
    address = sa.make_url(postgresql_url).set(drivername="postgresql")
    with psycopg.connect(
        address.render_as_string(hide_password=False), autocommit=True
    ) as connection:
        yield connection


def asked(connection, sql, info=None, **values):
    return Prepared(sql).rows(connection, values, {} if info is None else info)


AWKWARD = [
    "",
    "昆明",
    "'; drop table x; --",
    'a"b',
    "a\\b",
    "{a,b}",
    "NULL",
    "a,b",
    " ",
    "%s",
    "😀",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_comes_back_as_it_was(connection, text):
    assert asked(connection, "select %(a)s::text", a=text) == [(text,)]


def test_a_list_comes_back_as_it_was(connection):
    assert asked(connection, "select %(a)s::text[]", a=AWKWARD) == [(AWKWARD,)]


def test_values_are_of_their_kinds(connection):
    sql = "select %(n)s::bigint, %(day)s::date, %(none)s::text, %(day)s::date + 1, 5 %% 3, true"

    found = asked(connection, sql, n=2**40, day=date(2026, 11, 30), none=None)

    assert found == [(2**40, date(2026, 11, 30), None, date(2026, 12, 1), 2, True)]


def test_a_text_that_would_end_early_is_refused(connection):
    with pytest.raises(psycopg.DataError, match="NUL"):
        asked(connection, "select %(a)s::text", a="昆明\0示例")


def test_it_is_prepared_once_for_a_connection(connection):
    held, info = Prepared("select %(a)s::int"), {}

    found = [held.rows(connection, {"a": number}, info) for number in range(3)]

    assert found == [[(0,)], [(1,)], [(2,)]]
    assert connection.execute("select count(*) from pg_prepared_statements").fetchone() == (1,)


def test_a_refusal_is_the_drivers_own_and_the_connection_goes_on(connection):
    with pytest.raises(psycopg.errors.DivisionByZero):
        asked(connection, "select 1 / %(a)s::int", a=0)
    with pytest.raises(psycopg.errors.UndefinedTable):
        asked(connection, "select * from nowhere")

    assert asked(connection, "select 1") == [(1,)]


def test_a_connection_that_broke_is_closed(connection, postgresql_url):
    pid = connection.info.backend_pid
    address = sa.make_url(postgresql_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", [pid])

    with pytest.raises(psycopg.OperationalError):
        asked(connection, "select 1")
    assert connection.closed
