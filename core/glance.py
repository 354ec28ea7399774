"""A glance: a fixed query on the one path where every microsecond is paid by each push.

The statement is written and compiled with SQLAlchemy Core, once for each engine; its rows then come
straight from the driver, from PostgreSQL through libpq. Executing through Core costs more than the
query itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Dialect, PoolProxiedConnection, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import db
from core.prepared import Prepared


class Fixed:
    """A statement whose text never changes."""

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement
        self._texts: dict[str, _Compiled] = {}

    def text(self, dialect: Dialect) -> "_Compiled":
        """Return it as an engine takes it."""
        if (held := self._texts.get(dialect.name)) is None:
            compiled = self.statement.compile(dialect=dialect)
            sql = str(compiled)
            held = self._texts[dialect.name] = _Compiled(
                sql=sql,
                order=compiled.positiontup,
                given={name: _plain(value) for name, value in compiled.params.items()},
                prepared=Prepared(sql) if dialect.name == "postgresql" else None,
            )
        return held


@dataclass(frozen=True)
class _Compiled:
    """A statement's SQL, the order of its places, and the values that stand in it already."""

    sql: str
    order: Sequence[str] | None
    given: dict[str, Any]
    prepared: Prepared | None


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
        text = statement.text(dialect)
        named = {**text.given, **given}
        try:
            if text.prepared:
                driver: Any = connection.driver_connection
                return text.prepared.rows(driver, named, connection.info)
            with closing(connection.cursor()) as cursor:
                # SQLite takes parameters by place, and dates as text.
                cursor.execute(text.sql, [_text(named[key]) for key in text.order or ()])
                return cursor.fetchall()
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, connection.driver_connection, None):
                connection.invalidate(error)
            raise _wrapped(error, text.sql, dialect) from error

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
