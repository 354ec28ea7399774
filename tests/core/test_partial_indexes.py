"""What is asked every minute is read from an index, also when one plan is kept for all values."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import visitors

from core import db
from core.cases import IS_OPEN, Case
from core.outbox.deliveries import ACCEPTED, OPEN, Delivery
from core.records import STANDS, Record
from core.tables import METADATA

ASKED = [
    ("ix_cases_department", Case, sa.and_(IS_OPEN, Case.holder_id == 7)),
    ("ix_deliveries_accepted", Delivery, ACCEPTED),
    ("ix_deliveries_open", Delivery, OPEN),
    ("ix_records_ending", Record, sa.and_(STANDS, Record.ends_on < date(2026, 11, 26))),
]


def test_no_value_in_the_condition_of_a_partial_index_is_bound():
    conditions = [
        (index.name, index.dialect_options["postgresql"]["where"])
        for table in METADATA.tables.values()
        for index in table.indexes
        if index.dialect_options["postgresql"]["where"] is not None
    ]

    bound = {
        name
        for name, condition in conditions
        for part in visitors.iterate(condition)
        if isinstance(part, sa.BindParameter) and not part.literal_execute
    }

    assert len(conditions) > 10
    assert bound == set()


@pytest.mark.parametrize(("index", "table", "condition"), ASKED, ids=[one[0] for one in ASKED])
def test_a_kept_plan_reads_the_partial_index(postgresql_url, index, table, condition):
    engine = db.connect(postgresql_url, one_plan=True)
    with engine.connect() as connection:
        connection.exec_driver_sql("set enable_seqscan = off")
        statement = sa.select(sa.func.count()).select_from(table).where(condition)
        asked = statement.compile(engine, compile_kwargs={"render_postcompile": True})
        told = connection.exec_driver_sql(f"explain {asked}", asked.params)
        plan = "\n".join(row[0] for row in told)
    engine.dispose()

    assert index in plan
