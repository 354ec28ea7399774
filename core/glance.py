"""A glance: a fixed query on the one path where every microsecond is paid by each push.

The statement is written and compiled with SQLAlchemy Core, once for each engine; its rows then come
straight from the driver. Executing through Core costs more than the query itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Dialect, PoolProxiedConnection, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import db


class Fixed:
    """A statement whose text never changes."""

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement
        self._compiled: dict[str, tuple[str, Sequence[str] | None, dict[str, Any]]] = {}

    def text(self, dialect: Dialect) -> tuple[str, Sequence[str] | None, dict[str, Any]]:
        """Return the SQL of an engine, the order of its parameters, and those that are fixed."""
        if (held := self._compiled.get(dialect.name)) is None:
            compiled = self.statement.compile(dialect=dialect)
            fixed = {name: _plain(value) for name, value in compiled.params.items()}
            order = compiled.positiontup
            held = self._compiled[dialect.name] = (str(compiled), order, fixed)
        return held


class Glance:
    """Asks fixed statements over one connection of the pool, taken when it first asks."""

    def __init__(self) -> None:
        self._connection: PoolProxiedConnection | None = None

    @property
    def dialect(self) -> Dialect:
        """Return the engine's dialect."""
        return db.reading_engine().dialect

    def close(self) -> None:
        """Give the connection back, untouched."""
        if self._connection is not None:
            self._connection.close()

    def rows(self, statement: Fixed, given: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows of a statement, its values as the driver gives them."""
        connection, dialect = self._taken(), self.dialect
        sql, order, fixed = statement.text(dialect)
        named = {**fixed, **given}
        # SQLite takes parameters by place, and dates as text.
        values = named if order is None else [_text(named[key]) for key in order]
        try:
            with closing(connection.cursor()) as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall()
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, connection.driver_connection, None):
                connection.invalidate(error)
            raise _wrapped(error, sql, dialect) from error

    def _taken(self) -> PoolProxiedConnection:
        if self._connection is None:
            try:
                self._connection = db.reading_engine().raw_connection()
            except self.dialect.loaded_dbapi.Error as error:
                raise _wrapped(error, None, self.dialect) from error
        return self._connection


Look = Session | Connection | Glance


def rows(look: Look, statement: Fixed, given: Mapping[str, Any]) -> Sequence[Any]:
    """Return the rows of a fixed statement, by whatever the caller looks with."""
    if isinstance(look, Glance):
        return look.rows(statement, given)
    return look.execute(statement.statement, dict(given)).all()


def is_postgresql(look: Look) -> bool:
    """Tell the engines apart where their SQL differs."""
    of = look.get_bind() if isinstance(look, Session) else look
    return of.dialect.name == "postgresql"


@contextmanager
def Glancing() -> Iterator[Glance]:  # noqa: N802 - reads as a noun: with Glancing() as glance
    """Look without a transaction."""
    with closing(Glance()) as glance:
        yield glance


def day(value: date | str | None) -> date | None:
    """Read a date as either driver gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def moment(value: datetime | str | None) -> datetime | None:
    """Read an instant as either driver gives it."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value


def _wrapped(error: Any, sql: str | None, dialect: Dialect) -> Exception:  # noqa: ANN401
    """Say a driver's error as SQLAlchemy would, so that everybody knows it."""
    base = dialect.loaded_dbapi.Error
    wrapped: Exception = DBAPIError.instance(sql, None, error, base, dialect=dialect)
    return wrapped


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.value if isinstance(value, Enum) else value


def _text(value: Any) -> Any:  # noqa: ANN401
    return value.isoformat() if isinstance(value, date) else value
