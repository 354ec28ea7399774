"""Prepared: a statement that libpq runs itself, for the path where every microsecond is paid.

psycopg's cursor costs four times as much as its own libpq and its own readers of values, which are
all that is used here. PostgreSQL only; the connection commits by itself.
"""

import itertools
import re
from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from typing import Any

from psycopg import Connection, DataError, OperationalError, errors
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus

_NAMES = itertools.count()
_PLACE = re.compile(r"%\((\w+)\)s|%%")
_READER = "xinyong.reader"


class Prepared:
    """A statement with places like %(name)s, as SQLAlchemy writes them for psycopg."""

    def __init__(self, sql: str) -> None:
        self._order: list[str] = []
        self._sql = _PLACE.sub(self._numbered, sql).encode()
        self._name = f"xinyong_{next(_NAMES)}".encode()

    def rows(
        self,
        connection: "Connection[Any]",
        values: Mapping[str, Any],
        info: MutableMapping[Any, Any],
    ) -> Sequence[Any]:
        """Return the rows for these values; `info` is kept as long as the connection is.

        Raises psycopg's errors.
        """
        written: list[Any] = [_written(values[name]) for name in self._order]
        try:
            result = self._run(connection, written, info)
        except errors.InvalidSqlStatementName:
            # After a rollback psycopg has the server forget all that was prepared, ours too.
            del info[self._name]
            result = self._run(connection, written, info)
        if (reader := info.get(_READER)) is None:
            reader = info[_READER] = Transformer(connection)
        reader.set_pgresult(result)
        found: Sequence[Any] = reader.load_rows(0, result.ntuples, tuple)
        return found

    def _run(
        self, connection: "Connection[Any]", written: Sequence[Any], info: MutableMapping[Any, Any]
    ) -> Any:  # noqa: ANN401 - libpq's result
        libpq = connection.pgconn
        if self._name not in info:
            self._good(connection, libpq.prepare(self._name, self._sql), ExecStatus.COMMAND_OK)
            info[self._name] = True
        result = libpq.exec_prepared(self._name, written)
        self._good(connection, result, ExecStatus.TUPLES_OK)
        return result

    def _numbered(self, place: re.Match[str]) -> str:
        if place[1] is None:
            return "%"
        if place[1] not in self._order:
            self._order.append(place[1])
        return f"${self._order.index(place[1]) + 1}"

    @staticmethod
    def _good(connection: "Connection[Any]", result: Any, wanted: ExecStatus) -> None:  # noqa: ANN401
        if result.status == wanted:
            return
        if connection.pgconn.status == ConnStatus.BAD:
            connection.close()
            raise OperationalError(result.get_error_message())
        raise errors.error_from_result(result)


def _written(value: Any) -> bytes | None:  # noqa: ANN401
    """Write a value as PostgreSQL reads it. Raises DataError for what it cannot hold."""
    if value is None:
        return None
    if isinstance(value, list):
        value = "{" + ",".join(map(_quoted, value)) + "}"
    elif isinstance(value, date):
        value = value.isoformat()
    written = str(value).encode()
    if b"\0" in written:  # libpq would stop reading there, and find something else
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return written


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
