"""The session, and what all our tables share."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker

from core.grams import tokens

# What a database that is busy, broken or away raises; the second when all connections are taken.
DatabaseError = (DBAPIError, PoolTimeoutError)

_writing = sessionmaker(expire_on_commit=False)
_reading = sessionmaker(expire_on_commit=False, autoflush=False)
_joined: ContextVar[Session | None] = ContextVar("joined", default=None)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: aware on both engines, stored in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse an instant without a zone: guessing one would move a legal date."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive answer its zone back."""
        del dialect
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


PrimaryKey = Annotated[
    int, mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
]
BigId = Annotated[int, mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"))]
Facts = dict[str, Any]
# Text in the order of its bytes on both engines, whatever language the database speaks.
Binary = sa.String(collation="C").with_variant(sa.String(), "sqlite")


def _values(of: type[Enum]) -> list[str]:
    return [member.value for member in of]


class Base(DeclarativeBase):
    """Every table. Constraint names are fixed so that migrations can find them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Facts: sa.JSON,
        StrEnum: sa.Enum(
            Enum,
            native_enum=False,
            length=32,
            values_callable=_values,
        ),
    }


def connect(
    url: str,
    *,
    patience: float = 10,
    one_plan: bool = False,
    **options: Any,  # noqa: ANN401
) -> Engine:
    """Build an engine for either database; `patience` is how many seconds to wait for a lock.

    A statement may take three times as long. Errors never show the values that were bound. With
    `one_plan` PostgreSQL plans a prepared statement once, whatever values come later.
    """
    options = {"hide_parameters": True} | options
    if sa.make_url(url).get_backend_name() == "sqlite":
        return _connect_sqlite(url, patience, options)
    wait = f"-c lock_timeout={int(patience * 1000)} -c statement_timeout={int(patience * 3000)}"
    wait += " -c max_parallel_workers_per_gather=0 -c jit=off"
    wait += " -c plan_cache_mode=force_generic_plan" if one_plan else ""
    # A server that takes the connection and says nothing must not hold a thread for ever.
    reach = {"options": wait, "connect_timeout": 2, "tcp_user_timeout": int(patience * 4000)}
    return sa.create_engine(url, connect_args=reach, **options)


def _connect_sqlite(url: str, patience: float, options: dict[str, Any]) -> Engine:
    engine = sa.create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.isolation_level = None
        # The triggers that keep the name index ask for it.
        connection.create_function("gram_tokens", -1, tokens, deterministic=True)
        for pragma in (
            "journal_mode=wal",
            "synchronous=normal",
            "foreign_keys=on",
            f"busy_timeout={int(patience * 1000)}",
        ):
            connection.execute(f"pragma {pragma}")

    # An engine that only reads has no such option on its connections: it never begins at all.
    if options.get("isolation_level") == "AUTOCOMMIT":
        return engine

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A deferred transaction that turns writer loses updates silently: take the lock at once.
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def bind(engine: Engine, reader: Engine | None = None) -> None:
    """Say which database this process uses; `reader` spares a change of mode at every read."""
    _writing.configure(bind=engine)
    _reading.configure(bind=reader or engine.execution_options(isolation_level="AUTOCOMMIT"))


def connect_reader(url: str, *, patience: float = 10, **options: Any) -> Engine:  # noqa: ANN401
    """Build an engine that only reads: no transaction to begin, nothing to undo.

    To plan a name search anew for each name costs several times what finding it does.
    """
    return connect(
        url,
        patience=patience,
        one_plan=True,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        pool_reset_on_return=None,
        **options,
    )


@contextmanager
def Reading() -> Iterator[Session]:  # noqa: N802 - reads as a noun: with Reading() as session
    """Open a session that only reads: each statement by itself, no BEGIN."""
    if joined := _joined.get():
        yield joined
        return
    with _reading() as session:
        yield session


def reading_engine() -> Engine:
    """Return the engine that this process reads with."""
    engine: Engine = _reading.kw["bind"]
    return engine


@contextmanager
def Writing() -> Iterator[Session]:  # noqa: N802
    """Open one transaction: committed at the end, rolled back on any exception."""
    if joined := _joined.get():
        with joined.begin_nested():
            yield joined
        return
    with _writing.begin() as session:
        yield session


@contextmanager
def Together() -> Iterator[Session]:  # noqa: N802
    """Open one transaction that every Writing() and Reading() inside joins.

    A Writing() inside is undone by itself on an exception, and committed with the whole. The
    transaction begins with its first statement: slow work before that holds no lock.
    """
    with _writing.begin() as session:
        token = _joined.set(session)
        try:
            yield session
        finally:
            _joined.reset(token)


def is_postgresql(session: Session) -> bool:
    """Tell the engines apart where their SQL differs."""
    return session.get_bind().dialect.name == "postgresql"


def fixed(column: Any, *values: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401
    """Say that a column has one of these values, which stand in the statement itself.

    A prepared statement that binds them may be planned without them, and then PostgreSQL reads
    the whole table, because it cannot know that the rows are those of a partial index.
    """
    stand: sa.BindParameter[Any] = sa.bindparam(None, values, expanding=True, literal_execute=True)
    found: sa.ColumnElement[bool] = column.in_(stand)
    return found


def insert(session: Session, table: Any) -> postgresql.Insert | sqlite.Insert:  # noqa: ANN401
    """Return the engine's own INSERT, which knows ON CONFLICT."""
    return postgresql.insert(table) if is_postgresql(session) else sqlite.insert(table)


def add_new(session: Session, table: Any, rows: Iterable[dict[str, Any]]) -> None:  # noqa: ANN401
    """Insert rows, passing over those that some unique rule already holds."""
    if chosen := list(rows):
        session.execute(insert(session, table).on_conflict_do_nothing(), chosen)
