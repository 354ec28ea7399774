"""What tests of files that the staff sent in begin with."""

import csv
import itertools
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from config import intake_jobs
from core.db import Reading, Writing
from core.intake import uploads
from core.intake.batches import Batch
from core.intake.uploads import Received, Upload
from core.intake.works import Work
from core.records import Record
from core.staff.roles import Role
from tests.core.given_staff import hired
from tests.fixtures.service import settings_for

_numbers = itertools.count(1)
SOON = timedelta(minutes=1)


@pytest.fixture
def chosen(database, valkey_url, tmp_path):
    chosen = settings_for(database.url, valkey_url, var_dir=tmp_path)
    chosen.uploads_dir.mkdir()
    return chosen


@pytest.fixture
def clerk(database):
    return hired(Role.INTAKE_CLERK)


@pytest.fixture
def send(chosen, clerk):
    def send(data, *, staff=clerk, name="名单.csv"):
        data = data.encode() if isinstance(data, str) else data
        key = f"{next(_numbers):032x}"
        (chosen.uploads_dir / key).write_bytes(data)
        with Writing() as session:
            return uploads.receive(
                session, staff, Received(name, key, "hash", len(data)), now=datetime.now(UTC)
            )

    return send


@pytest.fixture
def work(chosen):
    def work(within=SOON):
        return intake_jobs.work_once(chosen, datetime.now(UTC) + within)

    return work


def upload(number):
    with Reading() as session:
        return session.get_one(Upload, number)


def batch():
    with Reading() as session:
        return session.scalars(sa.select(Batch)).one()


def records():
    with Reading() as session:
        return session.scalars(sa.select(Record)).all()


def report(chosen, number):
    path = chosen.uploads_dir / uploads.report_name(number)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def due_again():
    """Let the lease of a worker that is gone be over."""
    with Writing() as session:
        session.execute(sa.update(Work).values(due_at=datetime.now(UTC)))
