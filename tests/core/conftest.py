"""Taking department files in, on each engine, on a fixed day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from config import intake
from core import db
from core.records import Record
from tests.core import department_files

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def on_the_day():
    with time_machine.travel(NOW, tick=True):
        yield NOW


@pytest.fixture
def take_in(database, tmp_path, on_the_day):
    """Take in a file, a CSV text, bytes, or rows; the report goes to `tmp_path / "report.csv"`."""

    def take(*given, name="file.csv", **order):
        path = given[0]
        if isinstance(path, dict):
            path = department_files.text(*given)
        if isinstance(path, str):
            path = path.encode()
        if isinstance(path, bytes):
            (tmp_path / name).write_bytes(path)
            path = tmp_path / name
        order = {"report": tmp_path / "report.csv"} | order
        return intake.take_in(
            intake.Order(
                path=path,
                rules=order.pop("rules", department_files.RULES),
                who="test",
                alert_max_age=timedelta(days=30),
                vault=order.pop("vault", department_files.VAULT),
                **order,
            )
        )

    return take


@pytest.fixture
def records(database):
    """Return all records by document number."""

    def read():
        with db.Reading() as session:
            return {record.document_no: record for record in session.query(Record)}

    return read
