"""Bulk: any number of values in one question, any number of rows in one COPY."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from core.db import insert, is_postgresql


def among(session: Session, column: Any, values: Iterable[Any]) -> Any:  # noqa: ANN401
    """Say in SQL that a column is one of these values: one parameter, however many they are."""
    given = list(values)
    if is_postgresql(session):
        listed = sa.bindparam(None, given, type_=ARRAY(column.type))
        return column == sa.any_(listed)
    each = sa.func.json_each(json.dumps(given)).table_valued("value")
    return column.in_(sa.select(each.c.value))


def given(session: Session, columns: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Any:  # noqa: ANN401
    """Return rows as a table that a question can join: one parameter a column, or one in all."""
    if is_postgresql(session):
        arrays = (
            sa.bindparam(None, list(values), type_=ARRAY(column.type))
            for column, values in zip(columns, zip(*rows, strict=True), strict=True)
        )
        named = [sa.column(column.name, column.type) for column in columns]
        return sa.func.unnest(*arrays).table_valued(*named).render_derived(name="given")
    dialect = session.get_bind().dialect
    writers = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]
    document = [
        [write(value) if write else value for write, value in zip(writers, row, strict=True)]
        for row in rows
    ]
    each = sa.func.json_each(json.dumps(document)).table_valued("value")
    parts = (
        sa.func.json_extract(each.c.value, f"$[{place}]", type_=column.type).label(column.name)
        for place, column in enumerate(columns)
    )
    return sa.select(*parts).subquery("given")


def add_new(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> None:  # noqa: ANN401
    """Insert rows in their order, passing over those that some unique rule already holds."""
    if not rows:
        return
    table = model.__table__
    if not is_postgresql(session):
        session.execute(insert(session, table).on_conflict_do_nothing(), rows)
        return
    names = list(rows[0])
    values = (list(row.values()) for row in rows)
    staged = stage(session, [table.c[name] for name in names], values, name=f"new_{table.name}")
    new = insert(session, table).from_select(names, sa.select(staged), include_defaults=False)
    session.execute(new.on_conflict_do_nothing())


def change(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> None:  # noqa: ANN401
    """Give rows, named by their ids, new values: the same columns in all of them."""
    if not rows:
        return
    table = model.__table__
    names = [name for name in rows[0] if name != "id"]
    if is_postgresql(session):
        columns = [table.c[name] for name in rows[0]]
        staged = stage(
            session, columns, (list(row.values()) for row in rows), name=f"changed_{table.name}"
        )
        changed = sa.update(table).where(table.c.id == staged.c.id)
        session.execute(changed.values({name: staged.c[name] for name in names}))
        return
    given = [{f"new_{name}": value for name, value in row.items()} for row in rows]
    changed = sa.update(table).where(table.c.id == sa.bindparam("new_id"))
    session.connection().execute(
        changed.values({name: sa.bindparam(f"new_{name}") for name in names}), given
    )


def stage(
    session: Session, columns: Iterable[Any], rows: Iterable[Sequence[Any]], *, name: str
) -> sa.Table:
    """COPY rows into a table that ends with the transaction, and return it (PostgreSQL)."""
    table = sa.Table(
        name,
        sa.MetaData(),
        *(sa.Column(column.name, column.type) for column in columns),
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )
    connection = session.connection()
    table.create(connection, checkfirst=False)
    names = ", ".join(column.name for column in table.columns)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"copy {name} ({names}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    return table
