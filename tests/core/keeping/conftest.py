"""A penalty, a listing and a person's penalty, taken in; who corrects, withdraws, reviews."""

import pytest
import sqlalchemy as sa

from core.audit.trail import Entry
from core.db import Reading, Writing
from core.keeping import correcting
from core.keeping.correcting import Tools, Wanted
from core.outbox.deliveries import Delivery, DeliveryState
from core.records import Record, RecordChange, facts_of
from core.staff.roles import Role
from tests.core.conftest import NOW
from tests.core.department_files import PENALTY, RULES, VAULT
from tests.core.given import expanded
from tests.core.given_staff import hired

TOOLS = Tools(RULES, VAULT)


@pytest.fixture
def staff(database):
    return hired(Role.CASE_HANDLER, Role.INTAKE_CLERK)


@pytest.fixture
def reviewer(database):
    return hired(Role.REVIEWER)


@pytest.fixture
def correct(database):
    def correct(staff, record, *, why="核实后更正", version=None, now=NOW, **changes):
        wanted = Wanted(changes, why, version)
        with Writing() as session:
            return correcting.correct(
                session, staff, record.id, wanted=wanted, tools=TOOLS, now=now
            )

    return correct


@pytest.fixture
def penalty(take_in):
    take_in(PENALTY, publish=True)
    return one()


def one(**which):
    """Return a record as it stands now."""
    with Reading() as session:
        return session.scalars(sa.select(Record).filter_by(**which)).one()


def facts(record):
    return facts_of(record, VAULT)


def history(record):
    """Return from where to where a record went, and why."""
    of_record = sa.select(RecordChange).where(RecordChange.record_id == record.id)
    with Reading() as session:
        rows = session.scalars(of_record.order_by(RecordChange.id)).all()
    return [(row.from_state, row.to_state, row.who, row.why) for row in rows]


def trail(kind):
    with Reading() as session:
        rows = session.scalars(sa.select(Entry).where(Entry.kind == kind).order_by(Entry.id)).all()
    return [row for row in rows if row.actor.startswith("staff:")]


def delivered():
    """Let everything that is owed reach whom it is owed to."""
    expanded(now=NOW)
    with Writing() as session:
        session.execute(sa.update(Delivery).values(state=DeliveryState.DELIVERED))
