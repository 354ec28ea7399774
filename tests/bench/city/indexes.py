"""Indexes of PostgreSQL, away while a table is filled: to build them afterwards is far cheaper."""

_FOUND = """
select x.indexrelid::regclass::text, x.indrelid::regclass::text, c.conname,
       pg_get_constraintdef(c.oid), pg_get_indexdef(x.indexrelid)
from pg_index x left join pg_constraint c on c.conindid = x.indexrelid and c.contype = 'u'
where x.indrelid = any(%s::regclass[]) and not x.indisprimary
order by 1
"""


def drop(connection, tables):
    """Drop all but primary keys; returns the statements that make them again."""
    made_again = []
    for index, table, rule, of_rule, of_index in connection.execute(_FOUND, [tables]).fetchall():
        if rule:
            connection.execute(f"alter table {table} drop constraint {rule}")
            made_again.append(f"alter table {table} add constraint {rule} {of_rule}")
        else:
            connection.execute(f"drop index {index}")
            made_again.append(of_index)
    return made_again


def make(connection, statements):
    """Make them again, with the memory that a whole table deserves."""
    connection.execute("set maintenance_work_mem = '1GB'")
    for statement in statements:
        connection.execute(statement)


def number_on(connection, tables):
    """Let new ids follow those that were written."""
    for table in tables:
        found = "select pg_get_serial_sequence(%s, 'id') where exists (select from pg_attribute"
        found += " where attrelid = %s::regclass and attname = 'id')"
        if row := connection.execute(found, [table, table]).fetchone():
            connection.execute(f"select setval(%s, max(id)) from {table}", [row[0]])
