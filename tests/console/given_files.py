"""Who sends files at the console, who agrees, and the worker that takes them in."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from config import intake_jobs
from core.db import Reading
from core.records import Record
from core.staff.roles import Role
from tests.fixtures.service import settings_for


@pytest.fixture
def chosen(database, valkey_url, parts):
    return settings_for(database.url, valkey_url, var_dir=parts.uploads_dir.parent)


@pytest.fixture
def work(chosen):
    """Let a worker do all that is due."""

    def work():
        until = datetime.now(UTC) + timedelta(minutes=1)
        while intake_jobs.work_once(chosen, until):
            pass

    return work


@pytest.fixture
def clerk(enter):
    return enter(Role.INTAKE_CLERK)


@pytest.fixture
def reviewer(enter):
    return enter(Role.REVIEWER)


def send(browser, data, name="名单.csv"):
    file = (io.BytesIO(data.encode()), name)
    form = {"file": file, "csrf": browser.proof()}
    return browser.post("/console/intake/", data=form, content_type="multipart/form-data")


def agree(reviewer):
    """Agree to the newest of what waits."""
    page = reviewer.get("/console/approvals/").text
    (place,) = re.findall(r'action="(/console/approvals/\d+/approve)"', page)
    return reviewer.send(place)


def record():
    with Reading() as session:
        return session.scalars(sa.select(Record)).one()
